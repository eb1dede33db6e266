// Elements are made here and nowhere else, and text enters them as text: no title can become markup.

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') {
      for (const [event, action] of Object.entries(value)) element.addEventListener(event, action);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) element.append(child);
  }
  return element;
}

// ".0597", as the field writes shares; larger numbers keep their integer part.
function share(value, digits = 4) {
  if (value === null || value === undefined) return '';
  return value.toFixed(digits).replace(/^(-?)0\./, '$1.');
}

function interval(metric) {
  return metric && metric.low !== null ? `${share(metric.low)} – ${share(metric.high)}` : '';
}

function count(value) {
  return value.toLocaleString('en');
}

function plural(value, word) {
  return `${count(value)} ${word}${value === 1 ? '' : 's'}`;
}

function shortened(text, length) {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}

// A table. A column is {head, value(row), number, mark(row), title}; `value` gives text or an element.
function table(caption, columns, rows, rowClass = () => null) {
  const head = el('tr', {}, columns.map((column) =>
    el('th', { scope: 'col', class: column.number ? 'number' : null, title: column.title }, column.head)));
  const body = rows.map((row, at) => el('tr', { class: rowClass(row) }, columns.map((column, place) =>
    el(place === 0 ? 'th' : 'td', {
      scope: place === 0 ? 'row' : null,
      class: [column.number && 'number', column.mark && column.mark(row) && 'best'].filter(Boolean).join(' ') || null,
    }, column.value(row, at)))));
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    el('table', {}, el('caption', { class: 'quiet' }, caption), el('thead', {}, head), el('tbody', {}, body)));
}

// One of several, as buttons that stand side by side.
function choice(label, options, chosen, onChange) {
  const name = `choice-${choice.next++}`;
  return el('fieldset', { class: 'choice' }, el('legend', {}, label), options.map((option, at) =>
    el('label', {},
      el('input', { type: 'radio', name, value: at, checked: at === chosen, on: { change: () => onChange(at) } }),
      el('span', {}, option))));
}
choice.next = 0;

function select(label, options, onChange) {
  const list = el('select', { on: { change: () => onChange(Number(list.value)) } },
    options.map((option, at) => el('option', { value: at }, option)));
  return el('label', { class: 'select' }, `${label} `, list);
}

function section(id, title, ...children) {
  return el('section', { id, 'aria-labelledby': `${id}-title` }, el('h2', { id: `${id}-title` }, title), children);
}

function note(...text) {
  return el('p', { class: 'note' }, ...text);
}
