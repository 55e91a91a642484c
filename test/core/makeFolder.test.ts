import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../../src/core/makeFolder';

test('makes a folder and those above it, once or twice; a file in the way is named', async () => {
  const home = mkdtempSync(join(tmpdir(), 'legcnet-folder-'));
  try {
    const deep = join(home, 'a', 'b', 'c');
    await Promise.all([makeFolder(deep), makeFolder(deep)]);
    await makeFolder(deep);
    assert.ok(statSync(deep).isDirectory());
    const file = join(home, 'file');
    writeFileSync(file, '');
    await assert.rejects(makeFolder(file), /EEXIST.*file/);
    await assert.rejects(makeFolder(join(file, 'below')), /EEXIST.*file/);
  } finally {
    rmSync(home, { recursive: true });
  }
});

test('gives up where the system knows no new folders', { skip: !existsSync('/proc/self') }, async () => {
  await assert.rejects(makeFolder('/proc/legcnet/deeper'), /ENOENT.*\/proc\/legcnet/);
});
