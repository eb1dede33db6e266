function facts(document_) {
  const evaluation = document_.evaluation;
  const parts = [];
  if (evaluation) {
    parts.push([count(evaluation.users), 'users'], [count(evaluation.items), 'items'],
      [count(evaluation.pairs.train), 'train pairs'], [count(evaluation.pairs.valid), 'validation pairs'],
      [count(evaluation.pairs.test), 'test pairs'], [evaluation.split, 'split']);
  } else if (document_.check) {
    for (const name of ['users', 'items', 'events', 'pairs']) {
      if (name in document_.check.counts) parts.push([count(document_.check.counts[name]), name]);
    }
  }
  return el('dl', { class: 'facts' }, parts.map(([value, name]) => el('div', {}, el('dd', { class: 'figure' }, value), el('dt', {}, name))));
}

function main() {
  const document_ = JSON.parse(document.getElementById('document').textContent);
  const evaluation = document_.evaluation;
  document.title = `${document_.title} – Medley report`;
  const sections = [
    ...(evaluation ? [comparisonSection(evaluation), coverageSection(evaluation), slicesSection(evaluation),
      knockOutSection(evaluation), curvesSection(evaluation)] : []),
    mapSection(document_), recommendationsSection(document_), sideBySideSection(document_), checkSection(document_.check),
    evaluation && settingsSection(evaluation, document_.metrics),
  ].filter(Boolean);
  document.getElementById('nav').append(el('p', { class: 'brand' }, 'Medley'), el('ul', {}, sections.map((part) =>
    el('li', {}, el('a', { href: `#${part.id}` }, part.querySelector('h2').textContent)))));
  document.getElementById('main').replaceChildren(
    el('header', {}, el('p', { class: 'eyebrow' }, document_.kind), el('h1', {}, document_.title), facts(document_)),
    ...sections,
    el('footer', {}, `Made ${document_.made} by medley ${document_.version}${evaluation ? ` in ${evaluation.seconds.toFixed(1)} s, peak memory ${evaluation.peak_mb.toFixed(0)} MB` : ''}. ` +
      'Charts by Apache ECharts. The page asks no network for anything.'));
  startCharts();
}

main();
