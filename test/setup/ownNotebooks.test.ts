import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { scratchClone } from './scratchClone.js';

/** Copies the notebooks as `npm run lab` does; the names of those whose copies were kept. */
function copyNotebooks(root: string): string[] {
  const file = pathToFileURL(join(root, 'scripts', 'commands', 'ownNotebooks.mjs'));
  const code = `import { copyNotebooks } from '${file}'; console.log(JSON.stringify(copyNotebooks()));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }),
  );
}

test('Lab works on copies: untouched ones follow their originals, changed ones stay and are named', t => {
  const root = scratchClone(t, {
    'notebooks/a.ipynb': 'a1',
    'notebooks/b.ipynb': 'b1',
    'notebooks/a.ts': '',
  });
  const original = (name: string): string => join(root, 'notebooks', name);
  const copy = (name: string): string => join(root, 'my-notebooks', name);
  const copies = (): string[] => ['a.ipynb', 'b.ipynb'].map(name => readFileSync(copy(name), 'utf8'));
  assert.deepEqual(copyNotebooks(root), []);
  assert.deepEqual(copies(), ['a1', 'b1']);

  writeFileSync(copy('b.ipynb'), 'mine');
  assert.deepEqual(copyNotebooks(root), []);
  writeFileSync(original('a.ipynb'), 'a2');
  writeFileSync(original('b.ipynb'), 'b2');
  assert.deepEqual(copyNotebooks(root), ['b.ipynb']);
  assert.deepEqual(copies(), ['a2', 'mine']);
  assert.deepEqual(
    ['a.ipynb', 'b.ipynb'].map(name => readFileSync(original(name), 'utf8')),
    ['a2', 'b2'],
  );

  rmSync(copy('b.ipynb'));
  assert.deepEqual(copyNotebooks(root), []);
  assert.deepEqual(copies(), ['a2', 'b2']);
});
