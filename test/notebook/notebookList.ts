import assert from 'node:assert/strict';
import { fromLines, type NotebookFile } from '../../src/notebook/notebookFile';
import { outputTexts } from '../../src/notebook/outputTexts';
import { smallDatasets } from '../../src/study/smallDatasets';
import { tfjsSkip } from '../network/tfjsSkip';
import { skipUnless, trainingFiles } from '../support/mirror';

/** What the tests know of one of our notebooks. */
export interface ListedNotebook {
  readonly name: string;
  /** Seconds that it takes alone, rounded up. The tests execute those under a minute; `npm run notebooks` executes all. */
  readonly seconds: number;
  readonly figures: number;
  /** Another test file, which runs it in a way of its own. Default: `notebooks.test.ts` runs it. */
  readonly runIn?: string;
  /** Why it cannot run here, or false. Default false. */
  readonly skip?: string | false;
  /** Numbers that its text takes from its outputs. Default: none. */
  readonly quoted?: readonly string[];
  /** Tells whether a new run says what the committed one says. Default: all outputs are the same, word for word. */
  readonly agree?: (now: NotebookFile, committed: NotebookFile) => void;
}

/** Every notebook of the package: a new one needs an entry. */
export const notebookList: readonly ListedNotebook[] = [
  { name: '00-quickstart', seconds: 5, figures: 7, agree: makesTwoComparisons },
  { name: '01-the-data', seconds: 10, figures: 8, runIn: 'overviewNotebooks.test.ts' },
  {
    name: '02-is-gradient-descent-chaotic',
    seconds: 25,
    figures: 4,
    skip: tfjsSkip,
    quoted: ['3.5 to 76', '0.00079', '0.000003', '69 %', '8 of 100', '9 of 100', '0.013'],
    agree: sameLastTable,
  },
  { name: '03-from-exponents-to-causes', seconds: 10, figures: 12, agree: sameCauses },
  {
    name: '04-table-1',
    seconds: 9,
    figures: 2,
    skip: skipUnless(...trainingFiles(...smallDatasets, 'mnist')),
  },
  {
    name: '05-table-2',
    seconds: 9,
    figures: 2,
    skip: skipUnless(...trainingFiles(...smallDatasets, 'mnist')),
  },
  { name: '06-table-3', seconds: 6, figures: 2, skip: skipUnless(...trainingFiles(...smallDatasets)) },
  { name: '07-mnist', seconds: 4, figures: 1 },
  {
    name: '08-table-4-and-figure-5',
    seconds: 3,
    figures: 1,
    quoted: ['2.30', '2.66', '2.29', '2.73', '1.39', '8.41'],
  },
  {
    name: '09-figure-6',
    seconds: 12,
    figures: 3,
    skip: skipUnless(...trainingFiles('cancer', 'banknote', 'titanic')),
    quoted: ['0.1429', '0.0827', '0.0329', '0.0147', '0.0319', '0.27'].concat([
      '0.05806',
      '0.01355',
      '0.02197',
      '10 of 10',
    ]),
  },
  { name: '10-appendix', seconds: 9, figures: 8, skip: skipUnless(...trainingFiles(...smallDatasets)) },
  {
    name: '11-theory',
    seconds: 10,
    figures: 4,
    quoted: ['0.25', '−0.30', '−0.79', '−0.18', '−0.04', '[−0.11, 0.02]', '−0.05', '[−0.12, 0.02]'].concat([
      '0.21',
      '[0.13, 0.28]',
      '0.06',
      '[−0.03, 0.15]',
      '2.223',
    ]),
  },
  { name: '12-method', seconds: 15, figures: 10, quoted: ['0.233', '164', '200', '39', '41'] },
  { name: '13-does-the-choice-of-weights-matter', seconds: 9, figures: 3 },
  { name: '14-what-the-paper-leaves-open', seconds: 10, figures: 1, runIn: 'overviewNotebooks.test.ts' },
  {
    name: '15-your-own-data-and-model',
    seconds: 30,
    figures: 7,
    skip: tfjsSkip,
    quoted: ['44, 42, 43', '0.8667', '652 of 1304', '0.8542'],
    // What follows them trains by TensorFlow, whose sums depend on the processor.
    agree: (now, committed) =>
      assert.deepEqual(outputTexts(now).slice(0, 7), outputTexts(committed).slice(0, 7)),
  },
  {
    name: '16-what-does-alpha-say',
    seconds: 12,
    figures: 3,
    quoted: ['85 %', '92 %', '98 %', '1.39', '8.41', '5 of 25', '0.911 to 0.917', '16.7', '25 of 25'],
  },
  { name: 'index', seconds: 10, figures: 0 },
];

function makesTwoComparisons(now: NotebookFile): void {
  assert.equal(
    outputTexts(now)
      .join('\n')
      .match(/^test accuracy \(all outputs\) /gm)?.length,
    2,
  );
}

/** The table that the answer stands on. */
function sameLastTable(now: NotebookFile, committed: NotebookFile): void {
  assert.equal(lastTable(now), lastTable(committed));
}

function lastTable({ cells }: NotebookFile): string {
  const tables = cells.flatMap(cell =>
    cell.cell_type === 'code'
      ? cell.outputs.flatMap(output =>
          output.output_type === 'display_data' && output.metadata.legcnet?.kind === 'table'
            ? [fromLines(output.data['text/plain'])]
            : [],
        )
      : [],
  );
  return tables.at(-1) ?? '';
}

/** What the last text says, with room for a machine whose exponentials round otherwise. */
function sameCauses(now: NotebookFile): void {
  const answer = lastTable(now);
  assert.match(answer, /^How many of 42 weights cause the errors\?/);
  const causesOf = (choice: string): number => {
    const line = answer.split('\n').find(each => each.startsWith(choice));
    return Number(line?.slice(choice.length).match(/\d+/)?.[0]);
  };
  assert.ok(causesOf("the study's test: chi-square, 20 lags, 10 % overlap") >= 40);
  assert.ok(causesOf('careful: windows of 120 from epoch 31, differences, lag 1') <= 6);
  assert.ok(causesOf('careful, corrected by Benjamini-Yekutieli') <= 1);
}
