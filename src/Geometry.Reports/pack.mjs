// Packs the installed plotly.js for the report: both bundles, compressed, since a page carries them whole.
// Usage: node pack.mjs NPM_FOLDER, which holds node_modules; the packed files go there.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = process.argv[2];
const bundles = {
  'plotly-flat.gz': 'plotly.js-cartesian-dist-min/plotly-cartesian.min.js',
  'plotly-full.gz': 'plotly.js-dist-min/plotly.min.js',
};
for (const [packed, source] of Object.entries(bundles)) {
  // Aside, then renamed: a build that is stopped leaves no half of it behind, which the next one would take for the whole.
  const path = join(folder, packed), aside = `${path}.${process.pid}.tmp`;
  writeFileSync(aside, gzipSync(readFileSync(join(folder, 'node_modules', source)), { level: 9 }));
  renameSync(aside, path);
}
