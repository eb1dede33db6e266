// What content adds (the knock-out table), and what wrong or missing data cost (curves).

function knockOutSection(evaluation) {
  if (!evaluation.knock_out) return null;
  return section('content', 'What content adds', evaluation.knock_out.map((model) => {
    const rows = model.rows.slice().reverse();
    const plot = chart(`${model.metric} with each modality changed`, 70 + 34 * rows.length, () => ({
      grid: { left: 12, right: 28, top: 8, bottom: 44, containLabel: true },
      xAxis: valueAxis(model.metric),
      yAxis: axis({ type: 'category', data: rows.map((row) => row.name), axisLabel: { color: colour('--ink') },
        splitLine: { show: true, lineStyle: { color: colour('--grid') } } }),
      tooltip: tooltip(({ value }) => el('div', {}, el('strong', {}, rows[value[1]].name),
        el('div', { class: 'figure' }, `${share(rows[value[1]].mean)}  ${interval(rows[value[1]])}`))),
      series: [
        { type: 'line', symbol: 'rect', symbolSize: [2, 10], silent: true, lineStyle: { width: 2, color: colour('--quiet') },
          itemStyle: { color: colour('--quiet') },
          data: rows.flatMap((row, at) => (row.low === null ? [] : [[row.low, at], [row.high, at], ['-', '-']])) },
        { type: 'scatter', symbolSize: 11, z: 3, data: rows.map((row, at) => ({ value: [row.mean, at],
          itemStyle: { color: colour(row.change === 'full' ? '--accent' : row.change === 'control' ? '--quiet' : '--c1') } })) },
      ],
    }));
    return [el('h3', {}, model.model), model.verdicts.map(({ earns, sentence }) =>
      el('p', { class: earns ? 'verdict good' : 'verdict' }, el('span', { 'aria-hidden': 'true' }, earns ? '▲ ' : '– '), sentence)),
    model.failures.map((text) => el('p', { class: 'verdict bad' }, text)), plot.box,
    table(`control: ${model.control}`, [
      { head: 'content', value: (row) => row.name },
      { head: model.metric, number: true, value: (row) => share(row.mean) },
      { head: '95 % interval', number: true, value: (row) => interval(row) },
      { head: 'against', value: (row) => (row.difference ? row.difference.against : '') },
      { head: 'difference', number: true, value: (row) => (row.difference ? share(row.difference.mean) : '') },
      { head: '95 % interval', number: true, value: (row) => interval(row.difference) },
    ], model.rows)];
  }));
}

function curvesSection(evaluation) {
  if (!evaluation.curves) return null;
  return section('curves', 'What wrong and missing data cost', evaluation.curves.map((curve) => {
    const models = [...new Set(curve.points.map((point) => point.model))];
    const what = curve.kind === 'noise' ? 'share of training events replaced at random' : `share of the items with ${curve.of} that lose it`;
    const of = (model) => curve.points.filter((point) => point.model === model);
    const plot = chart(`${curve.metric} by the ${what}`, 340, () => ({
      grid: { left: 16, right: 24, top: 36, bottom: 44, containLabel: true },
      legend: { type: 'scroll', top: 0, left: 0, textStyle: { color: colour('--ink') }, data: models },
      xAxis: valueAxis(what, { min: 0, max: 1, scale: false }),
      yAxis: valueAxis(curve.metric, { nameGap: 44 }),
      tooltip: tooltip(({ seriesName, value }) => el('div', {}, el('strong', {}, seriesName),
        el('div', { class: 'figure' }, `${share(value[0], 2)}: ${share(value[1])}`))),
      series: models.map((model, at) => ({ type: 'line', name: model, symbolSize: 8, color: series(at), data: of(model).map((point) => [point.share, point.mean]) })),
    }));
    return [el('h3', {}, `${curve.kind}: ${curve.of}`), plot.box, table(what, [
      { head: 'model', value: (point) => point.model }, { head: 'share', number: true, value: (point) => share(point.share, 2) },
      { head: curve.metric, number: true, value: (point) => share(point.mean) },
      { head: '95 % interval', number: true, value: (point) => interval(point) },
    ], curve.points)];
  }));
}
