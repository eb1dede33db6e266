// What is there, and what is wrong with it.

function checkSection(check) {
  if (!check) return null;
  const shown = ([name, value]) => (/_time$/.test(name) ? new Date(value * 1000).toISOString().slice(0, 10)
    : Number.isInteger(value) ? count(value) : share(value, 5));
  return section('check', 'Data check',
    el('dl', { class: 'counts' }, Object.entries(check.counts).map((entry) =>
      el('div', {}, el('dt', {}, entry[0].replaceAll('_', ' ')), el('dd', { class: 'figure' }, shown(entry))))),
    check.problems.length === 0 ? note('No problems found.') : table(`${plural(check.problems.length, 'kind')} of problem`, [
      { head: 'problem', value: (problem) => problem.code.replaceAll('_', ' ') },
      { head: 'of', value: (problem) => problem.of || '' },
      { head: 'rows', number: true, value: (problem) => count(problem.count) },
      { head: 'examples', value: (problem) => el('span', { class: 'examples' }, problem.examples.join('; ')) },
    ], check.problems),
    check.problems.filter((problem) => problem.help).map((problem) => note(`${problem.code.replaceAll('_', ' ')}: ${problem.help}`)),
    check.notes.map((text) => note(text)));
}
