import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { type SmallDataset, smallDatasets } from '../../src/study/smallDatasets';
import { studyRecord } from '../../src/study/studyRecord';
import { countCells, type StudyTable } from '../../src/study/studyTable';
import { type StudyTableOptions, table1, table2 } from '../../src/study/tables';
import { skipUnless, trainingFiles } from '../support/mirror';

const skip = skipUnless(...trainingFiles(...smallDatasets));

/** `data set.column` of every cell that agrees with the paper. */
function matching(table: StudyTable): string[] {
  return table.rows.flatMap(row =>
    Object.entries(row.cells).flatMap(([name, cell]) =>
      cell.match === true ? [`${row.dataset}.${name}`] : [],
    ),
  );
}

const small: StudyTableOptions = { masks: 'published', datasets: smallDatasets, recompute: true };

describe('the published rows', { skip }, () => {
  test('all 50 cells of Table 1 come out as printed', async () => {
    const table = await table1(small);
    assert.equal(matching(table).length, 50);
    assert.ok(table.rows.every(row => Object.values(row.cells).every(cell => cell.match)));
  });

  test('35 cells of Table 2 come out as printed: all of Cancer, Titanic and Iris, the FT half of the others', async () => {
    const table = await table2(small);
    const half = ['flopsFT', 'epochsFT', 'accFT', 'f1FT'];
    const whole = [...half, 'flopsPT', 'epochsPT', 'accPT', 'f1PT', 'prunedPercentPT'];
    const expected = [
      ...['cancer', 'titanic', 'iris'].flatMap(name => whole.map(column => `${name}.${column}`)),
      ...['banknote', 'iris3f'].flatMap(name => half.map(column => `${name}.${column}`)),
    ];
    assert.deepEqual(
      expected.filter(cell => !matching(table).includes(cell)),
      [],
    );
  });

  test('of the 45 results of Table 2, settings aside, 36 agree: those and one cell of Iris3f by chance', async () => {
    const table = await table2(small);
    assert.deepEqual(countCells(table.rows), { exact: 36, inside: 0, explained: 9, unexplained: 0 });
    assert.ok(matching(table).includes('iris3f.f1PT'));
    // A run that never reaches the benchmark has no epoch to set against the paper's.
    assert.equal(table.rows[2].cells.epochsPT.match, false);
    assert.equal(table.rows[0].cells.epochsUsed.match, null);
  });

  test("the paper's PT row of Banknote is the FT run of initialisation 5", async () => {
    const { rows } = await table2({ ...small, datasets: ['banknote'], init: 5 });
    const { rows: paper } = await table2({ ...small, datasets: ['banknote'] });
    for (const name of ['flops', 'epochs', 'acc', 'f1']) {
      const ours = rows[0].cells[`${name}FT`].ours ?? Number.NaN;
      const published = paper[0].cells[`${name}PT`].published ?? Number.NaN;
      assert.ok(Math.abs(ours - published) < 0.00005, name);
    }
  });

  test("no published PT mask of Iris3f gives the paper's row", async () => {
    const { rows } = await table2({ ...small, datasets: ['iris3f'], init: 'all' });
    const { rows: paper } = await table2({ ...small, datasets: ['iris3f'] });
    const flops = paper[0].cells.flopsPT.published;
    const epochs = paper[0].cells.epochsPT.published;
    assert.ok(rows.every(({ cells }) => cells.flopsPT.ours !== flops || cells.epochsPT.ours !== epochs));
  });

  test('every cell of Table 2 that differs or is missing says why', async () => {
    const table = await table2(small);
    for (const row of table.rows) {
      for (const [name, cell] of Object.entries(row.cells)) {
        assert.ok(cell.match === true || cell.reason, `${row.dataset}.${name}`);
      }
    }
  });

  test('an initialisation that the study never ran is refused', async () => {
    await assert.rejects(table1({ ...small, init: 6 }), RangeError);
  });
});

// Epochs trained (one-based) for initialisations 1 to 5, from independent runs of the same procedure in NumPy; null where
// training never reaches the benchmark.
const epochs: Readonly<Record<SmallDataset, Record<'dense' | 'FT' | 'PT', readonly (number | null)[]>>> = {
  cancer: { dense: [77, 71, 69, 72, 34], FT: [79, 39, 46, 62, 36], PT: [38, 25, 107, 35, 37] },
  titanic: { dense: [44, 41, 45, 35, 39], FT: [21, 41, 42, 33, 42], PT: [37, 110, null, null, null] },
  banknote: { dense: [9, 8, 8, 10, 7], FT: [11, 8, 8, 8, 7], PT: [10, 10, 11, null, null] },
  iris: { dense: [163, 189, 197, 155, 183], FT: [184, 185, 209, 155, 167], PT: [233, 197, 185, 158, 174] },
  iris3f: { dense: [139, 140, 209, 122, 152], FT: [145, 127, 182, 147, 143], PT: [184, 140, 217, 125, 159] },
};

const removed: Readonly<Record<SmallDataset, readonly number[]>> = {
  cancer: [10, 6, 4, 4, 2],
  titanic: [4, 1, 3, 4, 6],
  banknote: [2, 3, 1, 4, 3],
  iris: [2, 2, 2, 0, 2],
  iris3f: [10, 10, 3, 4, 2],
};

describe('all five initialisations', () => {
  for (const name of Object.keys(epochs) as SmallDataset[]) {
    test(`${name} stops where independent runs stop`, {
      skip: skipUnless(...trainingFiles(name)),
    }, async () => {
      for (let init = 1; init <= 5; init++) {
        const { arms } = await studyRecord(
          name,
          'published',
          { init },
          { masks: 'published', maxEpochs: 500 },
        );
        for (const arm of ['dense', 'FT', 'PT'] as const) {
          assert.equal(arms[arm][0].epochs, epochs[name][arm][init - 1], `${arm} ${init}`);
        }
        const gone = arms.FT[0].removed;
        assert.equal(typeof gone === 'number' ? gone : gone.length, removed[name][init - 1]);
      }
    });
  }
});

test('our numbers are the same when the published numbers are deleted', { skip }, () => {
  const copy = mkdtempSync(join(tmpdir(), 'legcnet-unpublished-'));
  try {
    cpSync(join(packageRoot, 'dist', 'src'), join(copy, 'dist', 'src'), { recursive: true });
    cpSync(join(packageRoot, 'data'), join(copy, 'data'), {
      recursive: true,
      filter: path => !/published.*\.json$/.test(path),
    });
    cpSync(join(packageRoot, 'kernel'), join(copy, 'kernel'), { recursive: true });
    cpSync(join(packageRoot, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(packageRoot, 'node_modules'), join(copy, 'node_modules'));
    for (const number of ['1', '2']) {
      const with_ = ours(packageRoot, number);
      const without = ours(copy, number);
      assert.deepEqual(
        without.map(row => row.ours),
        with_.map(row => row.ours),
      );
      assert.ok(without.every(row => row.published.every(value => value === null)));
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
});

function ours(root: string, table: string): { ours: (number | null)[]; published: (number | null)[] }[] {
  const cli = join(root, 'dist', 'src', 'cli.js');
  const names = smallDatasets.flatMap(name => ['--dataset', name]);
  const text = execFileSync(process.execPath, [
    cli,
    'table',
    table,
    '--masks',
    'published',
    '--recompute',
    '--json',
    ...names,
  ]);
  const rows: StudyTable['rows'] = JSON.parse(text.toString());
  return rows.map(({ cells }) => ({
    ours: Object.values(cells).map(cell => cell.ours),
    published: Object.values(cells).map(cell => cell.published),
  }));
}
