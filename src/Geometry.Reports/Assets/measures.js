// What geometry measure found: tables of the sweep's cells, barcodes beside what the join of the summands predicts, and arrangements of walls.
const measures = report.measures;
const ofMeasure = name => measures.columns.filter(c => c.measure === name);
const measureNames = [...new Set(measures.columns.map(c => c.measure))];

function addMeasures() {
  if (measureNames.length === 0 && measures.summaries.length === 0 && measures.barcodes.length === 0 && measures.planes.length === 0) return;
  const parent = section('measures', 'Measures', 'Measures', paragraph('What geometry measure found beside the labels. Its columns for each run are in the table of runs, where a measure can be chosen.'));
  addGroupOdds(parent);
  addArrangementLoss(parent);
  addPlanes(parent);
  addBarcodes(parent);
}

const summaryOf = name => measures.summaries.find(s => s.name === name);
const heading = text => element('h3', { style: 'margin-top: 1.6rem' }, text);

function summaryTable(summary, title) {
  return lazyTable(title, summary.columns, () => summary.rows.slice(0, 500).map(row => row.map(v => (v === null ? '' : typeof v === 'number' ? number(v) : v))).concat(summary.rows.length > 500 ? [[`${grouped(summary.rows.length - 500)} more rows are in ${summary.name}.csv`]] : []));
}

/** Rows of a summary as objects; those of the whole sweep, or of its cells. */
function summaryRows(summary, whole) {
  const rows = summary.rows.map(row => Object.fromEntries(summary.columns.map((c, i) => [c, row[i]])));
  return rows.filter((_, r) => summary.rows[r].slice(0, summary.parameters).every(v => v === null) === whole || summary.parameters === 0);
}

function addGroupOdds(parent) {
  const summary = summaryOf('groups-cells');
  if (!summary) return;
  const rows = summaryRows(summary, true), kinds = [...new Set(rows.map(r => r.kind))];
  parent.append(heading('Features of a group in one summand'),
    paragraph('The odds that two features of a group share a summand, over those when the features of each run are permuted, by the number of summands. Above 1 groups stay together, below 1 they are kept apart. Bars are 95 % intervals.'));
  addFigure(parent, {
    name: 'group-odds', height: 320, alt: rows.map(r => `${r.kind}, ${r.summands} summands: odds ratio ${number(r.odds_ratio)}`).join('; '),
    draw: () => ({
      data: kinds.map((kind, k) => {
        const mine = rows.filter(r => r.kind === kind), color = k === 0 ? '#0b62a8' : '#c2571a';
        return {
          type: 'scatter', mode: 'markers', name: kind, x: mine.map(r => ['2', '3', '4+', 'all'].indexOf(r.summands) + (k - (kinds.length - 1) / 2) * 0.12), y: mine.map(r => r.odds_ratio),
          error_y: { type: 'data', symmetric: false, array: mine.map(r => r.odds_ratio_high - r.odds_ratio), arrayminus: mine.map(r => r.odds_ratio - r.odds_ratio_low), color },
          marker: { color, size: 10, symbol: k === 0 ? 'circle' : 'diamond' },
          text: mine.map(r => `${grouped(r.runs)} runs, ${grouped(r.shared)} of ${grouped(r.group_pairs)} pairs, expected ${number(r.expected)}`), hovertemplate: '%{y:.3g}<br>%{text}<extra>%{fullData.name}</extra>',
        };
      }),
      layout: baseLayout({
        xaxis: { title: { text: 'summands of the run' }, tickmode: 'array', tickvals: [0, 1, 2, 3], ticktext: ['2', '3', '4 and more', 'all'], range: [-0.5, 3.5] },
        yaxis: { title: { text: 'odds ratio' }, type: 'log' }, shapes: [levelLine(1, '').shape],
      }),
    }),
  });
  parent.append(summaryTable(summary, `All ${plural(summary.rows.length, 'row')}, by cell`));
}

function addArrangementLoss(parent) {
  const summary = summaryOf('arrangement-cells');
  if (!summary) return;
  const [whole] = summaryRows(summary, true), cells = summaryRows(summary, false).filter(r => typeof r.sparsity === 'number' && r.sparsity < 1);
  if (!whole) return;
  parent.append(heading('Walls of direct sums'),
    paragraph(`Where wᵢ·h + bᵢ = 0 output i becomes active; these walls cut hidden space into regions. ${grouped(whole.products)} of ${plural(whole.runs, 'run')} have at least two summands and as many regions as the product of their summands has, noise aside.`));
  if (cells.length > 1) {
    const several = new Set(cells.map(r => r.sparsity)).size < cells.length;
    addFigure(parent, {
      name: 'arrangement-loss', height: 340, alt: `Mean loss of runs whose walls are a product and of the others, in ${cells.length} cells.`,
      caption: several ? 'One point a cell; other parameters than sparsity are not told apart.' : null,
      draw: () => {
        const trace = (key, name, color, symbol) => {
          const mine = cells.filter(r => r[key] !== null).sort((a, b) => a.sparsity - b.sparsity);
          return { type: 'scatter', mode: several ? 'markers' : 'lines+markers', name, x: mine.map(r => inverseDensity(r.sparsity)), y: mine.map(r => r[key]), marker: { color, symbol, size: 7 }, line: { color, width: 1 }, text: mine.map(r => `${r.products} of ${r.runs} runs are products`), hovertemplate: '%{y:.4g}<br>%{text}<extra>%{fullData.name}</extra>' };
        };
        const data = [trace('product_loss_mean', 'walls of a direct sum', '#0b62a8', 'circle'), trace('other_loss_mean', 'others', '#c2571a', 'diamond')].filter(d => d.x.length);
        return { data, layout: baseLayout({ xaxis: inverseAxis(cells.map(r => inverseDensity(r.sparsity))), yaxis: { title: { text: 'mean loss' }, type: 'log' } }) };
      },
    });
  }
  parent.append(summaryTable(summary, `All ${plural(summary.rows.length, 'row')}, by cell`));
}

const featureHue = i => `hsl(${Math.round((i * 137.508) % 360)}, 65%, 52%)`;
function mixed(active) {
  // The mean of the directions on the colour wheel; the more features, the deeper.
  const angle = i => (i * 137.508 * Math.PI) / 180;
  const x = active.reduce((s, i) => s + Math.cos(angle(i)), 0), y = active.reduce((s, i) => s + Math.sin(angle(i)), 0);
  const hue = Math.round((((Math.atan2(y, x) * 180) / Math.PI) + 360) % 360), grey = Math.hypot(x, y) / active.length;
  return `hsla(${hue}, ${Math.round(15 + 55 * grey)}%, 50%, ${Math.min(0.75, 0.25 + 0.12 * active.length)})`;
}

function addPlanes(parent) {
  if (measures.planes.length === 0) return;
  parent.append(heading('Arrangements in the plane'), paragraph('Each line is a wall, numbered by its feature on the side where its output is active; cells have the colours of the outputs that are active in them, and none where none is. Dots are wᵢ, the inputs of one full feature.'));
  const cards = element('div', { class: 'cards' });
  parent.append(cards);
  for (const plane of measures.planes) {
    const article = measureCard(cards, plane.run), r = plane.radius, found = drawable.get(plane.run);
    addFigure(article, {
      name: `plane${plane.run}`, height: 340, alt: `${plane.walls.length} walls and ${plane.cells.length} cells: ${plane.cells.filter(c => c.active.length === 1).length} of one active output.`,
      draw: () => {
        const data = plane.cells.map(c => ({
          type: 'scatter', mode: 'lines', x: [...c.x, c.x[0]], y: [...c.y, c.y[0]], fill: 'toself', fillcolor: c.active.length ? mixed(c.active) : 'rgba(0,0,0,0)', line: { width: 0 },
          hoveron: 'fills', text: c.active.length ? `active: ${c.active.join(', ')}` : 'none active', hoverinfo: 'text', showlegend: false,
        }));
        data.push(...plane.walls.map(([, x0, y0, x1, y1]) => ({ type: 'scatter', mode: 'lines', x: [x0, x1], y: [y0, y1], line: { color: theme().ink, width: 1.4 }, hoverinfo: 'skip', showlegend: false })));
        if (found) {
          const n = found.w.length / 2, places = Array.from({ length: n }, (_, i) => [found.w[2 * i], found.w[2 * i + 1]]);
          data.push({ type: 'scatter', mode: 'markers', x: places.map(p => p[0]), y: places.map(p => p[1]), marker: { color: places.map((_, i) => featureHue(i)), size: 9, line: { color: theme().ink, width: 1 } }, text: places.map((_, i) => `w of feature ${i}`), hoverinfo: 'text', showlegend: false });
        }
        const annotations = plane.walls.map(wall => ({ ...besideWall(plane, wall), text: String(wall[0]), showarrow: false, font: { size: 12, color: theme().ink } })).filter(a => a.x !== undefined);
        return { data, layout: baseLayout({ annotations, margin: { l: 30, r: 10, t: 10, b: 30 }, xaxis: { range: [-r, r], zeroline: false, showgrid: false }, yaxis: { range: [-r, r], scaleanchor: 'x', zeroline: false, showgrid: false } }) };
      },
    });
  }
}

// Near an end of the wall, in a cell where its output is active.
function besideWall(plane, [feature, ...ends]) {
  // Neighbours are often told at the same place: every other one at its other end.
  const [x0, y0, x1, y1] = feature % 2 ? [ends[2], ends[3], ends[0], ends[1]] : ends;
  const length = Math.hypot(x1 - x0, y1 - y0), aside = 0.06 * plane.radius;
  for (const side of [1, -1]) {
    const x = x0 + 0.1 * (x1 - x0) - (side * aside * (y1 - y0)) / length, y = y0 + 0.1 * (y1 - y0) + (side * aside * (x1 - x0)) / length;
    const cell = plane.cells.find(c => c.x.every((_, i) => { const j = (i + 1) % c.x.length; return (c.x[j] - c.x[i]) * (y - c.y[i]) - (c.y[j] - c.y[i]) * (x - c.x[i]) >= 0; }));
    if (cell?.active.includes(feature)) return { x, y };
  }
  return {};
}

function measureCard(parent, run) {
  const row = rowOfRun.get(run), label = row === undefined ? 'none' : report.labels[runs.label[row]], formula = row === undefined ? runName(run) : report.formulas[runs.formula[row]] || 'none';
  const article = element('article', { class: 'card' }, element('header', null, swatch(label), element('h3', null, formula.replaceAll(' + ', ' ⊕ '))), element('p', { class: 'soft small' }, `${runName(run)}; ${runPlace(run)}`));
  parent.append(article);
  return article;
}

const degreeColors = ['#9aa3ad', '#0b62a8', '#c2571a', '#2c8a57', '#8a3fa0', '#b3342e'];

function addBarcodes(parent) {
  if (measures.barcodes.length === 0) return;
  parent.append(heading('Barcodes'), paragraph('Persistent homology of the learned directions (Vietoris–Rips): a bar of degree k is a hole of dimension k, there from the scale where it begins to where it ends. Orthogonal summands are √2 apart; below, each shows its own sphere, and from √2 on these have become one, whose dimension is the sum of theirs plus one for each summand beyond the first. Dashed: what the join of the summands predicts.'));
  const cards = element('div', { class: 'cards' });
  parent.append(cards);
  for (const code of measures.barcodes) {
    const article = measureCard(cards, code.run), bars = code.bars.filter(b => b[0] > 0), points = code.bars.length - bars.length;
    const told = code.predicted ? code.predicted.map(([d, b, e, m]) => `${m > 1 ? `${grouped(m)} × ` : ''}H${d} ${number(b)}–${number(e)}`) : [];
    const lines = bars.length + (code.predicted?.length ?? 0);
    if (lines > 0) {
      addFigure(article, {
        name: `barcode${code.run}`, height: 140 + 18 * Math.min(24, lines), alt: `Bars: ${bars.map(([d, b, e]) => `H${d} ${number(b)} to ${number(e)}`).join('; ') || 'none'}. Predicted: ${told.join('; ') || 'none'}.`,
        draw: () => drawBarcode(bars.slice(0, 24), (code.predicted ?? []).slice(0, 24)),
      });
    }
    const blind = [...new Set(code.blind)];
    article.append(element('p', { class: 'small' }, `${points} directions. ${code.predicted ? (told.length ? `The join predicts ${told.slice(0, 8).join(', ')}${told.length > 8 ? ` and ${told.length - 8} more` : ''}.` : 'The join predicts no bar of degree 1 or more.') : 'What the join predicts was not computed: too many bars.'}${blind.length ? ` Blind before √2: ${blind.join(', ')}; ${blind.length === 1 ? 'it shows' : 'they show'} nothing of ${blind.length === 1 ? 'its' : 'their'} own.` : ''}`));
  }
}

function drawBarcode(bars, predicted) {
  const data = [], seen = new Set();
  let y = 0;
  const put = (degree, birth, death, dash, text) => {
    y += 1;
    const color = degreeColors[degree % degreeColors.length];
    data.push({ type: 'scatter', mode: 'lines', x: [birth, death], y: [y, y], line: { color, width: dash ? 3 : 7, dash: dash ? 'dot' : 'solid' }, name: `H${degree}`, legendgroup: `H${degree}`, showlegend: !dash && !seen.has(degree), text: [text, text], hovertemplate: '%{text}<extra></extra>' });
    if (!dash) seen.add(degree);
  };
  for (const degree of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
    for (const [d, b, e] of bars) if (d === degree) put(d, b, e ?? 2, false, `H${d} ${number(b)}–${number(e)}`);
    for (const [d, b, e, m] of predicted) if (d === degree) put(d, b, e, true, `predicted: ${m} × H${d} ${number(b)}–${number(e)}`);
  }
  const join = { type: 'line', yref: 'paper', y0: 0, y1: 1, x0: Math.SQRT2, x1: Math.SQRT2, line: { color: theme().soft, width: 1, dash: 'dash' } };
  return { data, layout: baseLayout({ shapes: [join], annotations: [{ x: Math.SQRT2, y: 1, yref: 'paper', yanchor: 'bottom', text: '√2', showarrow: false, font: { size: 11, color: theme().soft } }], xaxis: { range: [0, 2.05], title: { text: 'scale' } }, yaxis: { visible: false, range: [y + 1, 0] }, margin: { l: 20, r: 20, t: 20, b: 60 } }) };
}
