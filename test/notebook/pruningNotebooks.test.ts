import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { fromLines, type NotebookFile } from '../../src/notebook/notebookFile';
import { parsePercent } from '../../src/notebook/percent';
import { runAndReport } from '../../src/notebook/runAndReport';
import { smallDatasets } from '../../src/study/smallDatasets';
import { skipUnless, trainingFiles } from '../support/mirror';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

const read = (file: string): string => readFileSync(join(packageRoot, 'notebooks', file), 'utf8');

/** Each notebook, the figures it draws, and why it cannot run here: three read the study's files for their live step. */
const notebooks = [
  { name: '04-table-1', figures: 2, skip: skipUnless(...trainingFiles('iris')) },
  { name: '05-table-2', figures: 2, skip: skipUnless(...trainingFiles('iris', 'iris3f')) },
  { name: '06-table-3', figures: 2, skip: skipUnless(...trainingFiles(...smallDatasets)) },
  { name: '07-mnist', figures: 1, skip: false },
  { name: '13-does-the-choice-of-weights-matter', figures: 3, skip: false },
] as const;

/** What a notebook says, its text tables and the words of its figures; the times of the day's machine are not in it. */
function outputsOf({ cells }: NotebookFile): string[] {
  return cells.flatMap(cell =>
    cell.cell_type === 'code'
      ? cell.outputs.flatMap(output =>
          output.output_type === 'display_data' &&
          !['session', 'progress'].includes(output.metadata.legcnet?.kind ?? '')
            ? [fromLines(output.data['text/plain'])]
            : [],
        )
      : [],
  );
}

describe('the notebooks on pruning', () => {
  for (const { name, figures, skip } of notebooks) {
    test(`${name} runs from top to bottom and says what the committed one says`, { skip }, async () => {
      const { ipynb, html } = await runAndReport({ notebook: name, out: folder, timeout: 300 });
      assert.equal(readFileSync(html, 'utf8').match(/class="legcnet-figure"/g)?.length, figures);
      assert.deepEqual(
        outputsOf(JSON.parse(readFileSync(ipynb, 'utf8'))),
        outputsOf(JSON.parse(read(`${name}.ipynb`))),
      );
    });

    test(`the committed ${name} has the cells of its source and is under 1 MB`, () => {
      const path = join(packageRoot, 'notebooks', `${name}.ipynb`);
      assert.ok(existsSync(path) && statSync(path).size < 1e6);
      const committed: NotebookFile = JSON.parse(read(`${name}.ipynb`));
      assert.deepEqual(
        committed.cells.map(({ id, source }) => ({ id, source })),
        parsePercent(read(`${name}.ts`)).cells.map(({ id, source }) => ({ id, source })),
      );
    });
  }
});
