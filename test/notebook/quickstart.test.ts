import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { type NotebookFile, notebookText } from '../../src/notebook/notebookFile';
import { parsePercent } from '../../src/notebook/percent';
import { publishNotebook, runAndReport } from '../../src/notebook/runAndReport';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

test('the quickstart runs from top to bottom and leaves a notebook, a report and two comparisons', async () => {
  const { ipynb, html, comparison } = await runAndReport({ notebook: 'quickstart', out: folder });
  assert.equal(comparison.match(/^test accuracy \(all outputs\) /gm)?.length, 2);
  const { cells }: NotebookFile = JSON.parse(readFileSync(ipynb, 'utf8'));
  const counts = cells.flatMap(cell => (cell.cell_type === 'code' ? [cell.execution_count] : []));
  assert.deepEqual(
    counts,
    counts.map((_, i) => i + 1),
  );
  const page = readFileSync(html, 'utf8');
  assert.equal(page.match(/class="legcnet-figure"/g)?.length, 7);
  assert.ok(!/(src|href)="https?:/.test(page));
});

test("a reader's own notebook is never published over itself", async () => {
  const own = join(folder, 'own.ipynb');
  const text = notebookText(parsePercent('// %%\n1 + 1'));
  writeFileSync(own, text);
  await assert.rejects(publishNotebook(own), /Cannot publish .*own\.ipynb: that would overwrite it/);
  assert.equal(readFileSync(own, 'utf8'), text);
});

test('the committed quickstart has the cells of its source', () => {
  const read = (name: string): string => readFileSync(join(packageRoot, 'notebooks', name), 'utf8');
  const committed: NotebookFile = JSON.parse(read('00-quickstart.ipynb'));
  assert.deepEqual(
    committed.cells.map(({ id, source }) => ({ id, source })),
    parsePercent(read('00-quickstart.ts')).cells.map(({ id, source }) => ({ id, source })),
  );
});
