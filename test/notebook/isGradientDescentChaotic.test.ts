import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { fromLines, type NotebookFile } from '../../src/notebook/notebookFile';
import { parsePercent } from '../../src/notebook/percent';
import { runAndReport } from '../../src/notebook/runAndReport';
import { tfjsSkip } from '../network/tfjsSkip';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

const name = '02-is-gradient-descent-chaotic';
const read = (file: string): string => readFileSync(join(packageRoot, 'notebooks', file), 'utf8');

/** Text of the last table: the numbers that the answer stands on. */
function answerOf({ cells }: NotebookFile): string {
  const outputs = cells.flatMap(cell => (cell.cell_type === 'code' ? cell.outputs : []));
  const tables = outputs.flatMap(output =>
    output.output_type === 'display_data' && output.metadata.legcnet?.kind === 'table'
      ? [fromLines(output.data['text/plain'])]
      : [],
  );
  return tables.at(-1) ?? '';
}

// About 35 s on an idle processor; the limit leaves room for tests that run beside it.
test('“Is gradient descent chaotic?” runs from top to bottom and comes to the committed answer', {
  skip: tfjsSkip,
}, async () => {
  const { ipynb, html } = await runAndReport({ notebook: name, out: folder, timeout: 300 });
  const page = readFileSync(html, 'utf8');
  assert.equal(page.match(/class="legcnet-figure"/g)?.length, 4);
  assert.equal(
    answerOf(JSON.parse(readFileSync(ipynb, 'utf8'))),
    answerOf(JSON.parse(read(`${name}.ipynb`))),
  );
});

test('the committed “Is gradient descent chaotic?” has the cells of its source', () => {
  const committed: NotebookFile = JSON.parse(read(`${name}.ipynb`));
  assert.deepEqual(
    committed.cells.map(({ id, source }) => ({ id, source })),
    parsePercent(read(`${name}.ts`)).cells.map(({ id, source }) => ({ id, source })),
  );
});

test('the prose of the answer quotes the numbers of its table', () => {
  const committed: NotebookFile = JSON.parse(read(`${name}.ipynb`));
  const table = answerOf(committed);
  const prose = fromLines(committed.cells[committed.cells.length - 1].source);
  for (const number of ['3.5 to 76', '0.00079', '0.000003', '69 %', '8 of 100', '9 of 100', '0.013']) {
    assert.ok(table.includes(number), `${number} is in the table`);
    assert.ok(prose.replace(/\s+/g, ' ').includes(number), `${number} is in the prose`);
  }
});
