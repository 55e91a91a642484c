import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { place } from '../setup/place.mjs';
import { runProgram } from '../setup/runProgram.mjs';

/** The committed list. */
export const licencesFile = join(place.root, 'THIRD_PARTY_LICENCES.md');

/** Licences under which a package may be used and passed on beside ours, which is MIT. MPL-2.0 binds changes of its own files only. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'PSF-2.0',
  'Unlicense',
]);

/** Read from the text of the licence where package.json has none. */
const READ_BY_HAND = { jstat: 'MIT' };

/** Packages whose licence ALLOWED does not cover: of `A OR B` one must be allowed, of `A AND B` both. */
export function forbidden(entries) {
  const isAllowed = part => part.split(' OR ').some(name => ALLOWED.has(name));
  return entries.filter(({ licence }) => !licence.replace(/[()]/g, '').split(' AND ').every(isAllowed));
}

/** What npm installs for a user, by the lock file: `{name, version, licence}`, by name. */
export function npmLicences() {
  const { packages } = JSON.parse(readFileSync(join(place.root, 'package-lock.json'), 'utf8'));
  const used = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  const entries = used.map(([path, { name = path.split('node_modules/').at(-1), version, license }]) => ({
    name,
    version,
    licence: license ?? READ_BY_HAND[name] ?? 'unknown',
  }));
  return sortedOnce(entries);
}

/** What the Python environment with JupyterLab holds, which an installed package makes only when asked. */
export async function pythonLicences() {
  const program = fileURLToPath(new URL('pythonLicences.py', import.meta.url));
  const output = await runProgram(join(place.venv, 'bin', 'python'), [program]);
  const requirements = readFileSync(join(place.root, 'scripts', 'setup', 'requirements.txt'), 'utf8');
  const wanted = new Set([...requirements.matchAll(/^([\w.-]+)==/gm)].map(([, name]) => plain(name)));
  // Tests add packages of their own.
  return sortedOnce(JSON.parse(output).filter(({ name }) => wanted.has(plain(name))));
}

/** A name as Python's packages compare them. */
function plain(name) {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function sortedOnce(entries) {
  const byText = new Map(entries.map(entry => [row(entry), entry]));
  return [...byText.keys()].sort().map(text => byText.get(text));
}

function row({ name, version, licence }) {
  return `| ${name} | ${version} | ${licence} |`;
}

/** The list as text. */
export function licencesText(npm, python) {
  const table = entries =>
    ['| package | version | licence |', '|---|---|---|', ...entries.map(row)].join('\n');
  return `# Licences of others

Written by \`npm run licences\`; a test compares it with the lock file. legcnet itself is under the MIT licence.

## Inside the packed package

danfojs-node (MIT) and @tensorflow/tfjs-node (Apache-2.0) travel inside it, each with the text of its licence and with a changed
package.json that says so: its dependencies are those of legcnet, and it has no install script. Their code is unchanged.

## Inside the files it writes

| what | where | licence |
|---|---|---|
| plotly.js | figures, reports, exports and the site, as HTML | MIT, its notice stands at the head of the script |
| danfo.js, TensorFlow.js, highlight.js, KaTeX | nowhere: tables, models, marked-up code and formulas (MathML) are written, not the libraries, their styles or fonts | |

## Fetched by set-up

| what | from | licence |
|---|---|---|
| TensorFlow's C library and headers | storage.googleapis.com by tfjs-node's own installer, otherwise the wheel tensorflow-cpu of the Python package index | Apache-2.0 |

## Installed by npm

${table(npm)}

## Installed by pip, for JupyterLab

Only by \`legcnet setup --lab\`, \`legcnet lab\` and the set-up of a clone. Which of these depends on the version of Python; these are for Linux.

${table(python)}
`;
}
