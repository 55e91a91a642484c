import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { place } from '../setup/place.mjs';

/** SHA-256 of each copy as it was made last: tells a copy that was worked on from one that was not. */
const RECORD = join(place.ownNotebooks, '.copied.json');

/**
 * Puts a copy of every notebook of the package into the reader's folder, to be changed and run at will. A copy that was
 * never worked on follows its original; one that was stays, and is named where its original has changed since.
 *
 * @returns {string[]} names of the notebooks that have changed and whose copies were kept
 */
export function copyNotebooks() {
  mkdirSync(place.ownNotebooks, { recursive: true });
  const copied = readRecord();
  const kept = [];
  for (const name of readdirSync(place.notebooks).filter(file => file.endsWith('.ipynb'))) {
    const fresh = withoutPictures(readFileSync(join(place.notebooks, name), 'utf8'));
    const copy = join(place.ownNotebooks, name);
    const hash = hashOf(fresh);
    if (existsSync(copy) && copied[name] === hash) continue;
    const present = existsSync(copy) ? hashOf(readFileSync(copy)) : undefined;
    if (present !== undefined && present !== copied[name]) {
      if (present !== hash) kept.push(name);
      continue;
    }
    writeFileSync(copy, fresh);
    copied[name] = hash;
  }
  writeFileSync(RECORD, `${JSON.stringify(copied, null, 2)}\n`);
  return kept;
}

/**
 * The notebook without the images of figures that JupyterLab can draw: while there is one, its Plotly extension shows that, not
 * fitted to the width of the cell and on white, until the mouse comes.
 */
function withoutPictures(text) {
  const notebook = JSON.parse(text);
  for (const { outputs = [] } of notebook.cells) {
    for (const { data = {} } of outputs) {
      if ('application/vnd.plotly.v1+json' in data) delete data['image/png'];
    }
  }
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

function readRecord() {
  try {
    return JSON.parse(readFileSync(RECORD, 'utf8'));
  } catch {
    return {};
  }
}

function hashOf(content) {
  return createHash('sha256').update(content).digest('hex');
}
