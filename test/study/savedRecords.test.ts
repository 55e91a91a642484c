import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { randomStream } from '../../src/statistics/random';
import { recordName, savedRecords, saveRecords } from '../../src/study/savedRecords';
import { smallDatasets } from '../../src/study/smallDatasets';
import { allStarts, checkRecords } from '../../src/study/studyRecords';
import { table1, table2, table3 } from '../../src/study/tables';
import { tablesSummary } from '../../src/study/tablesSummary';
import { skipUnless, trainingFiles } from '../support/mirror';

const small = [...smallDatasets, 'vowel'] as const;

test('every start of every small data set is saved under every procedure', () => {
  const saved = savedRecords();
  for (const dataset of small) {
    for (const procedure of ['described', 'sound'] as const) {
      for (const start of allStarts(dataset)) {
        assert.ok(saved.has(recordName({ dataset, procedure, masks: 'recomputed', start })));
      }
    }
  }
  for (const dataset of smallDatasets) {
    for (const masks of ['published', 'recomputed'] as const) {
      for (let init = 1; init <= 5; init++) {
        assert.ok(saved.has(recordName({ dataset, procedure: 'published', masks, start: { init } })));
      }
    }
  }
});

test('recomputed masks give the numbers of the published ones, because they are the same masks', () => {
  const saved = savedRecords();
  for (const dataset of smallDatasets) {
    for (let init = 1; init <= 5; init++) {
      const of = (masks: 'published' | 'recomputed') =>
        saved.get(recordName({ dataset, procedure: 'published', masks, start: { init } }))?.arms;
      assert.deepEqual(of('recomputed'), of('published'), `${dataset} ${init}`);
    }
  }
});

test('three saved rows drawn by chance come out the same again, bit for bit', {
  skip: skipUnless(...trainingFiles(...small)),
}, async () => {
  const seed = Date.now();
  for (const { record, same } of await checkRecords(3, randomStream(seed, 'rows'))) {
    assert.ok(same, `${record}, drawn by seed ${seed}`);
  }
});

describe('tables from saved rows', () => {
  test('need no data and hold a row for every data set they have', async () => {
    for (const make of [table1, table2, table3]) {
      const { rows } = await make();
      assert.deepEqual(
        rows.map(({ dataset }) => dataset),
        [...small, 'mnist'],
      );
    }
    const { rows } = await table1({ procedure: 'sound', datasets: small });
    assert.ok(rows.every(({ starts }) => starts === 20));
  });

  test('of 168 cells more than 85 are exact, and none is unexplained', async () => {
    const { all, unexplained } = await tablesSummary();
    assert.equal(all.cells, 168);
    assert.ok(all.exact >= 85, `${all.exact} exact`);
    assert.deepEqual(unexplained, []);
  });
});

test('records come back as they were saved', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-records-'));
  try {
    const file = join(folder, 'records.json');
    const some = new Map([...savedRecords()].slice(0, 3));
    await saveRecords(some, file);
    assert.deepEqual(savedRecords(file), some);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
