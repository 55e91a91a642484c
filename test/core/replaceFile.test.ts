import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { replaceFile } from '../../src/core/replaceFile';

const folder: string = mkdtempSync(join(tmpdir(), 'legcnet-replace-'));
after(() => rmSync(folder, { recursive: true }));

test('of many writers of one file at once none fails, and one text stands there whole', async () => {
  const file = join(folder, 'result.json');
  const texts = Array.from({ length: 20 }, (_, i) => `${i}`.repeat(100_000 * (1 + (i % 3))));
  await Promise.all(texts.map(text => replaceFile(file, text)));
  assert.ok(texts.includes(readFileSync(file, 'utf8')));
  assert.deepEqual(readdirSync(folder), ['result.json']);
});

test('a file that cannot be written leaves nothing behind', async () => {
  await assert.rejects(replaceFile(folder, 'text'), /^Error: Cannot save .*what was saved before is whole/);
  assert.deepEqual(readdirSync(folder), ['result.json']);
});
