import { join, relative } from 'node:path';
import { buildDocs } from '../docs/buildDocs.mjs';
import { place } from '../setup/place.mjs';

const out = process.argv[2] ?? join(place.root, 'reports', 'api');
const { problems, names } = await buildDocs(out);

for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length === 0) {
  console.log(`✓ docs: ${names} public names in ${join(relative(process.cwd(), out), 'index.html')}`);
} else {
  console.error(`✗ docs: ${problems.length} problems`);
  process.exitCode = 1;
}
