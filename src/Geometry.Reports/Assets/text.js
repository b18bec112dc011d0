// Text and elements. Names from files only ever become text nodes, or pass through plain() on their way into a figure.
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter(c => c !== null && c !== undefined));
  return made;
}

// plotly.js reads a few tags and entities in its texts.
const plain = text => String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  if (typeof value !== 'number') return String(value);
  const size = Math.abs(value);
  if (value === 0 || Number.isInteger(value) && size < 1e6) return String(value);
  return size < 1e-3 || size >= 1e5 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

const percent = share => `${(100 * share).toFixed(share === 1 || share === 0 ? 0 : 1)} %`;
// Thousands apart; the browser's own way to do it takes longer to start than this page.
const grouped = count => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
const plural = (count, word) => `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;

function swatch(name, code) {
  const mark = element('span', { class: 'swatch', 'aria-hidden': 'true' }, code ?? codeOf(name));
  mark.style.background = colorOf(name);
  mark.style.color = inkOf(name);
  return mark;
}

function legend(entries) {
  return element('ul', { class: 'legend' }, ...entries.map(([name, text]) => element('li', null, swatch(name), text)));
}

function selector(label, options, value, changed) {
  const select = element('select', { onchange: () => changed(select.value) }, ...options.map(([key, text]) => element('option', { value: key, selected: key === value }, text)));
  return element('label', null, label, select);
}

/** A section of the page, with a short name for the list of contents. */
function section(id, title, short, ...intro) {
  const made = element('section', { id, 'aria-labelledby': `${id}-title` }, element('h2', { id: `${id}-title` }, title), ...intro);
  document.getElementById('main').append(made);
  document.getElementById('contents').append(element('a', { href: `#${id}` }, short));
  return made;
}

const paragraph = text => element('p', null, text);
const note = text => element('p', { class: 'note' }, text);
