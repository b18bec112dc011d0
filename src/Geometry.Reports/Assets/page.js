// The page from top to bottom.
const ofAtlas = report.allRuns === 0 && report.forms.atlas, ofPlanes = report.allRuns === 0 && report.planes.dictionaries.length > 0;

function addHead() {
  if (ofAtlas) {
    document.getElementById('top').append(element('h1', null, report.title), element('p', { class: 'soft' }, `An atlas of ${plural(report.forms.cards.length, 'form')}`));
    return;
  }
  if (ofPlanes) {
    document.getElementById('top').append(element('h1', null, report.title), element('p', { class: 'soft' }, `${plural(report.planes.found, 'plane')} of ${report.planes.dictionaries.length === 1 ? 'a dictionary' : `${report.planes.dictionaries.length} dictionaries`}`));
    return;
  }
  const only = key => (new Set(runs[key]).size === 1 ? `${key} ${runs[key][0]}, ` : '');
  const cells = report.allCells, swept = report.axes.map(a => `${a.name} (${a.text.length} values)`).join(' × ');
  document.getElementById('top').append(
    element('h1', null, report.title),
    element('p', { class: 'soft' }, `${only('n')}${only('m')}${plural(report.allRuns, 'run')}${swept ? ` over ${swept}, ${plural(cells, 'cell')}` : ''}${report.failureCount ? `; ${plural(report.failureCount, 'failure')}` : ''}`));
}

function addAbout() {
  if (report.spec) section('spec', 'Sweep', 'Sweep', paragraph('The spec with every default written out.'), element('pre', null, report.spec));
  if (report.failureCount) {
    const parent = section('failures', 'Failures', 'Failures', paragraph(`${plural(report.failureCount, 'failure')}: inputs and runs that could not be labelled.`));
    parent.append(element('ul', null, ...report.failures.map(f => element('li', null, f))));
    if (report.failures.length < report.failureCount) parent.append(note(`${report.failureCount - report.failures.length} more are in results.sqlite.`));
  }
  const beside = ofAtlas
    ? 'The forms are also in atlas.yaml and atlas.csv beside this page.'
    : ofPlanes ? 'The planes are also in planes.csv and results.sqlite beside this page.' : 'The numbers are also in labels.csv, summands.csv and results.sqlite beside this page, and in phase.csv once geometry phase has run.';
  const parent = section('about', 'Versions and citation', 'Versions',
    element('p', null, `Made by geometry ${report.version}; figures by plotly.js`, element('span', { id: 'plotly-version' }), ` (MIT licence). ${beside}`),
    paragraph(ofAtlas ? 'To cite the atlas:' : ofPlanes ? 'To cite the planes:' : 'To cite the labels:'));
  const title = report.title.replace(/[{}\\%#$&_^~]/g, ' ').trim();
  parent.append(
    element('pre', null, `@software{geometry,\n  title   = {geometry: labels for the geometry of learned features},\n  version = {${report.version}},\n  note    = {${ofAtlas ? `Atlas "${title}", ${plural(report.forms.cards.length, 'form')}` : ofPlanes ? `Planes of the dictionaries "${title}"` : `Labels of the sweep "${title}", ${report.allRuns} runs`}}\n}`),
    paragraph('The models, D* and Dᵢ are those of N. Elhage et al., Toy Models of Superposition, 2022, arXiv 2209.10652.'));
}

/** A link to the page with #run=SOURCE,INSTANCE shows that run. */
function openNamed() {
  const named = /^#run=(.+)$/.exec(location.hash);
  if (!named || report.allRuns === 0) return;
  let text;
  try { text = decodeURIComponent(named[1]); } catch { return; }
  const comma = text.lastIndexOf(','), source = report.sources.indexOf(text.slice(0, comma)), instance = Number(text.slice(comma + 1));
  const row = runs.index.findIndex((_, r) => runs.source[r] === source && runs.instance[r] === instance);
  if (row >= 0) showRun(runs.index[row]);
}

addHead();
if (report.allRuns > 0) {
  addPhaseDiagram();
  addTheory();
  addShares();
  addDims();
  addDimensionality();
  addGallery();
}
addPlanes();
addForms();
addTraining();
addRecovery();
addMeasures();
if (report.allRuns > 0) table.build();
addAbout();
openNamed();
window.addEventListener('hashchange', openNamed);
document.documentElement.dataset.ready = 'yes';
