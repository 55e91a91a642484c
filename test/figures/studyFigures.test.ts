import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startsFigure } from '../../src/figures/startsFigure';
import { choiceFigure } from '../../src/study/choiceFigure';
import { choiceStudy } from '../../src/study/choiceStudy';
import { type StudyCell, studyTable } from '../../src/study/studyTable';
import { tableFigure } from '../../src/study/tableFigure';
import { madeUpChoices } from '../support/madeUpChoices';

const cell = (published: number | null, ours: number | null): StudyCell => ({
  published,
  ours,
  match: published === null ? null : ours === published,
});

test('a table is drawn with a panel a quantity, a mark a network, and the paper in diamonds', () => {
  const interval = { n: 3, missing: 0, mean: 0.7, sd: 0.1, interval: [0.2, 1.2], inside: true } as const;
  const { data, layout } = tableFigure(
    studyTable({
      table: 1,
      title: 'Table 1: made up',
      procedure: 'published',
      masks: 'published',
      columns: { flopsDense: 0, epochsDense: 0, epochsFT: 0, accDense: 4, accFT: 4 },
      rows: [
        {
          dataset: 'iris',
          init: 5,
          starts: 1,
          cells: {
            flopsDense: cell(42, 42),
            epochsDense: cell(182, 182),
            epochsFT: cell(166, null),
            accDense: cell(0.9, 0.9),
            accFT: { ...cell(0.9, 0.7), distribution: interval },
          },
        },
      ],
    }),
  );
  const traces = data as unknown as {
    name: string;
    xaxis: string;
    x: number[];
    showlegend: boolean;
    error_x?: { array: number[] };
  }[];
  assert.deepEqual(
    traces.map(({ name, xaxis, x }) => [name, xaxis, x]),
    [
      ['dense', 'x', [182]],
      ['the paper', 'x', [182]],
      ['FT', 'x', []],
      ['the paper', 'x', [166]],
      ['dense', 'x2', [0.9]],
      ['the paper', 'x2', [0.9]],
      ['FT', 'x2', [0.7]],
      ['the paper', 'x2', [0.9]],
    ],
  );
  // No accuracy is above 1, whatever the interval says.
  assert.deepEqual(traces[6].error_x?.array, [0.3]);
  // Each name stands in the legend once, and only where it has a point.
  assert.deepEqual(
    traces.map(({ showlegend }) => showlegend),
    [true, true, false, false, false, false, true, false],
  );
  assert.deepEqual((layout.yaxis as { ticktext: string[] }).ticktext, ['iris (5)']);
});

test('starts without a value stand at the right of all others, behind a named edge', () => {
  const drawn = startsFigure(
    [
      { group: 'a', start: 'one', value: 40 },
      { group: 'a', start: 'two', value: 120, marked: true },
      { group: 'b', start: 'one', value: null },
      { group: 'b', start: 'two', value: null },
    ],
    { title: 'Made up', xTitle: '%', reference: 100, missingName: 'never' },
  );
  const [dots, diamonds] = drawn.data as unknown as { x: number[]; y: number[]; text: string[] }[];
  assert.deepEqual([diamonds.x, diamonds.y], [[120], [0]]);
  assert.equal(dots.x[0], 40);
  assert.ok(dots.x[1] > 120 && dots.x[2] > dots.x[1]);
  assert.deepEqual(dots.text.slice(1), ['b, one: never', 'b, two: never']);
  assert.equal((drawn.layout.annotations as { text: string }[])[0].text, 'never');
  assert.match(drawn.summary, /2 starts without a value: never/);
});

test('starts without any value or point are drawn all the same', () => {
  for (const points of [
    [],
    [{ group: 'a', start: 'one', value: null }],
    [{ group: 'a', start: 'one', value: 0 }],
  ]) {
    const { data } = startsFigure(points, { title: 'Made up', xTitle: '' });
    assert.ok((data as unknown as { x: number[] }[]).flatMap(({ x }) => x).every(Number.isFinite));
  }
});

test('a study of one procedure names it once, above', () => {
  const study = choiceStudy(madeUpChoices(start => start / 1000));
  const { data, layout } = choiceFigure(study);
  assert.deepEqual((layout.yaxis as { ticktext: string[] }).ticktext, ['iris FT (10 starts)']);
  assert.match((layout.title as { text: string }).text, /procedure published/);
  assert.deepEqual((data as unknown as { x: number[] }[])[0].x, [0.0055]);
});
