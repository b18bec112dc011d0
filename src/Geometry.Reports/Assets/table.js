// All runs, sorted and filtered; only a page of rows is in the document at a time.
const table = (() => {
  const pageSize = 50;
  let order = runs.index.map((_, r) => r), page = 0, sortKey = null, descending = false, search = '', label = '', cell = null, chosen = null;
  let body = null, status = null, chip = null, heads = [], later = 0;

  const value = (list, r) => list[r];
  // The axis' text of a sparsity keeps those near 1 apart; other numbers have four digits.
  const sparsityAxis = report.axes.findIndex(a => a.name === 'sparsity');
  const sparsityText = key => (key === 'sparsity' && sparsityAxis >= 0 ? r => report.axes[sparsityAxis].text[runs.at[r][sparsityAxis]] : r => number(runs[key][r]));
  const labelColumns = [
    { name: 'source', of: r => report.sources[runs.source[r]], text: r => shortSource(report.sources[runs.source[r]]), long: true }, { name: 'instance', of: r => value(runs.instance, r), numeric: true },
    ...['n', 'm', 'sparsity', 'importance', 'seed', 'loss'].filter(k => runs[k].some(v => v !== null) && (k !== 'n' && k !== 'm' || new Set(runs[k]).size > 1)).map(k => ({ name: k, of: r => value(runs[k], r), numeric: true, text: sparsityText(k) })),
    ...Object.keys(runs.further).map(k => ({ name: k, of: r => runs.further[k][r], numeric: runs.further[k].every(v => typeof v !== 'string') })),
    { name: 'learned', of: r => runs.learned[r], numeric: true }, { name: 'D*', of: r => runs.dims[r], numeric: true },
    { name: 'label', of: r => report.labels[runs.label[r]], mark: true }, { name: 'formula', of: r => report.formulas[runs.formula[r]], long: true }, { name: 'residual °', of: r => runs.residual[r], numeric: true },
  ];

  // A measure's columns stand behind those of the labels while it is chosen.
  const measureColumns = name => ofMeasure(name).map(c => ({ name: c.name.replaceAll('_', ' '), of: r => c.values[r], numeric: c.values.every(v => typeof v !== 'string'), text: c.values.some(v => typeof v === 'string') ? r => c.values[r] ?? '' : undefined }));
  let columns = labelColumns;

  const matches = r => (!cell || cell.fits(r)) && (label === '' || runs.label[r] === Number(label)) && (search === '' || text(r).includes(search));
  const text = r => `${report.sources[runs.source[r]]} ${runs.instance[r]} ${report.labels[runs.label[r]]} ${report.formulas[runs.formula[r]]}`.toLowerCase();

  function update() {
    order = runs.index.map((_, r) => r).filter(matches);
    if (sortKey !== null) {
      const { of } = columns[sortKey], sign = descending ? -1 : 1;
      const empty = v => v === null || v === undefined || v === '';
      order.sort((a, b) => {
        const u = of(a), v = of(b);
        if (empty(u) || empty(v)) return empty(u) - empty(v) || a - b;
        return (typeof u === 'number' && typeof v === 'number' ? sign * (u - v) : sign * String(u).localeCompare(String(v), 'en', { numeric: true })) || a - b;
      });
    }
    page = 0;
    render();
    // The scatter plots follow the filter once typing rests.
    clearTimeout(later);
    later = setTimeout(() => linked.forEach(f => f.redraw()), 120);
  }

  function render() {
    const from = page * pageSize, rows = order.slice(from, from + pageSize);
    body.replaceChildren(...rows.map(r => {
      const tr = element('tr', { class: `pick${runs.index[r] === chosen ? ' chosen' : ''}`, tabindex: '0', onclick: () => showRun(runs.index[r]), onkeydown: e => { if (e.key === 'Enter') showRun(runs.index[r]); } });
      for (const column of columns) {
        const shown = column.text ? column.text(r) : number(column.of(r));
        const td = element('td', { class: column.numeric ? 'number' : column.long ? 'long' : null, title: column.long ? String(column.of(r)) : null });
        if (column.mark) td.append(swatch(shown), ' ');
        td.append(String(shown));
        tr.append(td);
      }
      return tr;
    }));
    status.textContent = order.length === 0 ? 'no run fits' : `${grouped(from + 1)}–${grouped(from + rows.length)} of ${plural(order.length, 'run')}`;
    chip.replaceChildren(...(cell ? [element('span', { class: 'chip' }, cell.title, element('button', { type: 'button', 'aria-label': 'all cells', onclick: () => { cell = null; update(); } }, '×'))] : []));
    heads.forEach((th, i) => th.setAttribute('aria-sort', sortKey === i ? (descending ? 'descending' : 'ascending') : 'none'));
  }

  function build() {
    const parent = section('runs', 'Runs', 'Runs', paragraph('Click a row to see the run in the gallery. The filters dim the other runs in the scatter plots as well.'));
    if (runs.index.length < report.allRuns) parent.append(note(`Listed are ${grouped(runs.index.length)} of ${grouped(report.allRuns)} runs, spread evenly; labels.csv has all, and the phase diagram counts all.`));
    status = element('span', { role: 'status' });
    chip = element('span');
    body = element('tbody');
    const field = element('input', { type: 'search', id: 'search', placeholder: 'source, label or formula', 'aria-label': 'search runs', oninput: () => { search = field.value.trim().toLowerCase(); update(); } });
    const header = element('tr');
    const show = measure => {
      columns = [...labelColumns, ...measureColumns(measure)];
      if (sortKey !== null && sortKey >= columns.length) sortKey = null;
      heads = columns.map((c, i) => element('th', { scope: 'col', class: c.numeric ? 'number' : null }, element('button', { type: 'button', onclick: () => { descending = sortKey === i && !descending; sortKey = i; update(); } }, c.name)));
      header.replaceChildren(...heads);
    };
    show('');
    const turn = by => () => { page = Math.max(0, Math.min(Math.ceil(order.length / pageSize) - 1, page + by)); render(); };
    parent.append(
      element('div', { class: 'controls' }, field, selector('label', [['', 'any'], ...report.labels.map((l, i) => [String(i), l])], '', v => { label = v; update(); }),
        measureNames.length ? selector('measure', [['', 'none'], ...measureNames.map(m => [m, m])], '', v => { show(v); update(); }) : null, chip),
      element('div', { class: 'scroll' }, element('table', { id: 'run-table' }, element('thead', null, header), body)),
      element('div', { class: 'controls' }, element('button', { type: 'button', onclick: turn(-1) }, '← previous'), element('button', { type: 'button', onclick: turn(1) }, 'next →'), status));
    render();
  }

  return {
    build,
    narrow(title, fits) { cell = { title, fits }; update(); },
    choose(run) { chosen = run; render(); },
    filtered: () => cell !== null || label !== '' || search !== '',
    keeps: r => r !== undefined && matches(r),
  };
})();
