import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { notebookText } from '../../src/notebook/notebookFile';
import { parsePercent } from '../../src/notebook/percent';
import { publishNotebook } from '../../src/notebook/runAndReport';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

test("a reader's own notebook is never published over itself", async () => {
  const own = join(folder, 'own.ipynb');
  const text = notebookText(parsePercent('// %%\n1 + 1'));
  writeFileSync(own, text);
  await assert.rejects(publishNotebook(own), /Cannot publish .*own\.ipynb: that would overwrite it/);
  assert.equal(readFileSync(own, 'utf8'), text);
});
