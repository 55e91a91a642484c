import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { fromLines, type NotebookFile } from '../../src/notebook/notebookFile';
import { parsePercent } from '../../src/notebook/percent';
import { runAndReport } from '../../src/notebook/runAndReport';
import { tfjsSkip } from '../network/tfjsSkip';
import { skipUnless, trainingFiles } from '../support/mirror';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

const read = (file: string): string => readFileSync(join(packageRoot, 'notebooks', file), 'utf8');
const prose = ({ cells }: NotebookFile): string =>
  cells
    .flatMap(cell => (cell.cell_type === 'markdown' ? [fromLines(cell.source)] : []))
    .join('\n')
    .replace(/\s+/g, ' ');

/** Text of every table of an executed notebook. */
function tables({ cells }: NotebookFile): string[] {
  return cells
    .flatMap(cell => (cell.cell_type === 'code' ? cell.outputs : []))
    .flatMap(output => ('data' in output ? [fromLines(output.data['text/plain'])] : []))
    .filter(text => !text.startsWith('[figure]') && !/^legcnet \d|done in/.test(text));
}

/**
 * Notebooks, how many figures each has, and the numbers that its text takes from its tables. Where TensorFlow trains, sums in
 * float32 depend on the processor: only the first `exact` tables must come out to the last digit there.
 */
const notebooks = [
  {
    name: '08-table-4-and-figure-5',
    figures: 1,
    files: [],
    quoted: ['2.30', '2.66', '2.29', '2.73', '1.39', '8.41'],
  },
  {
    name: '11-theory',
    figures: 4,
    files: [],
    quoted: [
      '0.25',
      '−0.30',
      '−0.79',
      '−0.18',
      '−0.04',
      '[−0.11, 0.02]',
      '−0.05',
      '[−0.12, 0.02]',
      '0.21',
      '[0.13, 0.28]',
      '0.06',
      '[−0.03, 0.15]',
      '2.223',
    ],
  },
  {
    name: '12-method',
    figures: 10,
    files: [],
    quoted: ['0.233', '164', '200', '39', '41'],
  },
  {
    name: '16-what-does-alpha-say',
    figures: 3,
    files: [],
    quoted: ['85 %', '92 %', '98 %', '1.39', '8.41', '5 of 25', '0.911 to 0.917', '16.7', '25 of 25'],
  },
  {
    name: '09-figure-6',
    figures: 3,
    files: trainingFiles('cancer', 'banknote', 'titanic'),
    quoted: [
      '0.1429',
      '0.0856',
      '0.03291',
      '0.016',
      '0.03191',
      '0.07356',
      '0.05806',
      '0.01355',
      '0.02197',
      '10 of 10',
    ],
  },
  {
    name: '15-your-own-data-and-model',
    figures: 7,
    files: [],
    quoted: ['44, 42, 43', '0.8667', '652 of 1304', '0.8542'],
    exact: 7,
  },
] as const;

for (const { name, figures, files, quoted, ...rest } of notebooks) {
  const exact = 'exact' in rest ? rest.exact : Number.POSITIVE_INFINITY;
  const skip = skipUnless(...files) || ('exact' in rest && tfjsSkip);
  describe(name, () => {
    test('runs from top to bottom and comes to the committed tables', {
      skip,
    }, async () => {
      const { ipynb, html } = await runAndReport({ notebook: name, out: folder, timeout: 300 });
      assert.equal(readFileSync(html, 'utf8').match(/class="legcnet-figure"/g)?.length, figures);
      assert.deepEqual(
        tables(JSON.parse(readFileSync(ipynb, 'utf8'))).slice(0, exact),
        tables(JSON.parse(read(`${name}.ipynb`))).slice(0, exact),
      );
    });

    test('its text quotes its tables', () => {
      const committed: NotebookFile = JSON.parse(read(`${name}.ipynb`));
      const shown = tables(committed).join('\n');
      for (const number of quoted) {
        assert.ok(shown.includes(number), `${number} is in a table`);
        assert.ok(prose(committed).includes(number), `${number} is in the text`);
      }
    });
  });
}

// The appendix repeats steps of the others; `legcnet notebook 10-appendix` runs it.
for (const name of [...notebooks.map(each => each.name), '10-appendix']) {
  test(`the committed ${name} has the cells of its source, and less than 1 MB`, () => {
    const text = read(`${name}.ipynb`);
    assert.ok(text.length < 1_000_000);
    const { cells }: NotebookFile = JSON.parse(text);
    assert.deepEqual(
      cells.map(({ id, source }) => ({ id, source })),
      parsePercent(read(`${name}.ts`)).cells.map(({ id, source }) => ({ id, source })),
    );
  });
}
