import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normal, randomStream } from '../../src/statistics/random';
import { cellDistribution } from '../../src/study/cellDistribution';
import { studyCell } from '../../src/study/studyCell';
import { cellStanding, countCells, studyTable } from '../../src/study/studyTable';
import { tableFigure } from '../../src/study/tableFigure';

const known = { reason: 'Known.', evidence: 'legcnet help' };
const missing = { missing: 'Never stopped.' };

test('cellDistribution is the prediction interval of one more run', () => {
  // t of 2 degrees of freedom at 97.5 % is 4.302653; 4.302653 sqrt(4 / 3) = 4.968276.
  const { mean, sd, interval, inside } = cellDistribution([1, 2, 3], 0, 5, 0);
  assert.deepEqual([mean, sd], [2, 1]);
  assert.ok(Math.abs((interval?.[0] ?? 0) - (2 - 4.968276)) < 1e-5);
  assert.equal(inside, true);
  assert.equal(cellDistribution([1, 2, 3], 0, 8, 0).inside, false);
  // 7.4 prints as 7, and 6.97 + 0.5 reaches it.
  assert.equal(cellDistribution([1, 2, 3], 0, 7, 0).inside, true);
  assert.equal(cellDistribution([4], 0, 4, 0).inside, null);
});

test('cellDistribution holds one more normal run 95 times of 100', () => {
  const draw = normal(randomStream(1, 'prediction'), 3, 2);
  let held = 0;
  for (let i = 0; i < 4000; i++) {
    const runs = Array.from({ length: 5 }, draw);
    if (cellDistribution(runs, 0, draw(), 12).inside) held++;
  }
  assert.ok(Math.abs(held / 4000 - 0.95) < 0.012, `${held / 4000}`);
});

test('one run agrees at the printed precision or not, and a reason is given only where it does not', () => {
  assert.deepEqual(studyCell([0.87591], 0.8759, 4, known), { published: 0.8759, ours: 0.87591, match: true });
  assert.deepEqual(studyCell([0.8758], 0.8759, 4, known), {
    published: 0.8759,
    ours: 0.8758,
    match: false,
    ...known,
  });
  assert.deepEqual(studyCell([7], null, 0, known), { published: null, ours: 7, match: null });
});

test('a run without a value says why, several count those that have none', () => {
  assert.deepEqual(studyCell([missing], 6, 0, undefined), {
    published: 6,
    ours: null,
    match: false,
    reason: 'Never stopped.',
  });
  const { distribution, match } = studyCell([5, 7, missing], 6, 0, known);
  assert.deepEqual([distribution?.n, distribution?.missing, match], [2, 1, null]);
});

test('several runs that all agree are exact, a constant that differs is not inside', () => {
  assert.equal(cellStanding(studyCell([36, 36, 36], 36, 0, known)), 'exact');
  assert.equal(cellStanding(studyCell([36, 36, missing], 36, 0, known)), 'inside');
  assert.equal(cellStanding(studyCell([35, 35], 36, 0, known)), 'explained');
});

test('cells are exact, inside, explained or unexplained; settings and unprinted ones are none of these', () => {
  const cells = {
    exact: studyCell([1], 1, 0, undefined),
    inside: studyCell([1, 2, 3], 5, 0, undefined),
    explained: studyCell([1], 2, 0, known),
    unexplained: studyCell([1], 2, 0, undefined),
    unprinted: studyCell([1], null, 0, undefined),
    setting: { published: 5, ours: null, match: null, ...known },
  };
  const row = { dataset: 'iris', init: null, starts: 1, cells } as const;
  assert.deepEqual(countCells([row]), { exact: 1, inside: 1, explained: 1, unexplained: 1 });
});

test('a table of the study names the cells that are unexplained, and so does its figure', () => {
  const cells = {
    accDense: studyCell([0.95], 0.95, 2, undefined),
    accFT: studyCell([0.9], 0.95, 2, { reason: 'By design.', evidence: 'legcnet table 1' }),
    accPT: studyCell([0.9], 0.95, 2, undefined),
  };
  const columns = { accDense: 2, accFT: 2, accPT: 2 };
  const rows = [{ dataset: 'iris', init: 5, starts: 1, cells }] as const;
  const made = studyTable({ table: 2, title: 'Made up', procedure: 'published', masks: '', columns, rows });
  assert.deepEqual(made.unexplained, ['table 2 iris accPT']);
  assert.deepEqual(tableFigure(made).unexplained, made.unexplained);
});
