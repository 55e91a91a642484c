import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missing, outdated } from './stepState.mjs';

// A stamp records what a result was made from. It is written last, inside the result, so that a result
// without its stamp is half made and a result with another stamp is outdated.

/** Records `facts`, an object of named strings, in `file`. */
export function writeStamp(file, facts) {
  writeFileSync(file, `${JSON.stringify(facts, null, 2)}\n`);
}

/** The recorded facts, or undefined where there is no readable stamp. */
export function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Compares a stamp with the facts of now: null when they agree, otherwise what differs. */
export function compareStamp(file, facts, result) {
  const stamp = readStamp(file);
  if (stamp === undefined) return missing(`${result} is not there or is incomplete`);
  const changed = Object.keys(facts).find(name => stamp[name] !== facts[name]);
  return changed === undefined ? null : outdated(`${changed} changed`);
}

/** SHA-256 over the names and contents of files; a folder stands for all files below it. */
export function hashFiles(root, names) {
  const hash = createHash('sha256');
  for (const name of names.flatMap(name => listFiles(root, name))) {
    const content = readFileSync(join(root, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Paths relative to `root` of all files at or below `name`, sorted; none where nothing is there. */
export function listFiles(root, name) {
  try {
    const entries = readdirSync(join(root, name)).sort();
    return entries.flatMap(entry => listFiles(root, join(name, entry)));
  } catch (error) {
    return error.code === 'ENOTDIR' ? [name] : [];
  }
}
