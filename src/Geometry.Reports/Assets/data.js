'use strict';
// The data of the report, and the few questions that several figures ask of it.
const report = JSON.parse(document.getElementById('data').textContent);
const runs = report.runs;
const rowOfRun = new Map(runs.index.map((run, row) => [run, row]));
const drawable = new Map(report.gallery.runs.map(g => [g.run, g]));

function styleOf(name) {
  const key = name === 'unlearned' || name === '' ? 'none' : name;
  return Object.hasOwn(report.styles, key) ? report.styles[key] : ['#bbbbbb', '·', true];
}

const colorOf = name => styleOf(name)[0];
const inkOf = name => (styleOf(name)[2] ? '#000000' : '#ffffff');

const codes = new Map(report.labels.map((label, i) => [label, report.codes[i]]));
const codeOf = label => codes.get(label) ?? styleOf(label)[1];

// The values of an axis that the phase diagram shows: where they stand on the axis, and where on the diagram.
for (const axis of report.axes) {
  axis.at = axis.shown ?? axis.text.map((_, i) => i);
  axis.place = new Map(axis.at.map((value, place) => [value, place]));
}
// What theory expects of each cell: the index of a name, −1 for nothing; and the share of its runs that agree.
report.cells.forEach((cell, i) => { cell.expected = report.theory?.expected[i] ?? -1; cell.agree = report.theory?.share[i] ?? null; });
const shownAxis = axis => ({ name: axis.name, text: axis.at.map(i => axis.text[i]) });

// 1/(1−S): how many features a dimension could hold if only the active ones counted. NaN at S = 1 and where S is unknown.
const inverseDensity = s => (typeof s === 'number' && s < 1 ? 1 / (1 - s) : NaN);

// A path's last part where that tells the sources apart.
const shortSource = (() => {
  const last = source => source.slice(source.lastIndexOf('/') + 1);
  const unique = new Set(report.sources.map(last)).size === report.sources.length;
  return source => (unique ? last(source) : source);
})();

function runName(run) {
  const row = rowOfRun.get(run);
  return row === undefined ? `run ${run}` : `${shortSource(report.sources[runs.source[row]])}, instance ${runs.instance[row]}`;
}

function runPlace(run) {
  const row = rowOfRun.get(run);
  if (row === undefined) return '';
  const parts = report.axes.map((axis, a) => `${axis.name} ${axis.text[runs.at[row][a]]}`);
  if (runs.seed[row] !== null) parts.push(`seed ${runs.seed[row]}`);
  if (runs.loss[row] !== null) parts.push(`loss ${number(runs.loss[row])}`);
  return parts.join(', ');
}

// Counts of cells that agree on some axes: labels and families add up, means are weighted by runs.
function pool(cells) {
  const sum = { runs: 0, all: 0, labels: new Map(), families: new Map(), dims: mean(), loss: mean(), learned: mean(), agree: mean(), expected: cells[0].expected };
  for (const cell of cells) {
    sum.runs += cell.runs;
    sum.all += cell.all;
    for (let i = 0; i < cell.labels.length; i += 2) add(sum.labels, report.labels[cell.labels[i]], cell.labels[i + 1]);
    for (let i = 0; i < cell.families.length; i += 2) add(sum.families, report.families[cell.families[i]], cell.families[i + 1]);
    sum.dims.add(cell.dims, cell.runs);
    sum.loss.add(cell.loss, cell.runs);
    sum.learned.add(cell.learned, cell.runs);
    sum.agree.add(cell.agree, cell.runs);
    if (cell.expected !== sum.expected) sum.expected = -1;
  }
  sum.entropy = -[...sum.labels.values()].reduce((h, c) => h + (c / sum.runs) * Math.log2(c / sum.runs), 0) + 0;
  return sum;
}

function mean() {
  let total = 0, weight = 0;
  return {
    add(value, by) { if (value !== null) { total += value * by; weight += by; } },
    get value() { return weight > 0 ? total / weight : null; },
  };
}

function add(map, key, count) {
  map.set(key, (map.get(key) ?? 0) + count);
}

// Most runs first; on a tie the one that the cell's own order has first.
const ranked = map => [...map].sort((a, b) => b[1] - a[1]);
