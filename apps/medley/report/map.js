// The catalogue in two dimensions: near means alike in content.

function itemOf(document_, at) {
  const { ids, titles, pictures } = document_.items;
  return { id: ids[at], title: titles[at] || ids[at], picture: pictures[at] };
}

function picture(item) {
  return item.picture
    ? el('img', { src: `data:image/webp;base64,${item.picture}`, alt: '', class: 'picture' })
    : el('span', { class: 'picture none', 'aria-hidden': 'true' }, (item.title.match(/[\p{L}\p{N}]/u) || ['·'])[0].toUpperCase());
}

function card(item, ...more) {
  return el('div', { class: 'card' }, picture(item), el('div', { class: 'about' },
    el('div', { class: 'title' }, shortened(item.title, 90)), item.title !== item.id && el('div', { class: 'id' }, item.id), more));
}

function mapSection(document_) {
  const map = document_.map;
  if (!map) return null;
  let marked = -1;
  const groups = map.groups.length > 0 ? map.groups : ['items'];
  const shown = (at) => card(itemOf(document_, map.items[at]), el('div', { class: 'quiet' },
    map.groups.length > 0 ? `${groups[map.group[at]]} · ` : '', `${plural(map.events[at], 'event')}`));
  const size = map.items.length > 3000 ? 4 : map.items.length > 600 ? 6 : 8;
  const plot = chart(`Map of ${map.items.length} items by their first two principal components`, 560, () => ({
    grid: { left: 8, right: 8, top: groups.length > 1 ? 40 : 8, bottom: 8 },
    legend: groups.length > 1 ? { type: 'scroll', top: 0, left: 0, textStyle: { color: colour('--ink') }, data: groups } : undefined,
    xAxis: axis({ type: 'value', scale: true, axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false } }),
    yAxis: axis({ type: 'value', scale: true, axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false } }),
    dataZoom: [{ type: 'inside', xAxisIndex: 0, zoomOnMouseWheel: 'ctrl' }, { type: 'inside', yAxisIndex: 0, zoomOnMouseWheel: 'ctrl' }],
    tooltip: tooltip(({ data }) => shown(data[2])),
    series: groups.map((name, group) => ({
      type: 'scatter', name, symbolSize: size, z: 2,
      itemStyle: { color: map.groups.length > 0 && group === map.others ? colour('--faint') : series(group), opacity: 0.75 },
      data: map.items.flatMap((_, at) => (map.groups.length === 0 || map.group[at] === group ? [[map.x[at], map.y[at], at]] : [])),
    })).concat(marked < 0 ? [] : [{ type: 'scatter', symbolSize: 20, z: 5, silent: true, data: [[map.x[marked], map.y[marked], marked]],
      itemStyle: { color: 'transparent', borderColor: colour('--accent'), borderWidth: 3 } }]),
  }));
  const found = el('div', { class: 'found', 'aria-live': 'polite' });
  const search = el('input', { type: 'search', placeholder: 'part of a title or an id', on: { input: () => {
    const words = search.value.trim().toLowerCase();
    const hits = words.length < 2 ? [] : map.items.map((_, at) => at).filter((at) => {
      const item = itemOf(document_, map.items[at]);
      return item.title.toLowerCase().includes(words) || item.id.toLowerCase().includes(words);
    }).slice(0, 6);
    found.replaceChildren(...hits.map((at) => el('button', { type: 'button', on: { click: () => {
      marked = at;
      plot.draw();
    } } }, shown(at))));
  } } });
  const kept = map.variance.reduce((sum, value) => sum + value, 0);
  return section('map', 'Map of the catalogue',
    note(`First two principal components of ${map.features.join(' + ')}: ${(100 * kept).toFixed(0)} % of the variance, so near is a hint ` +
      'and no proof. Point at an item to see it; Ctrl and the wheel zoom.'),
    el('label', { class: 'search' }, 'Find an item ', search), found, plot.box,
    map.not_shown > 0 && note(`${plural(map.not_shown, 'more item')} would not fit.`),
    map.left_out > 0 && note(`${plural(map.left_out, 'item')} without any feature stand nowhere.`));
}
