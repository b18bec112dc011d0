// What theory expects of the sweep: where the runs agree, where they do not, and the critical points of linear models.
const sourceTexts = {
  optimum: 'the least exact loss over all weights', ideal: 'the best of the ideal solutions (axes and antipodal pairs)',
  'ground state': 'the ground state of the loss with one active feature', eigenvectors: 'the eigenvectors of the largest eigenvalues of the covariance',
};

function addTheory() {
  const t = report.theory;
  if (!t || t.cells === 0) return;
  const parent = section('theory', 'Theory', 'Theory', paragraph(
    `Expected is ${t.sources.map(s => sourceTexts[s] ?? s).join(', or ')}${t.names.length > 1 ? '; the thick lines in the phase diagram are where that changes' : ''}. ` +
    `In ${grouped(t.agreeing)} of ${plural(t.cells, 'cell')} the run of lowest loss is what is expected.`));
  if (t.linear.length > 0) parent.append(linearTable(t.linear));
  const others = t.cells - t.agreeing;
  if (others === 0) return;
  const rows = () => [...t.contradictions].sort((a, b) => (b.excess ?? -1) - (a.excess ?? -1))
    .map(c => [...c.at.map((v, a) => report.axes[a].text[v]), c.expected, c.found || 'none', c.excess === null ? '' : `${(100 * c.excess).toFixed(1)} %`])
    .concat(others > t.contradictions.length ? [[`${grouped(others - t.contradictions.length)} more cells are in phase.csv`]] : []);
  const list = lazyTable(`${plural(others, 'cell')} whose run of lowest loss is something else`, [...report.axes.map(a => a.name), 'expected', 'found', 'loss above the expected one'], rows);
  parent.append(list);
  list.open = others <= 20;
}

function linearTable(subsets) {
  const head = ['critical point', 'runs', 'largest residual', 'largest loss above it'];
  return element('div', { class: 'scroll' }, element('table', null,
    element('thead', null, element('tr', null, ...head.map(h => element('th', { scope: 'col' }, h)))),
    element('tbody', null, ...subsets.map(s => element('tr', null,
      ...[s.subset === 'none' ? 'none near' : s.subset, String(s.runs), number(s.residual), s.excess === null ? '' : Number(s.excess).toPrecision(2)].map(c => element('td', null, c)))))));
}

// The edges between cells of which theory expects different things.
function theoryLines(grid) {
  if (!report.theory) return [];
  const lines = [], expected = (r, c) => grid.pools[r]?.[c]?.expected ?? -1;
  const line = (x0, y0, x1, y1) => lines.push({ type: 'line', x0, y0, x1, y1, line: { color: theme().ink, width: 2.5 } });
  for (let r = 0; r < grid.rows; r++) {
    for (let c = 0; c < grid.columns; c++) {
      const here = expected(r, c), right = expected(r, c + 1), above = expected(r + 1, c);
      if (here >= 0 && right >= 0 && right !== here) line(c + 0.5, r - 0.5, c + 0.5, r + 0.5);
      if (here >= 0 && above >= 0 && above !== here) line(c - 0.5, r + 0.5, c + 0.5, r + 0.5);
    }
  }
  return lines;
}
