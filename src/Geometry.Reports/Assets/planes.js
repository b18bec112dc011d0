// Planes of dictionaries that hold more features than chance allows: a map of those that share features, and a card each.
function addPlanes() {
  const { dictionaries, cards, found, map } = report.planes;
  if (dictionaries.length === 0) return;
  const several = dictionaries.length > 1, name = d => `${d.source}${dictionaries.some(o => o.source === d.source && o.instance !== d.instance) ? `, instance ${d.instance}` : ''}`;
  const parent = section('planes', 'Planes', 'Planes', paragraph(`${plural(found, 'plane')} in which more features crowd than chance allows, by false-discovery rate q.`));
  const list = element('ul', null, ...dictionaries.map(d => element('li', null, element('strong', null, name(d)),
    ` ${plural(d.n, 'feature')} in ${plural(d.m, 'dimension')} (${number(d.effective)} effective), ${plural(d.duplicates, 'near-copy').replace('copys', 'copies')}; features within ${number(Math.asin(d.epsilon) * 180 / Math.PI)}° of a plane, q ≤ ${number(d.fdr)}; `
    + `${d.tested.map((count, k) => `${grouped(count)} of ${k + 1}`).join(', ')} dimensions tested${d.raised ? `; only pairs with |cosine| above ${number(d.cutoff)} were followed` : ''}`)));
  parent.append(list);
  if (cards.length < found) parent.append(note(`The first ${grouped(cards.length)} of them are here; all are in planes.csv.`));
  if (cards.length === 0) return;
  const holder = element('div', { class: 'cards' }), more = element('button', { type: 'button', onclick: () => show() });
  const state = { text: '', dim: 'all', shown: 0, left: cards.map((_, i) => i), figures: [] };
  const words = cards.map(c => [c.shape, ...c.features.map(String), ...(c.names ?? [])].map(w => w.toLowerCase()));
  const show = () => {
    const next = state.left.slice(state.shown, state.shown + 12);
    next.forEach(i => holder.append(planeCard(cards[i], i, several ? name(cards[i]) : '', state.figures)));
    state.shown += next.length;
    const rest = state.left.length - state.shown;
    more.textContent = `Show ${Math.min(12, rest)} more of ${plural(state.left.length, 'plane')}`;
    more.hidden = rest === 0;
  };
  const narrow = () => {
    state.figures.forEach(f => f.remove());
    state.figures = [];
    const text = state.text.trim().toLowerCase(), isNumber = /^\d+$/.test(text);
    state.left = cards.map((_, i) => i).filter(i => (state.dim === 'all' || cards[i].dim === Number(state.dim))
      && (text === '' || words[i].some(w => (isNumber ? w === text : w.includes(text)))));
    state.shown = 0;
    holder.replaceChildren();
    if (state.left.length === 0) holder.append(note('No plane has such a feature.'));
    show();
  };
  const showOne = i => {
    Object.assign(state, { text: '', dim: 'all' });
    input.value = '';
    state.figures.forEach(f => f.remove());
    Object.assign(state, { figures: [], left: [i, ...cards.map((_, j) => j).filter(j => j !== i)], shown: 0 });
    holder.replaceChildren();
    show();
    holder.firstChild.classList.add('chosen');
    holder.scrollIntoView();
  };
  addPlaneMap(parent, cards, map, showOne);
  const dims = [...new Set(cards.map(c => c.dim))].sort((a, b) => a - b);
  const input = element('input', { type: 'search', placeholder: 'feature, name or shape', oninput: () => { state.text = input.value; narrow(); } });
  parent.append(element('div', { class: 'controls' }, element('label', null, 'With', input),
    dims.length > 1 ? selector('Dimensions', [['all', 'all'], ...dims.map(d => [String(d), String(d)])], 'all', value => { state.dim = value; narrow(); }) : null),
  holder, element('div', { class: 'controls' }, more));
  show();
}

function planeCard(card, index, source, made) {
  const names = card.names ?? card.features.map(String), copies = card.features.filter((f, i) => f !== card.directions[i]).length;
  const views = element('div', { class: 'views' }), article = element('article', { class: 'card plane', 'data-plane': card.plane },
    element('header', null, swatch(card.shape), element('h3', null, card.shape), element('span', { class: 'soft small' }, `plane ${card.plane}${source ? ` of ${source}` : ''}`)),
    element('p', { class: 'soft small' }, `${plural(card.count, 'direction')}${copies ? ` (${plural(card.features.length, 'feature')} with near-copies)` : ''} in ${plural(card.dim, 'dimension')}, `
      + `${number(card.rms)}° rms from the plane${card.residual === null || card.shape.startsWith('irregular') ? '' : `, ${number(card.residual)}° from the shape`}; p ${power(card.p)}, q ${power(card.q)}`
      + `${card.contains.length ? `; contains ${card.contains.map(i => `plane ${i}`).join(', ')}` : ''}`), views);
  const flat = card.dim <= 2, at = i => Array.from({ length: 3 }, (_, k) => (k < card.dim ? card.x[i * card.dim + k] : 0));
  const view = { title: `plane ${card.plane}`, features: names.map(short), faces: [], groups: [{ shape: card.shape, dim: 0, members: card.features.map((_, i) => i) }] };
  const caption = flat ? '' : `${card.dim > 3 ? 'first three axes' : ''}${canDrawInSpace() ? `${card.dim > 3 ? '; ' : ''}drag to turn` : ''}`;
  made.push(addFigure(views, {
    name: `plane${index}`, height: 270, alt: `${card.shape} of ${names.slice(0, 20).join(', ')}.`, caption,
    draw: () => (flat ? drawPlane(view, i => at(i).slice(0, 2)) : canDrawInSpace() && !printing.now ? drawSpace(view, at) : drawProjection(view, at)),
  }));
  const rows = card.features.map((feature, i) => element('tr', null, element('td', null, String(feature)), card.names ? element('td', null, card.names[i]) : null,
    element('td', null, `${card.angles[i].toFixed(1)}°`), element('td', null, number(Math.hypot(...card.x.slice(i * card.dim, (i + 1) * card.dim)))), copies ? element('td', null, feature === card.directions[i] ? '' : String(card.directions[i])) : null));
  const heads = ['feature', ...(card.names ? ['name'] : []), 'angle', 'length', ...(copies ? ['copy of'] : [])];
  views.append(element('div', { class: 'scroll' }, element('table', { class: 'small' }, element('thead', null, element('tr', null, ...heads.map(h => element('th', null, h)))), element('tbody', null, ...rows))));
  return article;
}

const short = name => (name.length <= 16 ? name : `${name.slice(0, 15)}…`);

/** A power of ten, given its logarithm. */
function power(log10) {
  if (log10 > -3) return number(10 ** log10);
  const whole = Math.floor(log10), digits = String(-whole).split('').map(d => '⁰¹²³⁴⁵⁶⁷⁸⁹'[d]).join('');
  return `${whole < -99 ? '' : `${(10 ** (log10 - whole)).toFixed(1)}·`}10⁻${digits}`;
}

function addPlaneMap(parent, cards, map, showOne) {
  if (map.places.length === 0) {
    parent.append(note('No feature lies in two of these planes.'));
    return;
  }
  const at = new Map(map.places.map(([plane, x, y]) => [plane, [x, y]])), height = Math.min(520, 160 + 12 * map.places.length);
  const title = i => `plane ${cards[i].plane}, ${plain(cards[i].shape)}`;
  const share = l => `${plural(l.shared.length, 'feature')}: ${l.shared.slice(0, 8).map(f => plain(nameOf(cards[l.a], f))).join(', ')}${l.shared.length > 8 ? ', …' : ''}`;
  addFigure(parent, {
    name: 'planeMap', height, alt: `Map of the ${map.places.length} planes that share features: ${map.links.slice(0, 12).map(l => `${title(l.a)} and ${title(l.b)} share ${l.shared.length}`).join('; ')}.`,
    caption: `The ${map.places.length} planes that share features with another${map.leftOut ? ` (${map.leftOut} more have no room)` : ''}: larger for more directions, thicker lines for more shared features. Choose one to see its card.`,
    drawn: plot => plot.on('plotly_click', e => { const i = e.points[0].customdata; if (Number.isInteger(i)) showOne(i); }),
    draw: () => {
      const t = theme(), widths = [[1, 1], [2, 2], [3, 3], [Infinity, 5]];
      const lines = widths.map(([most, width], w) => {
        const own = map.links.filter(l => l.shared.length <= most && (w === 0 || l.shared.length > widths[w - 1][0])), ends = own.flatMap(l => [at.get(l.a), at.get(l.b), [null, null]]);
        return { type: 'scatter', mode: 'lines', x: ends.map(p => p[0]), y: ends.map(p => p[1]), line: { color: t.soft, width }, hoverinfo: 'skip' };
      }).filter(l => l.x.length > 0);
      const middles = { type: 'scatter', mode: 'markers', x: map.links.map(l => (at.get(l.a)[0] + at.get(l.b)[0]) / 2), y: map.links.map(l => (at.get(l.a)[1] + at.get(l.b)[1]) / 2), marker: { size: 9, opacity: 0 }, hovertemplate: map.links.map(l => `${title(l.a)}<br>${title(l.b)}<br>share ${share(l)}<extra></extra>`) };
      const nodes = {
        type: 'scatter', mode: 'markers+text', x: map.places.map(p => p[1]), y: map.places.map(p => p[2]), customdata: map.places.map(p => p[0]),
        marker: { size: map.places.map(p => 8 + 3 * Math.sqrt(cards[p[0]].count)), color: map.places.map(p => colorOf(cards[p[0]].shape)), line: { width: 1, color: t.back } },
        text: map.places.length <= 60 ? map.places.map(p => String(cards[p[0]].plane)) : undefined, textposition: 'top center', cliponaxis: false,
        hovertemplate: map.places.map(p => `${title(p[0])}<br>${plural(cards[p[0]].count, 'direction')} in ${cards[p[0]].dim} dimensions<extra></extra>`),
      };
      const axis = { visible: false, fixedrange: true };
      return { data: [...lines, middles, nodes], layout: baseLayout({ showlegend: false, dragmode: false, xaxis: { ...axis }, yaxis: { ...axis, scaleanchor: 'x' }, margin: { l: 15, r: 15, t: 20, b: 10 } }) };
    },
  });
}

const nameOf = (card, feature) => (card.names ? card.names[card.features.indexOf(feature)] : String(feature));
