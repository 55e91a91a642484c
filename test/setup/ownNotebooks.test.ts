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

/** A notebook with one cell of text. */
const notebookOf = (text: string): string => `${JSON.stringify({ cells: [{ source: text }] }, null, 1)}\n`;

test('Lab works on copies: untouched ones follow their originals, changed ones stay and are named', t => {
  const root = scratchClone(t, {
    'notebooks/a.ipynb': notebookOf('a1'),
    'notebooks/b.ipynb': notebookOf('b1'),
    'notebooks/a.ts': '',
  });
  const original = (name: string): string => join(root, 'notebooks', name);
  const copy = (name: string): string => join(root, 'my-notebooks', name);
  const copies = (): string[] => ['a.ipynb', 'b.ipynb'].map(name => readFileSync(copy(name), 'utf8'));
  assert.deepEqual(copyNotebooks(root), []);
  assert.deepEqual(copies(), ['a1', 'b1'].map(notebookOf));

  writeFileSync(copy('b.ipynb'), 'mine');
  assert.deepEqual(copyNotebooks(root), []);
  writeFileSync(original('a.ipynb'), notebookOf('a2'));
  writeFileSync(original('b.ipynb'), notebookOf('b2'));
  assert.deepEqual(copyNotebooks(root), ['b.ipynb']);
  assert.deepEqual(copies(), [notebookOf('a2'), 'mine']);
  assert.deepEqual(
    ['a.ipynb', 'b.ipynb'].map(name => readFileSync(original(name), 'utf8')),
    ['a2', 'b2'].map(notebookOf),
  );

  rmSync(copy('b.ipynb'));
  assert.deepEqual(copyNotebooks(root), []);
  assert.deepEqual(copies(), ['a2', 'b2'].map(notebookOf));
});

test('copies leave the images of figures to JupyterLab, and keep all others', t => {
  const plotly = { 'application/vnd.plotly.v1+json': { data: [] }, 'text/plain': 'a figure' };
  const outputs = (image: boolean): object => ({
    cells: [
      { outputs: [{ data: { ...plotly, ...(image && { 'image/png': 'AAAA' }) } }] },
      { outputs: [{ data: { 'image/png': 'AAAA' } }, { output_type: 'stream', text: ['printed'] }] },
    ],
  });
  const root = scratchClone(t, { 'notebooks/a.ipynb': JSON.stringify(outputs(true)) });
  assert.deepEqual(copyNotebooks(root), []);
  assert.deepEqual(JSON.parse(readFileSync(join(root, 'my-notebooks', 'a.ipynb'), 'utf8')), outputs(false));
});
