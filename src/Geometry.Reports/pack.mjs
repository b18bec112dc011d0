// Packs the installed plotly.js for the report: both bundles, compressed, since a page carries them whole.
// Usage: node pack.mjs NPM_FOLDER, which holds node_modules; the packed files go there.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = process.argv[2];
const bundles = {
  'plotly-flat.gz': 'plotly.js-cartesian-dist-min/plotly-cartesian.min.js',
  'plotly-full.gz': 'plotly.js-dist-min/plotly.min.js',
};
for (const [packed, source] of Object.entries(bundles)) {
  writeFileSync(join(folder, packed), gzipSync(readFileSync(join(folder, 'node_modules', source)), { level: 9 }));
}
