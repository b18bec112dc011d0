// Runs as pictures: arrows with polygons in the plane, hulls in space, cosines above, and WᵀW with the bias.
const gallery = { shown: 0, chosen: null, cards: null };

function addGallery() {
  const parent = section('gallery', 'Gallery', 'Gallery', paragraph('For each formula its run of lowest loss, the most frequent formula first. Choose any other run in the phase diagram, in a scatter plot or in the table.'));
  for (const problem of report.gallery.problems.slice(0, 5)) parent.append(note(`Cannot be drawn: ${problem}.`));
  if (report.gallery.problems.length > 5) parent.append(note(`And ${report.gallery.problems.length - 5} more inputs.`));
  gallery.chosen = element('div', { class: 'cards', 'aria-live': 'polite' });
  gallery.cards = element('div', { class: 'cards' });
  parent.append(gallery.chosen, gallery.cards);
  if (report.gallery.runs.length === 0) {
    parent.append(note('No weights were at hand, so no run can be drawn. Run geometry report again where the weight files are, or name their folder with --inputs.'));
    return;
  }
  if (report.gallery.runs.length < report.allRuns) parent.append(note(`${grouped(report.gallery.runs.length)} of ${plural(report.allRuns, 'run')} can be drawn here; the others' weights would make the page too large.`));
  const more = element('button', { type: 'button', onclick: () => showMore() });
  parent.append(element('div', { class: 'controls' }, more));
  const showMore = () => {
    const next = report.gallery.runs.slice(0, report.gallery.representatives).slice(gallery.shown, gallery.shown + 6);
    next.forEach(run => gallery.cards.append(card(run, [])));
    gallery.shown += next.length;
    const left = report.gallery.representatives - gallery.shown;
    more.textContent = `Show ${Math.min(6, left)} more of ${plural(left, 'formula')}`;
    more.hidden = left <= 0;
  };
  showMore();
}

/** Shows one run on top of the gallery, marks its cell and its row. */
function showRun(run) {
  table.choose(run);
  const row = rowOfRun.get(run);
  if (row !== undefined && phase.figure) {
    const place = axis => report.axes[axis].place.get(runs.at[row][axis]);
    phase.chosen = [report.axes.length ? place(phase.x) : 0, report.axes.length > 1 ? place(phase.y) : 0];
    if (phase.chosen.includes(undefined)) phase.chosen = null;
    phase.figure.redraw();
  }
  if (!gallery.chosen) return;
  gallery.chosen.figures?.forEach(f => f.remove());
  gallery.chosen.figures = [];
  const found = drawable.get(run);
  const made = found ? card(found, gallery.chosen.figures) : element('article', { class: 'card' }, element('h3', null, runName(run)), note('This run\'s weights are not in the report.'));
  made.classList.add('chosen');
  gallery.chosen.replaceChildren(made);
  document.getElementById('gallery').scrollIntoView();
}

function card(run, made) {
  const row = rowOfRun.get(run.run), n = row === undefined ? 0 : runs.n[row], m = row === undefined ? 0 : runs.m[row];
  const label = row === undefined ? 'none' : report.labels[runs.label[row]];
  const formula = row === undefined ? '' : report.formulas[runs.formula[row]] || 'none';
  const views = element('div', { class: 'views' });
  const article = element('article', { class: 'card' },
    element('header', null, swatch(label), element('h3', null, formula.replaceAll(' + ', ' ⊕ '))),
    element('p', { class: 'soft small' }, `${runName(run.run)}${report.axes.some(a => a.name === 'n') ? '' : `; n ${n}`}${report.axes.some(a => a.name === 'm') ? '' : `, m ${m}`}; ${runPlace(run.run)}${row !== undefined && runs.residual[row] !== null ? `, residual ${number(runs.residual[row])}°` : ''}`), views);
  run.views.forEach((view, i) => made.push(addView(views, run, view, m, `run${run.run}-${i}`)));
  if (row !== undefined) made.push(addGramOfWeights(views, run, n, m));
  return article;
}

function addView(parent, run, view, m, name) {
  const dim = view.kind === 1 ? 3 : 2;
  const x = view.x ?? run.w;
  const at = i => Array.from({ length: dim }, (_, k) => x[i * dim + k]);
  const alt = `${view.title === 'W' ? 'All columns of W' : view.title}: ${view.groups.map(g => `${g.shape} of features ${g.members.map(i => view.features[i]).join(', ')}`).join('; ')}.`;
  const caption = view.title === 'W' ? 'columns of W' : view.title;
  if (view.kind === 2) return addFigure(parent, { name, height: 270, alt, caption: `${caption}, cosines`, draw: () => heat(square(view.x, view.features.length), view.features, 1) });
  if (view.kind === 0) return addFigure(parent, { name, height: 270, alt, caption, draw: () => drawPlane(view, at) });
  return addFigure(parent, { name, height: 270, alt, caption: canDrawInSpace() ? `${caption}, drag to turn` : caption, draw: () => (canDrawInSpace() && !printing.now ? drawSpace(view, at) : drawProjection(view, at)) });
}

function drawPlane(view, at) {
  const data = [], size = 1.15 * Math.max(1e-9, ...view.features.map((_, i) => Math.hypot(...at(i))));
  for (const group of view.groups) {
    const color = colorOf(group.shape), points = group.members.map(at);
    if (group.dim === 2 && points.length > 2) {
      const loop = [...points, points[0]];
      data.push({ type: 'scatter', mode: 'lines', x: loop.map(p => p[0]), y: loop.map(p => p[1]), fill: 'toself', fillcolor: `${color}33`, line: { color, width: 1, dash: 'dot' }, hoverinfo: 'skip' });
    }
    group.members.forEach((i, k) => data.push({
      type: 'scatter', mode: 'lines+markers+text', x: [0, points[k][0]], y: [0, points[k][1]], line: { color, width: 2.5 },
      marker: { color, size: [0, 11], symbol: 'arrow', angleref: 'previous', opacity: 1, line: { width: 0 } }, text: ['', String(view.features[i])], textposition: outward(points[k]), cliponaxis: false,
      hovertemplate: `feature ${view.features[i]}, ${plain(group.shape)}<br>norm ${number(Math.hypot(...points[k]))}<extra></extra>`,
    }));
  }
  const axis = { range: [-size, size], showgrid: false, zeroline: true, showticklabels: false, ticks: '', showline: false, fixedrange: true };
  return { data, layout: baseLayout({ showlegend: false, dragmode: false, xaxis: { ...axis }, yaxis: { ...axis, scaleanchor: 'x' }, margin: { l: 10, r: 10, t: 10, b: 10 } }) };
}

const outward = ([x, y]) => (Math.abs(y) >= Math.abs(x) ? (y > 0 ? 'top center' : 'bottom center') : x > 0 ? 'middle right' : 'middle left');

function drawSpace(view, at) {
  const t = theme(), data = [];
  for (const group of view.groups) {
    const color = colorOf(group.shape), points = group.members.map(at), lines = points.flatMap(p => [[0, 0, 0], p, [null, null, null]]);
    data.push({ type: 'scatter3d', mode: 'lines', x: lines.map(p => p[0]), y: lines.map(p => p[1]), z: lines.map(p => p[2]), line: { color, width: 5 }, hoverinfo: 'skip' });
    data.push({
      type: 'scatter3d', mode: 'markers+text', x: points.map(p => p[0]), y: points.map(p => p[1]), z: points.map(p => p[2]), marker: { color, size: 4 },
      text: group.members.map(i => String(view.features[i])), textfont: { color: t.ink, size: 12 }, hovertemplate: points.map((p, k) => `feature ${view.features[group.members[k]]}, ${plain(group.shape)}<br>norm ${number(Math.hypot(...p))}<extra></extra>`),
    });
  }
  if (view.faces.length) {
    const all = view.features.map((_, i) => at(i)), i = [], j = [], k = [], edges = [];
    for (const face of view.faces) {
      for (let v = 1; v + 1 < face.length; v++) { i.push(face[0]); j.push(face[v]); k.push(face[v + 1]); }
      face.forEach((v, e) => edges.push(all[v], all[face[(e + 1) % face.length]], [null, null, null]));
    }
    const color = colorOf(view.groups[0].shape);
    data.push({ type: 'mesh3d', x: all.map(p => p[0]), y: all.map(p => p[1]), z: all.map(p => p[2]), i, j, k, color, opacity: 0.22, flatshading: true, hoverinfo: 'skip' });
    data.push({ type: 'scatter3d', mode: 'lines', x: edges.map(p => p[0]), y: edges.map(p => p[1]), z: edges.map(p => p[2]), line: { color: t.soft, width: 2 }, hoverinfo: 'skip' });
  }
  const axis = { visible: false, showspikes: false };
  return { data, layout: baseLayout({ showlegend: false, margin: { l: 0, r: 0, t: 0, b: 0 }, scene: { xaxis: axis, yaxis: axis, zaxis: axis, aspectmode: 'data', camera: { eye } } }) };
}

const eye = { x: 1.35, y: 1.2, z: 0.85 };

/** What drawSpace shows, flat and seen from the same side: for paper, and for browsers without WebGL. */
function drawProjection(view, at) {
  const t = theme(), level = Math.hypot(eye.x, eye.y), far = Math.hypot(level, eye.z);
  const seen = i => { const [x, y, z] = at(i); return [(x * -eye.y + y * eye.x) / level, (z * level * level - eye.z * (x * eye.x + y * eye.y)) / (level * far)]; };
  const lines = (points, line) => ({ type: 'scatter', mode: 'lines', x: points.map(p => p[0]), y: points.map(p => p[1]), line, hoverinfo: 'skip' });
  const data = view.faces.map(face => ({ ...lines([...face, face[0]].map(seen), { color: t.soft, width: 0.8 }), fill: 'toself', fillcolor: `${colorOf(view.groups[0].shape)}1c` }));
  for (const group of view.groups) {
    const color = colorOf(group.shape), points = group.members.map(seen);
    data.push(lines(points.flatMap(p => [[0, 0], p, [null, null]]), { color, width: 2.5 }));
    data.push({ type: 'scatter', mode: 'markers+text', x: points.map(p => p[0]), y: points.map(p => p[1]), marker: { color, size: 6 }, text: group.members.map(i => String(view.features[i])), textposition: points.map(outward), cliponaxis: false, hoverinfo: 'skip' });
  }
  const size = 1.15 * Math.max(1e-9, ...view.features.map((_, i) => Math.hypot(...seen(i))));
  const axis = { range: [-size, size], visible: false, fixedrange: true };
  return { data, layout: baseLayout({ showlegend: false, dragmode: false, xaxis: { ...axis }, yaxis: { ...axis, scaleanchor: 'x' }, margin: { l: 10, r: 10, t: 10, b: 10 } }) };
}

const square = (values, n) => Array.from({ length: n }, (_, r) => values.slice(r * n, (r + 1) * n));

/** A square heat map from −limit (blue) over 0 (white) to limit (red), with a column for the bias where there is one. */
function heat(z, names, limit, bias) {
  const show = names.length <= 24, step = Math.ceil(names.length / 10), named = show ? names.map((_, i) => i).filter(i => i % step === 0) : [];
  const axis = { tickmode: 'array', tickvals: named, ticktext: named.map(i => String(names[i])), tickangle: 0, showgrid: false, zeroline: false, constrain: 'domain', fixedrange: true };
  const scale = { colorscale: [[0, '#2166ac'], [0.25, '#92c5de'], [0.5, '#f7f7f7'], [0.75, '#f4a582'], [1, '#b2182b']], zmin: -limit, zmax: limit };
  const data = [{ type: 'heatmap', z, ...scale, xgap: show ? 1 : 0, ygap: show ? 1 : 0, colorbar: { thickness: 9, outlinewidth: 0, len: 0.9, tickfont: { size: 10 } }, hovertemplate: 'features %{y} and %{x}: %{z:.3f}<extra></extra>', x: names.map((_, i) => i), y: names.map((_, i) => i) }];
  const layout = { showlegend: false, dragmode: false, margin: { l: 25, r: 5, t: 8, b: 25 }, xaxis: axis, yaxis: { ...axis, autorange: 'reversed', scaleanchor: 'x' } };
  if (bias) {
    layout.xaxis = { ...axis, domain: [0, 0.88] };
    layout.xaxis2 = { domain: [0.92, 1], tickmode: 'array', tickvals: [0], ticktext: ['b'], showgrid: false, zeroline: false, fixedrange: true };
    data.push({ type: 'heatmap', z: bias.map(b => [b]), ...scale, xaxis: 'x2', showscale: false, ygap: show ? 1 : 0, hovertemplate: 'bias of %{y}: %{z:.3f}<extra></extra>', x: [0], y: names.map((_, i) => i) });
    layout.yaxis = { ...axis, autorange: 'reversed' };
  }
  return { data, layout: baseLayout(layout) };
}

function addGramOfWeights(parent, run, n, m) {
  const draw = () => {
    const z = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => {
      let dot = 0;
      for (let k = 0; k < m; k++) dot += run.w[i * m + k] * run.w[j * m + k];
      return dot;
    }));
    const limit = Math.max(1e-9, ...z.flat().map(Math.abs), ...(run.b ?? []).map(Math.abs));
    return heat(z, Array.from({ length: n }, (_, i) => i), limit, run.b);
  };
  return addFigure(parent, { name: `gram${run.run}`, height: 270, alt: `WᵀW of ${runName(run.run)}, ${n} by ${n}${run.b ? ', with the bias' : ''}.`, caption: run.b ? 'WᵀW and the bias b' : 'WᵀW', draw });
}
