import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { renameForGood } from '../../src/core/renameForGood';
import { replaceFile } from '../../src/core/replaceFile';

const folder: string = mkdtempSync(join(tmpdir(), 'legcnet-for-good-'));
after(() => rmSync(folder, { recursive: true }));

/** What is asked of the system, in order; everything is done all the same. */
function listen(context: TestContext): string[] {
  const asked: string[] = [];
  const { open, rename } = fs;
  context.mock.method(fs, 'open', async (path: string, flags: string) => {
    const handle = await open(path, flags);
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      await sync();
      asked.push(`sync ${path === folder ? 'folder' : 'file'}`);
    };
    return handle;
  });
  context.mock.method(fs, 'rename', async (from: string, to: string) => {
    await rename(from, to);
    asked.push('rename');
  });
  return asked;
}

const order = ['sync file', 'rename', ...(process.platform === 'win32' ? [] : ['sync folder'])];

test('a file is on the disk before it has its name, and its name before anybody hears of it', async context => {
  const asked = listen(context);
  const [part, file] = ['a.part', 'a'].map(name => join(folder, name));
  writeFileSync(part, 'the content');
  await renameForGood(part, file);
  assert.deepEqual(asked, order);
  assert.equal(readFileSync(file, 'utf8'), 'the content');
  assert.deepEqual(readdirSync(folder), ['a']);
});

test('replaceFile does the same', async context => {
  const asked = listen(context);
  await replaceFile(join(folder, 'a'), 'another');
  assert.deepEqual(asked, order);
  assert.equal(readFileSync(join(folder, 'a'), 'utf8'), 'another');
});

test('a file that is not there is an error, and the old one stays', async () => {
  await assert.rejects(renameForGood(join(folder, 'none'), join(folder, 'a')), /ENOENT/);
  assert.equal(readFileSync(join(folder, 'a'), 'utf8'), 'another');
});
