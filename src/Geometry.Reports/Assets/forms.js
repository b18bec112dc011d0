// Recurring shapes without a name in geometry, a card each: picture, angles, invariants, where they live, and runs that hold them.
// Okabe and Ito's colours, then Tol's muted ones: one an orbit.
const orbitColors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#882255', '#999933', '#44aa99', '#aa4499', '#ddcc77', '#332288'];

function addForms() {
  const { cards, atlas, origin } = report.forms;
  if (cards.length === 0) return;
  const intro = atlas
    ? `${plural(cards.length, 'form')}, most frequent first${origin ? `, among ${origin}` : ''}.`
    : `${plural(cards.length, 'form')} among the summands of these runs, most frequent first: shapes that trained models take again and again and that have no name in geometry.`;
  const parent = section('forms', 'Forms', 'Forms', paragraph(`${intro} A name tells dimension, number of directions and order of the symmetry group.`));
  const list = element('div', { class: 'cards wide' }), more = element('button', { type: 'button', onclick: () => show() });
  parent.append(list, element('div', { class: 'controls' }, more));
  let shown = 0;
  const show = () => {
    cards.slice(shown, shown + 6).forEach((card, i) => list.append(formCard(card, shown + i)));
    shown = Math.min(cards.length, shown + 6);
    more.textContent = `Show ${Math.min(6, cards.length - shown)} more of ${plural(cards.length, 'form')}`;
    more.hidden = shown === cards.length;
  };
  show();
}

function formCard(card, index) {
  const left = element('div', { class: 'views' }), right = element('div'), article = element('article', { class: 'card form', 'data-form': card.name },
    element('header', null, swatch(card.name, codes.get(card.name)), element('h3', null, card.name), element('span', { class: 'soft small' }, card.runs > 0 ? plural(card.runs, 'run') : '')),
    element('div', { class: 'split' }, left, right));
  if (card.x) {
    const symmetric = card.turn > 2 ? `seen along a ${card.turn}-fold symmetry` : card.turn === 2 ? 'seen along a mirror' : 'seen along its principal axes';
    const orbits = new Set(card.orbits).size, colors = orbits === card.directions ? '' : orbits === 1 ? '' : `, coloured by orbit (${orbits})`;
    const caption = `${card.dim > 3 ? `Projection from R^${card.dim}, ` : ''}${symmetric}${colors}; lines: angles to ${number(card.edge)}°${canDrawInSpace() && card.dim > 2 ? '; drag to turn' : ''}`;
    addFigure(left, { name: `form${index}`, height: 300, alt: `${card.name}: ${card.directions} directions, ${caption}.`, caption, draw: () => (canDrawInSpace() && !printing.now && card.dim > 2 ? formInSpace(card) : formFlat(card)) });
    addFigure(left, { name: `angles${index}`, height: 170, alt: `Angles of ${card.name}: ${card.angles.slice(0, 12).map(([a, pairs]) => `${number(a)}° ${pairs} times`).join(', ')}.`, caption: 'Angles between directions, by number of pairs', draw: () => formAngles(card) });
    right.append(element('dl', null, ...card.facts.flatMap(([name, text]) => [element('dt', null, name === 'D_i' ? 'Dᵢ' : name), element('dd', null, text)])));
  } else {
    right.append(note('Its atlas is not at hand: name it with --atlas to see what the form is.'));
  }
  if (card.places.some(p => p[2] !== null)) {
    const range = values => (Math.min(...values) === Math.max(...values) ? number(values[0]) : `${number(Math.min(...values))} to ${number(Math.max(...values))}`);
    addFigure(right, { name: `places${index}`, height: 190, alt: `Where ${card.name} occurs: n ${range(card.places.map(p => p[0]))}, density ${range(card.places.map(p => p[2]))}.`, caption: `Where it lives: larger for more runs${card.places.some(p => p[5] !== null) ? ', coloured by its place on the drift' : ''}`, draw: () => formPlaces(card) });
  }
  if (card.nearest.length) {
    const link = run => (run.run >= 0
      ? element('button', { type: 'button', class: 'link', title: runPlace(run.run), onclick: () => showRun(run.run) }, runName(run.run))
      : run.link ? element('a', { href: run.link }, run.text) : element('span', null, run.text));
    right.append(element('details', null, element('summary', null, `Runs, nearest first${card.runs > card.nearest.length ? ` (${card.nearest.length} of ${grouped(card.runs)})` : ''}`),
      element('ul', { class: 'runs small' }, ...card.nearest.map(run => element('li', null, link(run), run.residual === null ? null : ` ${number(Math.round(100 * run.residual) / 100)}°`)))));
    if (!report.forms.atlas) {
      const holds = new Set(report.formulas.map((formula, i) => (formula.split(' + ').some(term => term === card.name || term.endsWith(` ${card.name}`)) ? i : -1)).filter(i => i >= 0));
      right.append(element('button', { type: 'button', onclick: () => { table.narrow(card.name, r => holds.has(runs.formula[r])); document.getElementById('runs').scrollIntoView(); } }, `All ${plural(card.runs, 'run')} in the table`));
    }
  }
  return article;
}

const orbitColor = (card, i) => (new Set(card.orbits).size === card.directions ? orbitColors[0] : orbitColors[card.orbits[i] % orbitColors.length]);

function formInSpace(card) {
  const t = theme(), at = i => card.x.slice(3 * i, 3 * i + 3), ends = [];
  for (let e = 0; e < card.edges.length; e += 2) ends.push(at(card.edges[e]), at(card.edges[e + 1]), [null, null, null]);
  const points = card.orbits.map((_, i) => at(i));
  const data = [
    { type: 'scatter3d', mode: 'lines', x: ends.map(p => p[0]), y: ends.map(p => p[1]), z: ends.map(p => p[2]), line: { color: t.soft, width: 2 }, hoverinfo: 'skip' },
    {
      type: 'scatter3d', mode: 'markers', x: points.map(p => p[0]), y: points.map(p => p[1]), z: points.map(p => p[2]),
      marker: { color: points.map((_, i) => orbitColor(card, i)), size: 7, line: { color: t.back, width: 1 } }, hovertemplate: points.map((_, i) => `direction ${i}, orbit ${card.orbits[i] + 1}<extra></extra>`),
    },
    { type: 'scatter3d', mode: 'markers', x: [0], y: [0], z: [0], marker: { color: t.soft, size: 3, symbol: 'cross' }, hoverinfo: 'skip' },
  ];
  const axis = { visible: false, showspikes: false, range: [-1, 1] };
  // From above the plane of the largest symmetry, which is what the first two coordinates are; in R^3 from aside, where depth is real.
  const camera = card.dim > 3 ? { eye: { x: 0, y: 0, z: 1.25 }, up: { x: 0, y: 1, z: 0 }, projection: { type: 'orthographic' } } : { eye };
  return { data, layout: baseLayout({ showlegend: false, margin: { l: 0, r: 0, t: 0, b: 0 }, scene: { xaxis: axis, yaxis: axis, zaxis: axis, aspectmode: 'manual', aspectratio: { x: 1.6, y: 1.6, z: 1.6 }, camera } }) };
}

/** The plane of the largest symmetry: for paper, for browsers without WebGL, and for what is flat anyway. */
function formFlat(card) {
  const t = theme(), at = i => card.x.slice(3 * i, 3 * i + 2), ends = [];
  for (let e = 0; e < card.edges.length; e += 2) ends.push(at(card.edges[e]), at(card.edges[e + 1]), [null, null]);
  const points = card.orbits.map((_, i) => at(i)), size = 1.15 * Math.max(1e-9, ...points.map(p => Math.hypot(...p)));
  const axis = { range: [-size, size], visible: false, fixedrange: true };
  const data = [
    { type: 'scatter', mode: 'lines', x: ends.map(p => p[0]), y: ends.map(p => p[1]), line: { color: t.soft, width: 0.8 }, hoverinfo: 'skip' },
    { type: 'scatter', mode: 'markers', x: points.map(p => p[0]), y: points.map(p => p[1]), marker: { color: points.map((_, i) => orbitColor(card, i)), size: 10, line: { color: t.back, width: 1 } }, hoverinfo: 'skip' },
  ];
  return { data, layout: baseLayout({ showlegend: false, dragmode: false, xaxis: { ...axis }, yaxis: { ...axis, scaleanchor: 'x' }, margin: { l: 5, r: 5, t: 5, b: 5 } }) };
}

function formAngles(card) {
  const t = theme();
  // Few angles are told apart; a continuum is counted by degrees.
  const few = card.angles.length <= 24, bars = new Map();
  for (const [angle, pairs] of card.angles) add(bars, few ? angle : Math.floor(angle) + 0.5, pairs);
  const x = [...bars.keys()], best = card.best;
  const data = [{ type: 'bar', x, y: [...bars.values()], width: few ? 0.9 : 1, marker: { color: cssColor('--accent') }, hovertemplate: few ? '%{x:.2f}°: %{y} pairs<extra></extra>' : '%{x:.0f}°: %{y} pairs<extra></extra>' }];
  const mark = best === null ? [] : [{ type: 'line', x0: best, x1: best, yref: 'paper', y0: 0, y1: 1, line: { color: t.soft, width: 1, dash: 'dot' } }];
  const text = best === null ? [] : [{ x: best, xanchor: 'right', yref: 'paper', y: 1, yanchor: 'top', showarrow: false, text: 'best code ', font: { size: 11, color: t.soft } }];
  return { data, layout: baseLayout({ showlegend: false, dragmode: false, margin: { l: 40, r: 10, t: 8, b: 30 }, xaxis: { range: [Math.min(50, ...x) - 5, 184], ticksuffix: '°', dtick: 30, fixedrange: true }, yaxis: { rangemode: 'tozero', fixedrange: true, nticks: 4 }, shapes: mark, annotations: text }) };
}

function formPlaces(card) {
  const places = card.places.filter(p => p[2] !== null), most = Math.max(...places.map(p => p[3])), drifts = places.some(p => p[5] !== null), t = theme();
  const marker = { size: places.map(p => 5 + 13 * Math.sqrt(p[3] / most)), color: drifts ? places.map(p => p[5]) : cssColor('--accent'), opacity: 0.85, line: { width: 1, color: t.back } };
  if (drifts) Object.assign(marker, { colorscale: 'Viridis', cmin: -1, cmax: 1 });
  const data = [{ type: 'scatter', mode: 'markers', x: places.map(p => p[2]), y: places.map(p => p[0]), marker, hovertemplate: places.map(p => `n ${p[0]}, m ${p[1]}, density ${number(p[2])}<br>${plural(p[3], 'run')}${p[4] === null ? '' : `, median ${number(p[4])}° from the form`}${p[5] === null ? '' : `<br>drift ${number(p[5])}`}<extra></extra>`) }];
  const decades = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1], positive = places.every(p => p[2] > 0);
  const x = positive ? { type: 'log', tickmode: 'array', tickvals: decades, ticktext: decades.map(String) } : {};
  return { data, layout: baseLayout({ showlegend: false, dragmode: false, margin: { l: 45, r: 10, t: 8, b: 40 }, xaxis: { ...x, title: { text: 'density' }, fixedrange: true }, yaxis: { title: { text: 'n' }, fixedrange: true, nticks: 6 } }) };
}
