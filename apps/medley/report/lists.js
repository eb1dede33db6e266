// What users are shown: the trained model's answers with reasons, and two models side by side.

function strip(document_, items, hits = new Set()) {
  return el('ul', { class: 'strip' }, items.map((at) => {
    const item = itemOf(document_, at);
    return el('li', { class: hits.has(at) ? 'hit' : null, title: item.title }, picture(item), el('span', {}, shortened(item.title, 32)));
  }));
}

function history(document_, user) {
  return [el('h3', {}, `What ${user.user} chose`), user.history.length === 0 ? note('Nothing that counts.')
    : strip(document_, user.history),
  user.history_length > user.history.length && note(`and ${count(user.history_length - user.history.length)} more`)];
}

function recommendationsSection(document_) {
  const answers = document_.recommendations;
  if (!answers || answers.users.length === 0) return null;
  const body = el('div', {});
  const show = (at) => {
    const user = answers.users[at];
    body.replaceChildren(...[history(document_, user), el('h3', {}, 'What is recommended'),
      el('ol', { class: 'list' }, user.items.map(({ item, score, reason, sentence }) => el('li', {},
        card(itemOf(document_, item), el('div', { class: 'why' }, el('span', { class: `tag ${reason}` }, reason), sentence)),
        el('span', { class: 'score', title: 'score' }, score.toPrecision(4)))))].flat(2).filter(Boolean));
  };
  show(0);
  return section('recommendations', 'Recommendations', note(`By the trained model ${answers.model}, from the events that are in the store now.`),
    select('User', answers.users.map(({ user }) => user), show), body);
}

function sideBySideSection(document_) {
  const sample = document_.lists;
  if (!sample || sample.users.length === 0) return null;
  const names = sample.models;
  const state = { user: 0, left: Math.max(0, names.length - 2), right: names.length - 1 };
  if (sample.best !== undefined) {
    state.right = sample.best;
    state.left = sample.best === 0 ? Math.min(1, names.length - 1) : sample.best - 1;
  }
  const body = el('div', {});
  const column = (which) => {
    const user = sample.users[state.user];
    const held = new Set(user.held_out);
    const other = new Set(user.lists[state[which === 'left' ? 'right' : 'left']]);
    const list = user.lists[state[which]];
    return el('div', {}, el('h3', {}, names[state[which]]),
      note(`${list.filter((at) => held.has(at)).length} of ${plural(user.held_out.length, 'held-out item')} found, ` +
        `${list.filter((at) => other.has(at)).length} of ${list.length} shared with the other list`),
      el('ol', { class: 'list' }, list.map((at) => el('li', { class: held.has(at) ? 'hit' : null },
        card(itemOf(document_, at), held.has(at) && el('span', { class: 'tag good' }, 'held out, found'),
          !other.has(at) && el('span', { class: 'tag' }, 'only here'))))));
  };
  const show = () => {
    const user = sample.users[state.user];
    body.replaceChildren(...[history(document_, user), el('div', { class: 'pair' }, column('left'), column('right'))].flat(2).filter(Boolean));
  };
  const pickModel = (which, label) => {
    const list = select(label, names, (at) => {
      state[which] = at;
      show();
    });
    list.querySelector('select').value = String(state[which]);
    return list;
  };
  show();
  return section('side-by-side', 'Two models, one user',
    note('Each model was fitted on the training part. What the user took later was held out; a list that names it has found it.'),
    el('div', { class: 'picks' }, select('User', sample.users.map(({ user }) => user), (at) => {
      state.user = at;
      show();
    }), pickModel('left', 'Left'), pickModel('right', 'Right')), body);
}
