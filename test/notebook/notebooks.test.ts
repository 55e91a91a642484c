import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fromLines, type NotebookFile } from '../../src/notebook/notebookFile';
import { notebookHtml } from '../../src/notebook/notebookHtml';
import {
  committedNotebook,
  isCurrent,
  ourFolder,
  ourNotebooks,
  sourceOf,
} from '../../src/notebook/ourNotebooks';
import { outputTexts } from '../../src/notebook/outputTexts';
import { runAndReport } from '../../src/notebook/runAndReport';
import { answerOf } from '../../src/notebook/siteStart';
import { withTypeCheck } from '../support/typeCheckCells';
import { notebookList } from './notebookList';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

/** The tests execute what takes less, alone on an idle processor. */
const MOST_SECONDS = 60;

function texts({ cells }: NotebookFile): string {
  const found = cells.flatMap(cell => (cell.cell_type === 'markdown' ? [fromLines(cell.source)] : []));
  return found.join('\n');
}

test('every notebook is in the list once, in order, and every name of the list is a notebook', () => {
  assert.deepEqual(
    notebookList.map(({ name }) => name),
    ourNotebooks(),
  );
});

test('the types of every cell of every notebook are right', () => {
  withTypeCheck(ourFolder, check => {
    for (const name of ourNotebooks()) assert.deepEqual(check(sourceOf(name)), [], name);
  });
});

for (const {
  name,
  seconds,
  figures,
  skip = false,
  runIn,
  quoted = [],
  agree = sameOutputs,
} of notebookList) {
  describe(name, () => {
    const committed = committedNotebook(name) ?? assert.fail(`${name} was never executed`);

    test('is committed as its source is, under 1 MB, figures as PNG and without scripts', () => {
      assert.ok(isCurrent(committed, sourceOf(name)));
      assert.ok(statSync(join(ourFolder, `${name}.ipynb`)).size < 1e6);
      let drawn = 0;
      for (const cell of committed.cells) {
        if (cell.cell_type !== 'code') continue;
        assert.notEqual(cell.execution_count, null);
        for (const output of cell.outputs) {
          if (output.output_type !== 'display_data') continue;
          assert.doesNotMatch(fromLines(output.data['text/html']), /<script/);
          if (!('application/vnd.plotly.v1+json' in output.data)) continue;
          assert.ok('image/png' in output.data && !('text/html' in output.data));
          drawn++;
        }
      }
      assert.equal(drawn, figures);
    });

    test('opens with a question, ends with an answer, and its text quotes its outputs', async () => {
      const { title, sections } = await notebookHtml(committed);
      assert.notEqual(title, 'Notebook');
      assert.match(sections[0].html, /<p>/);
      assert.ok(answerOf(sections) !== undefined, 'the start page of the site has no answer to show');
      const shown = outputTexts(committed).join('\n');
      const text = texts(committed).replace(/\s+/g, ' ');
      for (const number of quoted) {
        assert.ok(shown.includes(number), `${number} is in the outputs`);
        assert.ok(text.includes(number), `${number} is in the text`);
      }
    });

    test('runs from top to bottom and says what the committed one says', {
      skip: runIn !== undefined ? `in ${runIn}` : seconds > MOST_SECONDS ? `takes ${seconds} s` : skip,
    }, async () => {
      // Other tests run beside it, and other programs beside the tests.
      const timeout = 60 + 10 * seconds;
      const { ipynb, html } = await runAndReport({ notebook: name, out: folder, timeout });
      assert.equal(readFileSync(html, 'utf8').match(/class="legcnet-figure"/g)?.length ?? 0, figures);
      const executed: NotebookFile = JSON.parse(readFileSync(ipynb, 'utf8'));
      const counts = executed.cells.flatMap(cell =>
        cell.cell_type === 'code' ? [cell.execution_count] : [],
      );
      assert.deepEqual(
        counts,
        counts.map((_, i) => i + 1),
      );
      agree(executed, committed);
    });
  });
}

function sameOutputs(now: NotebookFile, committed: NotebookFile): void {
  assert.deepEqual(outputTexts(now), outputTexts(committed));
}
