// The comparison of models: intervals, tests, slices, accuracy against coverage, settings, formulas.

const kAlpha = 0.05;

function compared(evaluation) {
  return evaluation.models.filter((model) => !model.control);
}

// The models that `model` beats, by the corrected test.
function beats(evaluation, model) {
  return evaluation.tests.filter((test) => test.p_holm < kAlpha &&
    ((test.a === model.spec && test.difference > 0) || (test.b === model.spec && test.difference < 0)))
    .map((test) => (test.a === model.spec ? test.b : test.a));
}

function metricKeys(evaluation) {
  return Object.keys(evaluation.models[0].metrics);
}

// Where smaller is not worse, no best is marked.
function isGoal(key) {
  return /^(recall|ndcg|hit|mrr|precision|map|auc)@?/.test(key);
}

function verdict(evaluation) {
  const key = evaluation.primary;
  const models = compared(evaluation).slice().sort((a, b) => b.metrics[key].mean - a.metrics[key].mean);
  const best = models[0];
  const beaten = beats(evaluation, best).length;
  const text = [el('strong', {}, best.name), ` has the highest ${key}: `,
    el('strong', { class: 'figure' }, share(best.metrics[key].mean))];
  if (best.metrics[key].low !== null) text.push(` (95 % interval ${interval(best.metrics[key])})`);
  text.push('.');
  if (models.length > 1) {
    text.push(beaten === models.length - 1
      ? ` The paired test supports it against ${beaten === 1 ? 'the other' : `all ${beaten} others`}.`
      : ` The paired test supports it against ${beaten} of ${models.length - 1} others.`);
  }
  return el('p', { class: 'lead' }, text);
}

function whiskers(evaluation, metric) {
  const models = evaluation.models.slice().reverse();
  const key = metric();
  const ranks = Object.fromEntries(compared(evaluation).map((model, at) => [model.spec, at + 1]));
  const label = (model) => (model.control ? model.name : `${ranks[model.spec]}  ${shortened(model.spec, 34)}`);
  const best = Math.max(...compared(evaluation).map((model) => model.metrics[key].mean));
  const lines = models.flatMap((model, at) => (model.metrics[key].low === null
    ? [] : [[model.metrics[key].low, at], [model.metrics[key].high, at], ['-', '-']]));
  const tone = (model) => (model.control ? colour('--quiet')
    : model.metrics[key].mean === best && isGoal(key) ? colour('--accent') : colour('--c1'));
  return {
    grid: { left: 12, right: 28, top: 8, bottom: 44, containLabel: true },
    xAxis: valueAxis(`${key}, dot: mean over users, whisker: 95 % interval`),
    yAxis: axis({ type: 'category', data: models.map(label), splitLine: { show: true, lineStyle: { color: colour('--grid') } },
      axisLabel: { color: colour('--ink'), width: Math.min(280, window.innerWidth * 0.36), overflow: 'truncate' } }),
    tooltip: tooltip(({ data }) => {
      const model = models[data.value ? data.value[1] : data[1]];
      return el('div', {}, el('strong', {}, model.spec), el('div', { class: 'figure' },
        `${share(model.metrics[key].mean)}  ${interval(model.metrics[key])}`));
    }),
    series: [
      { type: 'line', data: lines, symbol: 'rect', symbolSize: [2, 11], silent: true, lineStyle: { width: 2, color: colour('--quiet') },
        itemStyle: { color: colour('--quiet') } },
      { type: 'scatter', symbolSize: 12, z: 3,
        data: models.map((model, at) => ({ value: [model.metrics[key].mean, at], itemStyle: { color: tone(model) } })),
        label: { show: true, position: 'top', distance: 4, color: colour('--ink'), fontSize: 11,
          formatter: ({ value }) => share(value[0]) } },
    ],
  };
}

function mainTable(evaluation) {
  const key = evaluation.primary;
  const models = compared(evaluation);
  const others = metricKeys(evaluation).filter((name) => name !== key);
  const best = (name) => Math.max(...models.map((model) => model.metrics[name].mean));
  const marked = (name) => (model) => !model.control && isGoal(name) && model.metrics[name].mean === best(name);
  const columns = [
    { head: 'model', value: (model) => el('span', { class: 'spec' },
      model.control ? '' : el('span', { class: 'place' }, models.indexOf(model) + 1), model.spec,
      model.control ? el('span', { class: 'tag' }, 'control') : '') },
    { head: key, number: true, value: (model) => share(model.metrics[key].mean), mark: marked(key) },
    { head: '95 % interval', number: true, value: (model) => interval(model.metrics[key]) },
  ];
  if (evaluation.seeds > 1) {
    columns.push({ head: 'deviation', number: true, value: (model) => share(model.metrics[key].std),
      title: `over ${evaluation.seeds} runs` });
  }
  columns.push({ head: 'beats', value: (model) => {
    const numbers = beats(evaluation, model).map((spec) => models.findIndex((other) => other.spec === spec) + 1)
      .sort((a, b) => a - b);
    return numbers.length === 0 ? '' : el('span', { class: 'beats', title: beats(evaluation, model).join(', ') }, `▸ ${numbers.join(' ')}`);
  } });
  for (const column of evaluation.columns.slice(1)) {
    columns.push({ head: `${key}, ${column.candidates}`, number: true, value: (model) => share(model.more[column.candidates][key].mean) });
  }
  for (const name of others) {
    columns.push({ head: name, number: true, value: (model) => share(model.metrics[name].mean), mark: marked(name) });
  }
  return table(`${evaluation.models.length} models; bold: the best of a column`, columns, evaluation.models,
    (model) => (model.control ? 'control' : null));
}

function comparisonSection(evaluation) {
  const keys = metricKeys(evaluation);
  let at = keys.indexOf(evaluation.primary);
  const plot = chart('Each model with its 95 % interval; the table below has the numbers', 70 + 46 * evaluation.models.length,
    () => whiskers(evaluation, () => keys[at]));
  const pick = choice('Metric', keys, at, (chosen) => {
    at = chosen;
    plot.draw();
  });
  const tests = evaluation.tests.length === 0 ? [] : [
    note(`▸ marks whom a model beats: Wilcoxon's signed-rank test on ${evaluation.primary} per user, Holm's correction over ` +
      `${plural(evaluation.tests.length, 'pair')}, p < ${kAlpha}. An interval that overlaps another is no test.`),
    el('details', {}, el('summary', {}, 'Every pair'), table('differences per user and their tests', [
      { head: 'a', value: (test) => test.a }, { head: 'b', value: (test) => test.b },
      { head: 'a − b', number: true, value: (test) => share(test.difference) },
      { head: 'p', number: true, value: (test) => test.p.toPrecision(2) },
      { head: 'p, Holm', number: true, value: (test) => test.p_holm.toPrecision(2), mark: (test) => test.p_holm < kAlpha },
    ], evaluation.tests))];
  return section('comparison', 'Comparison', verdict(evaluation), pick, plot.box, mainTable(evaluation), tests,
    evaluation.notes.length > 0 && el('ul', { class: 'notes' }, evaluation.notes.map((text) => el('li', {}, text))));
}

function coverageSection(evaluation) {
  const accuracy = evaluation.primary;
  const cut = accuracy.slice(accuracy.indexOf('@'));
  const across = metricKeys(evaluation).find((key) => key === `coverage${cut}`);
  if (!across) return null;
  const models = evaluation.models;
  const plot = chart(`${accuracy} against ${across} of each model`, 380, (width) => ({
    grid: { left: 16, right: width > 600 ? 130 : 60, top: 16, bottom: 44, containLabel: true },
    xAxis: valueAxis(`${across}: share of the candidates that anyone is shown`, { min: 0, max: 1, scale: false }),
    yAxis: valueAxis(accuracy, { min: 0, scale: false, nameGap: 44 }),
    tooltip: tooltip(({ dataIndex }) => el('div', {}, el('strong', {}, models[dataIndex].spec),
      el('div', { class: 'figure' }, `${accuracy} ${share(models[dataIndex].metrics[accuracy].mean)}`),
      el('div', { class: 'figure' }, `${across} ${share(models[dataIndex].metrics[across].mean)}`))),
    series: [{ type: 'scatter', symbolSize: 14, labelLayout: { hideOverlap: false, moveOverlap: 'shiftY' },
      data: models.map((model, at) => ({ name: model.name, value: [model.metrics[across].mean, model.metrics[accuracy].mean],
        itemStyle: { color: model.control ? colour('--quiet') : series(at) } })),
      label: { show: true, position: 'right', color: colour('--ink'), formatter: ({ name }) => shortened(name, 18) } }],
  }));
  return section('coverage', 'Accuracy against coverage',
    note('To the right: more of the catalogue is shown to somebody. Up: more of what was held out is found. A model that shows ' +
      'everyone the same few items stands at the left.'), plot.box);
}

function slicesSection(evaluation) {
  const names = Object.keys(evaluation.models[0].slices);
  if (names.length === 0) return null;
  const key = evaluation.primary;
  const rows = [{ name: 'all', users: evaluation.columns[0].users, of: (model) => model.metrics }]
    .concat(names.map((name) => ({ name, users: evaluation.models[0].slices[name].users, of: (model) => model.slices[name] })));
  const models = evaluation.models;
  const plot = chart(`${key} of each slice and model`, Math.max(300, 60 + rows.length * (14 * models.length + 18)), () => ({
    grid: { left: 12, right: 24, top: 36, bottom: 44, containLabel: true },
    legend: { type: 'scroll', top: 0, left: 0, textStyle: { color: colour('--ink') }, data: models.map((model, at) => `${at + 1} ${shortened(model.name, 20)}`) },
    xAxis: valueAxis(key, { min: 0, scale: false }),
    yAxis: axis({ type: 'category', inverse: true, data: rows.map((row) => row.name), axisLabel: { color: colour('--ink') } }),
    tooltip: tooltip(({ seriesIndex, dataIndex }) => el('div', {}, el('strong', {}, models[seriesIndex].spec),
      el('div', { class: 'figure' }, `${rows[dataIndex].name}: ${share(rows[dataIndex].of(models[seriesIndex])[key].mean)}  ` +
        interval(rows[dataIndex].of(models[seriesIndex])[key])))),
    series: models.map((model, at) => ({ type: 'bar', name: `${at + 1} ${shortened(model.name, 20)}`, barGap: '15%', barMaxWidth: 11,
      itemStyle: { color: model.control ? colour('--quiet') : series(at), borderRadius: [0, 2, 2, 0] },
      data: rows.map((row) => row.of(model)[key].mean) })),
  }));
  return section('slices', 'Slices', note(`${key} where only some held-out items, or only some users, count.`), plot.box,
    table(`${key} by slice`, [
      { head: 'slice', value: (row) => row.name }, { head: 'users', number: true, value: (row) => count(row.users) },
      ...models.map((model) => ({ head: shortened(model.name, 18), title: model.spec, number: true,
        value: (row) => share(row.of(model)[key].mean),
        mark: (row) => !model.control && row.of(model)[key].mean === Math.max(...compared(evaluation).map((other) => row.of(other)[key].mean)) })),
    ], rows));
}

function settingsSection(evaluation, formulas) {
  const text = (value) => (Array.isArray(value) ? value.join('+') : String(value));
  return section('method', 'How it was measured',
    el('h3', {}, 'Settings'),
    table('chosen on the validation part alone', [
      { head: 'model', value: (model) => model.spec },
      { head: 'settings', value: (model) => Object.entries(model.params).filter(([, value]) => text(value) !== '')
        .map(([name, value]) => `${name}=${text(value)}`).join('  ') || 'none' },
      { head: 'tried', number: true, value: (model) => count(model.settings_tried) },
      { head: 'runs', number: true, value: (model) => count(model.runs) },
      { head: 'fit, s', number: true, value: (model) => model.fit_seconds.toFixed(2) },
    ], evaluation.models),
    el('h3', {}, 'Formula of each metric'),
    el('dl', { class: 'formulas' }, formulas.map(({ key, formula }) => [el('dt', {}, key), el('dd', {}, formula)])));
}
