import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clone } from '../setup/clone.mjs';

/** SHA-256 of each notebook as it was copied last: tells a copy that was worked on from one that was not. */
const RECORD = join(clone.ownNotebooks, '.copied.json');

/**
 * Puts a copy of every notebook of the package into the reader's folder, to be changed and run at will. A copy that was
 * never worked on follows its original; one that was stays, and is named where its original has changed since.
 *
 * @returns {string[]} names of the notebooks that have changed and whose copies were kept
 */
export function copyNotebooks() {
  mkdirSync(clone.ownNotebooks, { recursive: true });
  const copied = readRecord();
  const kept = [];
  for (const name of readdirSync(clone.notebooks).filter(file => file.endsWith('.ipynb'))) {
    const original = join(clone.notebooks, name);
    const copy = join(clone.ownNotebooks, name);
    const hash = hashOf(original);
    if (existsSync(copy) && copied[name] === hash) continue;
    if (existsSync(copy) && hashOf(copy) !== copied[name]) {
      if (hashOf(copy) !== hash) kept.push(name);
      continue;
    }
    copyFileSync(original, copy);
    copied[name] = hash;
  }
  writeFileSync(RECORD, `${JSON.stringify(copied, null, 2)}\n`);
  return kept;
}

function readRecord() {
  try {
    return JSON.parse(readFileSync(RECORD, 'utf8'));
  } catch {
    return {};
  }
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
