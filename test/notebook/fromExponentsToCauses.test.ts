import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { fromLines, type NotebookFile } from '../../src/notebook/notebookFile';
import { parsePercent } from '../../src/notebook/percent';
import { runAndReport } from '../../src/notebook/runAndReport';

const name = '03-from-exponents-to-causes';
const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

test('the notebook on causes runs from top to bottom and ends with the counts of its choices', async () => {
  const { ipynb, html } = await runAndReport({ notebook: name, out: folder });
  const { cells }: NotebookFile = JSON.parse(readFileSync(ipynb, 'utf8'));
  const counts = cells.flatMap(cell => (cell.cell_type === 'code' ? [cell.execution_count] : []));
  assert.deepEqual(
    counts,
    counts.map((_, i) => i + 1),
  );
  const page = readFileSync(html, 'utf8');
  assert.equal(page.match(/class="legcnet-figure"/g)?.length, 12);
  assert.ok(!/(src|href)="https?:/.test(page));
  const texts = cells.flatMap(cell =>
    cell.cell_type === 'code'
      ? cell.outputs.flatMap(output => ('data' in output ? [fromLines(output.data['text/plain'])] : []))
      : [],
  );
  const answer = texts.at(-1) ?? '';
  assert.match(answer, /^How many of 42 weights cause the errors\?/);
  const causesOf = (choice: string): number =>
    Number(
      answer
        .split('\n')
        .find(line => line.startsWith(choice))
        ?.slice(choice.length)
        .match(/\d+/)?.[0],
    );
  // What the last text says, with room for a machine whose exponentials round otherwise.
  assert.ok(causesOf("the study's test: chi-square, 20 lags, 10 % overlap") >= 40);
  assert.ok(causesOf('careful: windows of 120 from epoch 31, differences, lag 1') <= 6);
  assert.ok(causesOf('careful, corrected by Benjamini-Yekutieli') <= 1);
});

test('the committed notebook on causes has the cells of its source, and less than 1 MB', () => {
  const read = (file: string): string => readFileSync(join(packageRoot, 'notebooks', file), 'utf8');
  const committed = read(`${name}.ipynb`);
  assert.ok(committed.length < 1_000_000);
  const { cells }: NotebookFile = JSON.parse(committed);
  assert.deepEqual(
    cells.map(({ id, source }) => ({ id, source })),
    parsePercent(read(`${name}.ts`)).cells.map(({ id, source }) => ({ id, source })),
  );
});
