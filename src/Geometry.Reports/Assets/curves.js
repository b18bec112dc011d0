// Tables below the phase diagram, and the figures over sparsity: stacked shares, D* and D_i.
function lazyTable(title, header, rows) {
  const details = element('details', null, element('summary', null, title));
  details.addEventListener('toggle', () => {
    if (!details.open || details.querySelector('table')) return;
    details.append(element('div', { class: 'scroll' }, element('table', null,
      element('thead', null, element('tr', null, ...header.map(h => element('th', { scope: 'col' }, h)))),
      element('tbody', null, ...rows().map(row => element('tr', null, ...row.map(c => element('td', null, c))))))));
  });
  return details;
}

function cellTable() {
  return lazyTable('The phase diagram as a table', [...report.axes.map(a => a.name), 'runs', 'label', 'share', 'labels', 'D*', 'learned'], () =>
    report.cells.slice(0, 500).map(cell => {
      const shares = [];
      for (let i = 0; i < cell.labels.length; i += 2) shares.push(`${report.labels[cell.labels[i]]} ${cell.labels[i + 1]}`);
      return [...cell.at.map((v, a) => report.axes[a].text[v]), String(cell.runs), report.labels[cell.labels[0]], percent(cell.labels[1] / cell.runs), shares.join(', '), number(cell.dims), number(cell.learned)];
    }).concat(report.allCells > 500 ? [[`${grouped(report.allCells - 500)} more cells are in phase.csv`]] : []));
}

function transitionTables() {
  if (report.transitions.length === 0) return [];
  const rows = () => report.transitions.map(t => {
    const axis = report.axes[t.axis];
    const elsewhere = report.axes.map((a, i) => (i === t.axis ? null : `${a.name} ${a.text[t.at[i]]}`)).filter(Boolean).join(', ');
    return [axis.name, elsewhere, `${t.from} → ${t.to}`, `${axis.text[t.at[t.axis]]} and ${axis.text[t.next]}`, t.low < 0 ? 'single runs' : `${axis.text[t.low]} … ${axis.text[t.high]}`, t.support === null ? '' : percent(t.support)];
  }).concat(report.transitionCount > report.transitions.length ? [[`and ${grouped(report.transitionCount - report.transitions.length)} more`]] : []);
  return [lazyTable(`${plural(report.transitionCount, 'transition')} along the axes`, ['along', 'at', 'phases', 'between', '95 % of resampled seeds', 'found in'], rows)];
}

function addShares() {
  const axis = report.axes.findIndex(a => a.numeric);
  if (axis < 0) return;
  const { name, values } = report.axes[axis], known = report.axes[axis].at.filter(i => values[i] !== null);
  const text = known.map(i => report.axes[axis].text[i]);
  const cells = new Map(known.map(i => [i, []]));
  for (const cell of report.cells) cells.get(cell.at[axis])?.push(cell);
  const pools = known.map(i => pool(cells.get(i)));
  const pooled = report.axes.length > 1 ? ` All other parameters are pooled.` : '';
  const parent = section('shares', 'Label shares', 'Shares', paragraph(`How the runs divide among the labels along ${name}.${pooled}`));
  addFigure(parent, {
    name: 'shares', height: 340,
    alt: `Stacked areas of label shares along ${name}: ${report.labels.slice(0, 8).map(l => { const s = pools.map(p => (p.labels.get(l) ?? 0) / p.runs); const m = s.indexOf(Math.max(...s)); return `${l} at most ${percent(s[m])}, at ${text[m]}`; }).join('; ')}.`,
    draw: () => ({
      data: [...report.labels].map(label => ({
        type: 'scatter', mode: 'lines', stackgroup: 'shares', name: plain(label), x: ends(text.map((_, i) => i), -0.5, text.length - 0.5), y: ends(pools.map(p => 100 * (p.labels.get(label) ?? 0) / p.runs)),
        line: { width: 0, color: colorOf(label), shape: 'hvh' }, fillcolor: colorOf(label),
        customdata: ends(text.map(plain)), hovertemplate: `${plain(label)} %{y:.1f} %<extra>${plain(name)} %{customdata}</extra>`,
      })),
      layout: baseLayout({
        hovermode: 'x',
        xaxis: { title: { text: plain(name) }, tickmode: 'array', ...spaced({ text }), showgrid: false, range: [-0.5, text.length - 0.5] },
        yaxis: { title: { text: 'share of runs, %' }, range: [0, 100] },
      }),
    }),
  });
}

// A list with its ends doubled, or with other ends: steps reach to the outer edges of the first cell and of the last.
const ends = (list, first = list[0], last = list.at(-1)) => [first, ...list, last];

const levelLine = (y, text, side = 'middle') => ({
  shape: { type: 'line', xref: 'paper', x0: 0, x1: 1, y0: y, y1: y, line: { color: theme().soft, width: 1, dash: 'dot' } },
  label: { xref: 'paper', x: 1, xanchor: 'left', y, yanchor: side, text, showarrow: false, font: { size: 11, color: theme().soft } },
});

/** The logarithmic axis of 1/(1−S) over some values: 1, 2, 5, 10, 20, … within their range, and hardly more than that. */
function inverseAxis(values) {
  const low = Math.log10(values.reduce((a, b) => Math.min(a, b))), high = Math.log10(values.reduce((a, b) => Math.max(a, b))), pad = 0.03 * (high - low) + 0.01;
  const ticks = [];
  for (let decade = Math.floor(low); decade <= high; decade++) for (const digit of high - low > 3.5 ? [1] : [1, 2, 5]) ticks.push(digit * 10 ** decade);
  return { title: { text: '1 / (1 − S)' }, type: 'log', range: [low - pad, high + pad], tickmode: 'array', tickvals: ticks, ticktext: ticks.map(v => (v < 1e5 ? String(Number(v.toPrecision(3))) : v.toExponential(0))) };
}
const linked = [];

function addDims() {
  const x = runs.sparsity.map(inverseDensity);
  const rows = x.map((v, r) => r).filter(r => !Number.isNaN(x[r]) && runs.dims[r] !== null);
  const distinct = new Set(rows.map(r => x[r]));
  if (distinct.size < 2) return;
  const parent = section('dims', 'Dimensions per feature', 'D*', paragraph('D* = m / ‖W‖²: how many dimensions a feature takes. It rests at 1 while features have dimensions of their own and at 1/2 while they share them in antipodal pairs. Points are runs, lines are averages.'));
  const shapes = [...new Set(rows.map(r => `${runs.n[r]},${runs.m[r]}`))].slice(0, 12);
  // A few runs that learned almost nothing would squeeze all others into a line.
  const top = Math.max(1.15, Math.min(3, quantile(rows.map(r => runs.dims[r]), 0.99) * 1.1));
  const hidden = rows.filter(r => runs.dims[r] > top).length;
  const figure = addFigure(parent, {
    name: 'dims', height: 420, alt: `D* of ${rows.length} runs against 1/(1−S): from ${number(Math.min(...rows.map(r => runs.dims[r])))} to ${number(rows.reduce((a, r) => Math.max(a, runs.dims[r]), 0))}, with lines at 1 and 1/2.`,
    caption: hidden ? `${plural(hidden, 'run')} above ${number(top)} lie outside; zoom out to see them.` : null,
    draw: () => {
      const levels = [levelLine(1, '1'), levelLine(0.5, '1/2')];
      const data = report.labels.map((label, l) => {
        const mine = rows.filter(r => runs.label[r] === l);
        return {
          type: scatterType(rows.length), mode: 'markers', name: plain(label), x: mine.map(r => x[r]), y: mine.map(r => runs.dims[r]), customdata: mine.map(r => runs.index[r]),
          text: mine.map(r => plain(`${report.formulas[runs.formula[r]] || 'none'}, ${runPlace(runs.index[r])}`)), hovertemplate: 'D* %{y:.3f}<br>%{text}<extra></extra>',
          marker: { color: colorOf(label), size: rows.length > 2000 ? 4 : 7, opacity: 0.8, line: { width: rows.length > 2000 ? 0 : 0.5, color: theme().back } }, legendrank: l,
          ...(table.filtered() ? { selectedpoints: mine.map((r, i) => (table.keeps(r) ? i : -1)).filter(i => i >= 0), unselected: { marker: { opacity: 0.05 } } } : {}),
        };
      }).filter(d => d.x.length);
      for (const shape of shapes) {
        const groups = new Map();
        for (const r of rows) if (`${runs.n[r]},${runs.m[r]}` === shape) groups.set(x[r], [...(groups.get(x[r]) ?? []), runs.dims[r]]);
        const points = [...groups].sort((a, b) => a[0] - b[0]);
        if (points.length < 2) continue;
        const name = shapes.length > 1 ? 'mean of each n and m' : 'mean';
        data.push({ type: 'scatter', mode: 'lines', name, legendgroup: 'mean', showlegend: shape === shapes[0], x: points.map(p => p[0]), y: points.map(p => p[1].reduce((a, b) => a + b) / p[1].length), line: { color: theme().ink, width: 1.5 }, hoverinfo: 'skip' });
      }
      return { data, layout: baseLayout({ xaxis: inverseAxis(rows.map(r => x[r])), yaxis: { title: { text: 'D*' }, range: [0, top] }, shapes: levels.map(l => l.shape), annotations: levels.map(l => l.label), margin: { l: 60, r: 40, t: 20, b: 50 } }) };
    },
    drawn: plot => plot.on('plotly_click', e => { if (e.points[0].customdata !== undefined) showRun(e.points[0].customdata); }),
  });
  linked.push(figure);
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

function addDimensionality() {
  const f = report.features, x = f.sparsity.map(inverseDensity);
  const points = f.d.map((_, i) => i).filter(i => !Number.isNaN(x[i]) && f.d[i] !== null);
  if (new Set(points.map(i => x[i])).size < 2) return;
  const parent = section('dimensionality', 'Feature dimensionality', 'Dᵢ', paragraph('Dᵢ = ‖wᵢ‖² / Σⱼ (ŵᵢ·wⱼ)² of every feature, coloured by the shape of the summand that it is in.'));
  if (f.d.length < f.all) parent.append(note(`Shown are ${grouped(f.d.length)} of ${grouped(f.all)} features, spread evenly over the runs.`));
  const levels = [[1, '1 dedicated'], [3 / 4, '3/4 tetrahedron'], [2 / 3, '2/3 triangle'], [1 / 2, '1/2 antipode'], [2 / 5, '2/5 pentagon', 'bottom'], [3 / 8, '3/8 antiprism', 'top']];
  const figure = addFigure(parent, {
    name: 'dimensionality', height: 520,
    alt: `Dimensionality of ${points.length} features against 1/(1−S), with lines at 1, 3/4, 2/3, 1/2, 2/5 and 3/8. Most frequent shapes: ${f.shapes.slice(0, 6).join(', ')}.`,
    draw: () => {
      const lines = levels.map(l => levelLine(...l));
      // Features of a sparsity side by side, so that equal ones do not hide each other.
      const jitter = i => x[i] * Math.exp(0.02 * (((f.feature[i] * 0.618 + f.run[i] * 0.414) % 1) - 0.5));
      const data = f.shapes.map((shape, s) => {
        const mine = points.filter(i => f.shape[i] === s);
        return {
          type: scatterType(points.length), mode: 'markers', name: plain(shape), x: mine.map(jitter), y: mine.map(i => f.d[i]), customdata: mine.map(i => f.run[i]),
          text: mine.map(i => plain(`${shape}, feature ${f.feature[i]}; ${runPlace(f.run[i])}`)), hovertemplate: 'Dᵢ %{y:.3f}<br>%{text}<extra></extra>',
          marker: { color: colorOf(shape), size: points.length > 3000 ? 3 : 5, opacity: 0.75, symbol: s % 8 },
          ...(table.filtered() ? { selectedpoints: mine.map((i, k) => (table.keeps(rowOfRun.get(f.run[i])) ? k : -1)).filter(k => k >= 0), unselected: { marker: { opacity: 0.04 } } } : {}),
        };
      }).filter(d => d.x.length);
      return { data, layout: baseLayout({ xaxis: inverseAxis(points.map(i => x[i])), yaxis: { title: { text: 'Dᵢ' }, range: [-0.03, 1.08] }, shapes: lines.map(l => l.shape), annotations: lines.map(l => l.label), margin: { l: 60, r: 115, t: 20, b: 50 } }) };
    },
    drawn: plot => plot.on('plotly_click', e => showRun(e.points[0].customdata)),
  });
  linked.push(figure);
}
