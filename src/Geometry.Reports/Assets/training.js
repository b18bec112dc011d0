// Runs along their training, and recovery of perturbed direct sums.
function addTraining() {
  if (report.training.length === 0) return;
  const parent = section('training', 'Along training', 'Training', paragraph('Norms and dimensionalities of every feature at the checkpoints of a run; the band on top has the colour of the label at that step.'));
  const levels = report.training.some(c => c.levels);
  if (levels) parent.append(paragraph('Dotted lines across the loss E‖x − x′‖² are the critical points of one active feature a sample: 5+ is a regular pentagon beside one dead feature with a positive bias, each − a vertex of a square whose output is off. Orange points are checkpoints within 0.0003 of a line; plateaus.csv has those of all runs.'));
  if (report.training.length < report.trainingRuns) parent.append(note(`${report.training.length} of ${report.trainingRuns} runs with checkpoints, spread evenly.`));
  let chosen = 0;
  const alt = () => { const c = report.training[chosen]; return `${c.name}: ${c.step.map((s, i) => (i === 0 || c.label[i] !== c.label[i - 1] ? `${c.label[i]} from step ${s}` : null)).filter(Boolean).join(', ')}${plateauText(c)}.`; };
  const figure = { current: null }, events = element('div');
  const list = () => { const c = report.training[chosen]; events.replaceChildren(...(c.events ? [eventTable(c)] : [])); };
  parent.append(element('div', { class: 'controls' }, selector('run', report.training.map((c, i) => [String(i), c.name]), '0', v => { chosen = Number(v); figure.current.redraw(alt()); list(); })));
  const measured = report.training.some(c => c.loss);
  if (measured) parent.append(paragraph('Loss (line) and local learning coefficient (points with standard errors) are those of the measure dynamics; hollow points are of checkpoints that the sampler left, or where it did not settle.'));
  figure.current = addFigure(parent, { name: 'training', height: measured || levels ? 760 : 560, alt: alt(), draw: () => drawTraining(report.training[chosen]) });
  parent.append(events);
  list();
}

// At which k-gons the loss stays, in order.
function plateauText(curve) {
  const stays = (curve.polygon ?? []).filter((p, i, all) => p && p !== all[i - 1]);
  return stays.length ? `; levels of the loss: ${stays.join(', ')}` : '';
}

// What happens to a run, step by step.
function eventTable(curve) {
  const rows = curve.step.map((s, i) => [String(s), curve.events[i]]).filter(r => r[1]);
  return lazyTable(`What happens along the way, at ${plural(rows.length, 'checkpoint')}`, ['step', 'since the checkpoint before'], () => rows);
}

const llcColor = '#D55E00';

function drawTraining(curve) {
  // Step 0 has no place on a logarithmic axis: it stands half a step before the first. Evenly spaced checkpoints have a plain axis.
  const last = curve.step.length - 1, even = last > 1 && curve.step.every((s, i) => Math.abs(s - curve.step[last] * i / last) <= 1);
  const first = curve.step.find(s => s > 0) ?? 1, x = even ? curve.step : curve.step.map(s => Math.max(s, first / 2)), data = [], names = [...new Set(curve.label)];
  const mean = even ? (a, b) => (a + b) / 2 : (a, b) => Math.sqrt(a * b);
  const features = curve.norms.map((_, i) => i).slice(0, 100);
  const hue = i => `hsl(${Math.round(360 * i / Math.max(1, features.length))}, 60%, ${theme().light ? 42 : 62}%)`;
  for (const i of features) {
    const common = { type: 'scatter', mode: 'lines', x, line: { color: hue(i), width: 1.5 }, showlegend: false };
    data.push({ ...common, y: curve.norms[i], xaxis: 'x', yaxis: 'y2', hovertemplate: `feature ${i}: norm %{y:.3f}<extra></extra>` });
    data.push({ ...common, y: curve.d[i], xaxis: 'x', yaxis: 'y', hovertemplate: `feature ${i}: Dᵢ %{y:.3f}<extra></extra>` });
  }
  const edges = x.map((v, i) => (i === 0 ? v : mean(v, x[i - 1]))).concat(x.at(-1));
  if (curve.loss) {
    const settled = curve.verdict.map(v => v === 'ok' || v.startsWith('step bias'));
    data.push({ type: 'scatter', mode: 'lines', x, y: curve.loss, yaxis: 'y4', showlegend: false, line: { color: theme().ink, width: 2 }, hovertemplate: 'loss %{y:.4g}<extra></extra>' });
    data.push({
      type: 'scatter', mode: 'markers', x, y: curve.llc, yaxis: 'y5', showlegend: false, error_y: { type: 'data', array: curve.llcError.map(e => e ?? 0), thickness: 1, width: 2, color: llcColor },
      marker: { color: settled.map(s => (s ? llcColor : theme().back)), line: { color: llcColor, width: 1.5 }, size: 7 }, text: curve.verdict.map(plain), hovertemplate: 'λ̂ %{y:.2f}: %{text}<extra></extra>',
    });
  }
  const shapes = x.map((_, i) => ({ type: 'rect', xref: 'x', yref: 'paper', x0: edges[i], x1: edges[i + 1], y0: 0.94, y1: 1, fillcolor: colorOf(curve.label[i]), line: { width: 0 } }));
  for (const name of names) data.push({ type: 'scatter', mode: 'markers', x: [null], y: [null], name: plain(name), marker: { color: colorOf(name), size: 12, symbol: 'square' } });
  data.push({ type: 'scatter', mode: 'markers', x, y: x.map(() => 0.5), xaxis: 'x', yaxis: 'y3', marker: { opacity: 0 }, showlegend: false, text: curve.label.map((l, i) => plain(`${l}: ${curve.formula[i] || 'none'}${curve.events?.[i] ? '; ' + curve.events[i] : ''}`)), hovertemplate: 'step %{x}: %{text}<extra></extra>' });
  for (const y of [1, 3 / 4, 2 / 3, 1 / 2, 2 / 5, 3 / 8]) shapes.push({ ...levelLine(y, '').shape, xref: 'paper', yref: 'y' });
  const annotations = [], panels = trainingPanels(curve);
  if (curve.levels) {
    curve.levels.forEach((level, i) => {
      const line = levelLine(level, curve.levelNames[i]);
      shapes.push({ ...line.shape, yref: 'y6' });
      annotations.push({ ...line.label, yref: 'y6' });
    });
    const at = curve.polygon.map(p => p !== '');
    data.push({
      type: 'scatter', mode: 'lines+markers', x, y: curve.exactLoss, xaxis: 'x', yaxis: 'y6', showlegend: false, line: { color: theme().ink, width: 1.5 },
      marker: { size: at.map(a => (a ? 5 : 3)), color: at.map(a => (a ? '#D55E00' : theme().soft)) },
      text: curve.polygon.map(p => (p ? `at ${p}` : 'at no level')), hovertemplate: 'step %{x}: loss %{y:.5f}, %{text}<extra></extra>',
    });
  }
  return {
    data,
    layout: baseLayout({
      shapes, annotations, xaxis: { title: { text: 'training step' }, type: even ? 'linear' : 'log', anchor: 'y' },
      yaxis: { title: { text: 'Dᵢ' }, domain: panels[0], range: [-0.03, 1.08] }, yaxis2: { title: { text: 'norm' }, domain: panels[1] },
      ...(curve.loss ? { yaxis4: { title: { text: 'loss' }, type: 'log', domain: panels.at(-1) }, yaxis5: { title: { text: 'λ̂', font: { color: llcColor } }, overlaying: 'y4', side: 'right', tickmode: 'auto', nticks: 6, showgrid: false, zeroline: false, rangemode: 'tozero' } } : {}),
      ...(curve.levels ? { yaxis6: { title: { text: 'loss' }, domain: panels[2] }, margin: { l: 60, r: 60, t: 20, b: 50 } } : {}),
      yaxis3: { domain: [0.94, 1], range: [0, 1], visible: false },
    }),
  };
}

// From below: dimensionalities, norms, the loss with its levels, the measured loss.
function trainingPanels(curve) {
  const more = (curve.levels ? 1 : 0) + (curve.loss ? 1 : 0);
  return [[[0, 0.45], [0.5, 0.91]], [[0, 0.28], [0.32, 0.58], [0.62, 0.91]], [[0, 0.2], [0.23, 0.43], [0.46, 0.67], [0.7, 0.91]]][more];
}

const methodColors = { pipeline: '#0072B2', orthonormal: '#009E73', echelon: '#D55E00', gram: '#E69F00', spheres: '#CC79A7' };
// Methods that do alike lie on each other: dashes and symbols let those below be seen.
const dashes = ['solid', 'dash', 'dot', 'longdash', 'dashdot'];
const furtherColors = ['#56B4E9', '#882255', '#117733', '#999933'];

function addRecovery() {
  const r = report.recovery;
  if (r.formula.length === 0) return;
  const formulas = [...new Set(r.formula)], noises = [...new Set(r.noise)], methods = [...new Set(r.method)];
  const parent = section('recovery', 'Recovery of direct sums', 'Recovery', paragraph('Synthetic direct sums with a known answer, perturbed: how often each method finds the exact partition again, with 95 % intervals.'));
  const most = r.sigma.reduce((a, b) => Math.max(a, b ?? 0), 0) || 1;
  const state = { formula: 'all', what: 'partition' };
  const figure = { current: null };
  const update = () => figure.current.redraw();
  parent.append(element('div', { class: 'controls' },
    selector('formula', [['all', `all ${formulas.length} formulas`], ...formulas.map((f, i) => [String(i), f])], 'all', v => { state.formula = v; update(); }),
    selector('recovered', [['partition', 'exact partition'], ['formula', 'exact formula']], 'partition', v => { state.what = v; update(); })));
  const series = (noise, method) => {
    const sums = new Map();
    r.formula.forEach((f, i) => {
      if (r.noise[i] !== noise || r.method[i] !== method || state.formula !== 'all' && f !== formulas[Number(state.formula)]) return;
      const good = state.what === 'partition' ? r.recovered[i] : (r.formulaRate[i] ?? NaN) * r.trials[i];
      const sum = sums.get(r.sigma[i]) ?? [0, 0];
      sums.set(r.sigma[i], [sum[0] + good, sum[1] + r.trials[i]]);
    });
    return [...sums].sort((a, b) => a[0] - b[0]).map(([sigma, [good, trials]]) => ({ sigma, ...wilson(good, trials) }));
  };
  const alt = `Recovery against noise for ${methods.join(', ')}: ${noises.map(noise => `noise in ${noise}: ${methods.map(m => { const s = series(noise, m); return `${m} ${percent(s[0]?.rate ?? 0)} at σ ${s[0]?.sigma}, ${percent(s.at(-1)?.rate ?? 0)} at ${s.at(-1)?.sigma}`; }).join('; ')}`).join('. ')}.`;
  figure.current = addFigure(parent, {
    name: 'recovery', height: 420, alt,
    draw: () => {
      const data = [], layout = { annotations: [] };
      noises.forEach((noise, p) => {
        const suffix = p === 0 ? '' : String(p + 1), gap = 0.05, width = (1 - gap * (noises.length - 1)) / noises.length, left = p * (width + gap);
        layout[`xaxis${suffix}`] = { title: { text: 'σ per coordinate' }, domain: [left, left + width], range: [-0.02 * most, 1.02 * most] };
        layout[`yaxis${suffix}`] = { range: [-0.02, 1.05], tickformat: '.0%', anchor: `x${suffix}`, ...(p === 0 ? { title: { text: 'recovered' } } : {}) };
        layout.annotations.push({ xref: 'paper', yref: 'paper', x: left + width / 2, xanchor: 'center', y: 1.02, yanchor: 'bottom', text: plain(`noise in ${noise === 'ambient' ? 'all coordinates' : `each ${noise}`}`), showarrow: false });
        methods.forEach((method, k) => {
          const s = series(noise, method), color = methodColors[method] ?? furtherColors[k % 4];
          data.push({
            type: 'scatter', mode: 'lines+markers', name: plain(method), legendgroup: method, showlegend: p === 0, x: s.map(v => v.sigma), y: s.map(v => v.rate), xaxis: `x${suffix}`, yaxis: `y${suffix}`,
            error_y: { type: 'data', symmetric: false, array: s.map(v => v.high - v.rate), arrayminus: s.map(v => v.rate - v.low), thickness: 1, width: 2, color }, line: { color, width: 2, dash: dashes[k % dashes.length] }, marker: { color, size: 6, symbol: k },
            hovertemplate: `${plain(method)}, σ %{x}: %{y:.1%}<extra></extra>`,
          });
        });
      });
      return { data, layout: baseLayout({ ...layout, margin: { l: 60, r: 20, t: 40, b: 50 } }) };
    },
  });
}

// Wilson's score interval, 95 %.
function wilson(good, trials) {
  if (!(trials > 0)) return { rate: NaN, low: NaN, high: NaN };
  const z = 1.959964, p = good / trials, d = 1 + z * z / trials, c = (p + z * z / (2 * trials)) / d;
  const h = z * Math.sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials)) / d;
  return { rate: p, low: Math.max(0, Math.min(p, c - h)), high: Math.min(1, Math.max(p, c + h)) };
}
