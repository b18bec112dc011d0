// The phase diagram: a heat map over two axes, or a strip over one; further axes are pooled or held fixed.
const phase = { x: 0, y: 1, value: 'label', fixed: new Map(), figure: null, chosen: null };
const phaseValues = [
  ['label', 'dominant label'], ['family', 'dominant formula family'], ['dims', 'mean dims per feature D*'],
  ['learned', 'mean learned features'], ['loss', 'mean loss'], ['entropy', 'entropy of labels, bits'],
];

function phaseGrid() {
  const across = report.axes[phase.x], up = report.axes.length > 1 ? report.axes[phase.y] : null;
  const columns = across ? across.at.length : 1, rows = up ? up.at.length : 1;
  const members = Array.from({ length: rows }, () => Array.from({ length: columns }, () => []));
  for (const cell of report.cells) {
    if ([...phase.fixed].some(([axis, at]) => axis !== phase.x && axis !== phase.y && cell.at[axis] !== at)) continue;
    members[up ? up.place.get(cell.at[phase.y]) : 0][across ? across.place.get(cell.at[phase.x]) : 0].push(cell);
  }
  return { x: across ? shownAxis(across) : null, y: up ? shownAxis(up) : null, columns, rows, pools: members.map(row => row.map(cells => (cells.length ? pool(cells) : null))) };
}

function cellTitle(grid, column, row) {
  const parts = [];
  if (grid.x) parts.push(`${grid.x.name} ${grid.x.text[column]}`);
  if (grid.y) parts.push(`${grid.y.name} ${grid.y.text[row]}`);
  for (const [axis, at] of phase.fixed) if (axis !== phase.x && axis !== phase.y) parts.push(`${report.axes[axis].name} ${report.axes[axis].text[at]}`);
  return parts.join(', ') || 'all runs';
}

function cellHover(grid, sum, column, row) {
  const lines = [`<b>${plain(cellTitle(grid, column, row))}</b>`, sum.all === sum.runs ? plural(sum.runs, 'run') : `best ${sum.runs} of ${plural(sum.all, 'run')}`];
  for (const [label, count] of ranked(sum.labels).slice(0, 6)) lines.push(`${plain(label)} ${percent(count / sum.runs)}`);
  const [family] = ranked(sum.families);
  lines.push(`mostly ${plain(family[0])}`);
  lines.push(`D* ${number(sum.dims.value)}, learned ${number(sum.learned.value)}${sum.loss.value === null ? '' : `, loss ${number(sum.loss.value)}`}`);
  if (sum.expected >= 0) lines.push(`theory: ${plain(report.theory.names[sum.expected])}${sum.agree.value === null ? '' : `, ${percent(sum.agree.value)} of the runs`}`);
  return lines.join('<br>');
}

function steps(colors) {
  return colors.flatMap((c, i) => [[i / colors.length, c], [(i + 1) / colors.length, c]]);
}

function drawPhase() {
  const grid = phaseGrid(), t = theme();
  const named = phase.value === 'label' || phase.value === 'family';
  const names = phase.value === 'label' ? report.labels : report.families;
  const of = sum => {
    if (phase.value === 'label') return names.indexOf(ranked(sum.labels)[0][0]);
    if (phase.value === 'family') return names.indexOf(ranked(sum.families)[0][0]);
    if (phase.value === 'entropy') return sum.entropy;
    return sum[phase.value].value;
  };
  const z = grid.pools.map(row => row.map(sum => (sum ? of(sum) : null)));
  const letters = phase.value === 'label' && grid.columns <= 60 && grid.rows <= 40 && grid.columns * grid.rows <= 800;
  const height = phaseHeight(grid);
  const trace = {
    type: 'heatmap', z, xgap: grid.columns <= 80 ? 1 : 0, ygap: grid.rows <= 50 ? 1 : 0,
    customdata: grid.pools.map((row, r) => row.map((sum, c) => (sum ? cellHover(grid, sum, c, r) : ''))),
    hovertemplate: '%{customdata}<extra></extra>', hoverongaps: false,
    showscale: !named, colorbar: { thickness: 14, outlinewidth: 0, title: { text: phaseValues.find(v => v[0] === phase.value)[1], side: 'right' } },
  };
  if (named) Object.assign(trace, { zmin: -0.5, zmax: names.length - 0.5, colorscale: steps(names.map(colorOf)) });
  else trace.colorscale = 'Viridis';
  if (letters) {
    trace.text = z.map(row => row.map(value => (value === null ? '' : plain(codeOf(names[value])))));
    trace.texttemplate = '%{text}';
    trace.textfont = { size: 11 };
  }
  const shapes = theoryLines(grid);
  if (phase.chosen) {
    const [c, r] = phase.chosen;
    shapes.push({ type: 'rect', x0: c - 0.5, x1: c + 0.5, y0: r - 0.5, y1: r + 0.5, line: { color: t.ink, width: 3 } });
  }
  const ticks = axis => ({
    title: { text: plain(axis.name) }, showgrid: false, zeroline: false, tickmode: 'array', ...spaced(axis),
    range: [-0.5, axis.text.length - 0.5],
  });
  return {
    data: [trace],
    layout: baseLayout({
      height, shapes, dragmode: false,
      xaxis: grid.x ? ticks(grid.x) : { visible: false },
      yaxis: grid.y ? ticks(grid.y) : { visible: false, range: [-0.5, 0.5] },
      // A single row is too low for a column of buttons: they would wrap into the diagram. There they stand above it.
      margin: { l: 60, r: 40, t: grid.y ? 10 : 36, b: 60 },
      modebar: { orientation: grid.y ? 'v' : 'h', bgcolor: 'rgba(0,0,0,0)', color: t.soft, activecolor: t.ink },
    }),
  };
}

function phaseHeight(grid) {
  return grid.y ? Math.min(620, Math.max(260, 110 + 22 * grid.rows)) : 196;
}

// As many tick texts as there is room for.
function spaced(axis) {
  const step = Math.ceil(axis.text.length / 14), tickvals = [];
  for (let i = 0; i < axis.text.length; i += step) tickvals.push(i);
  return { tickvals, ticktext: tickvals.map(i => plain(axis.text[i])) };
}

function addPhaseDiagram() {
  const best = report.best < 1 ? ` Of each cell only the ${percent(report.best)} of its runs with the lowest loss count.` : '';
  const parent = section('phase', 'Phase diagram', 'Phases', paragraph(`Which label most runs of a cell have. Hover a cell for its shares, click it for its runs.${best}`));
  for (const axis of report.axes) if (axis.shown) parent.append(note(`Shown are ${grouped(axis.at.length)} of the ${grouped(axis.text.length)} values of ${axis.name}, spread evenly; phase.csv has all.`));
  const controls = element('div', { class: 'controls' });
  const update = () => { phase.chosen = null; rebuild(); phase.figure.redraw(phaseAlt()); };
  const rebuild = () => {
    const axes = report.axes.map((axis, i) => [String(i), axis.name]);
    controls.replaceChildren(selector('show', phaseValues.filter(v => v[0] !== 'loss' || report.cells.some(c => c.loss !== null)), phase.value, v => { phase.value = v; update(); }));
    if (axes.length > 1) {
      const swap = (key, other) => v => { if (phase[other] === Number(v)) phase[other] = phase[key]; phase[key] = Number(v); update(); };
      controls.append(selector('across', axes, String(phase.x), swap('x', 'y')), selector('up', axes, String(phase.y), swap('y', 'x')));
    }
    report.axes.forEach((axis, i) => {
      if (i === phase.x || i === phase.y) return;
      const options = [['all', 'all'], ...axis.at.map(i => [String(i), axis.text[i]])];
      controls.append(selector(axis.name, options, phase.fixed.has(i) ? String(phase.fixed.get(i)) : 'all', v => { v === 'all' ? phase.fixed.delete(i) : phase.fixed.set(i, Number(v)); update(); }));
    });
  };
  rebuild();
  const total = report.labelRuns.reduce((a, b) => a + b, 0);
  parent.append(controls, legend(report.labels.map((label, i) => [label, `${label} ${percent(report.labelRuns[i] / total)}`])));
  phase.figure = addFigure(parent, {
    name: 'phase', height: phaseHeight(phaseGrid()), alt: phaseAlt(), draw: drawPhase,
    drawn: plot => plot.on('plotly_click', event => chooseCell(event.points[0].x, event.points[0].y)),
  });
  phase.figure.plot.append(...document.querySelectorAll('#first svg'));
  const cell = element('div', { id: 'cell', 'aria-live': 'polite' });
  parent.append(cell, cellTable(), ...transitionTables());
}

function phaseAlt() {
  const grid = phaseGrid();
  const parts = [];
  grid.pools.forEach((row, r) => {
    let from = 0;
    const label = c => (row[c] ? ranked(row[c].labels)[0][0] : 'no runs');
    const stretches = [];
    for (let c = 1; c <= grid.columns; c++) {
      if (c < grid.columns && label(c) === label(from)) continue;
      stretches.push(grid.x ? `${label(from)} from ${grid.x.text[from]} to ${grid.x.text[c - 1]}` : label(from));
      from = c;
    }
    if (parts.length < 12) parts.push(`${grid.y ? `${grid.y.name} ${grid.y.text[r]}: ` : ''}${stretches.slice(0, 12).join('; ')}`);
  });
  return `Phase diagram${grid.x ? ` by ${grid.x.name}` : ''}${grid.y ? ` and ${grid.y.name}` : ''}. ${parts.join('. ')}.`;
}

function chooseCell(column, row) {
  const grid = phaseGrid(), sum = grid.pools[row]?.[column];
  if (!sum) return;
  phase.chosen = [column, row];
  phase.figure.redraw();
  const fits = r => (!grid.x || runs.at[r][phase.x] === report.axes[phase.x].at[column]) && (!grid.y || runs.at[r][phase.y] === report.axes[phase.y].at[row])
    && [...phase.fixed].every(([axis, at]) => axis === phase.x || axis === phase.y || runs.at[r][axis] === at);
  const rows = runs.index.map((_, r) => r).filter(fits);
  const title = cellTitle(grid, column, row);
  table.narrow(title, fits);
  const shown = rows.slice(0, 24);
  document.getElementById('cell').replaceChildren(element('div', { class: 'panel' },
    element('h3', null, `${title}: ${plural(rows.length, 'run')}`),
    element('ul', null, ...shown.map(r => element('li', null, element('button', { type: 'button', onclick: () => showRun(runs.index[r]) },
      swatch(report.labels[runs.label[r]]), `${report.formulas[runs.formula[r]] || 'none'}${runs.loss[r] === null ? '' : `, loss ${number(runs.loss[r])}`}${runs.seed[r] === null ? '' : `, seed ${runs.seed[r]}`}`)))),
    element('a', { href: '#runs' }, shown.length < rows.length ? `all ${rows.length} in the table` : 'in the table')));
}
