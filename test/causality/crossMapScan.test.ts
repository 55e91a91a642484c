import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossMap } from '../../src/causality/crossMap';
import { crossMapScan } from '../../src/causality/crossMapScan';
import { checkStatuses } from '../../src/causality/nonlinearCheck';
import { awkwardSeries, logistic, normals } from '../chaos/series';
import { exponentsOf } from './exponents';

test('the scan equals crossMap weight by weight', async () => {
  const causes = [...awkwardSeries().values()].filter(series => series.length === 200);
  for (const target of [Array.from({ length: 200 }, normals(3)), logistic(200, 0.3), causes[0], causes[16]]) {
    const options = { dimension: 3, libraries: [40, 80], draws: 2, surrogates: 3, seed: 4 };
    const scan = await crossMapScan(exponentsOf(causes), target, options);
    causes.forEach((cause, w) => {
      const expected = crossMap(cause, target, options);
      assert.equal(checkStatuses[scan.status[w]], expected.status);
      assert.equal(scan.skill[w], expected.skill);
      assert.equal(scan.pValue[w], expected.pValue);
      assert.deepEqual(
        [scan.skills[w], scan.skills[causes.length + w]],
        Array.from(expected.skills, skill => skill),
      );
    });
    assert.deepEqual(scan.libraries, [40, 80]);
  }
});

test('a target of another length throws, an aborted scan stops, a finished one reports', async () => {
  const exponents = exponentsOf([[1, 2, 3]]);
  await assert.rejects(
    crossMapScan(exponents, [1, 2]),
    /Cannot cross map weights: .* 3 windows is required, 2 came/,
  );
  const signal = AbortSignal.abort(new Error('stopped'));
  await assert.rejects(crossMapScan(exponents, [1, 2, 3], { signal }), /stopped/);
  const done: number[] = [];
  await crossMapScan(exponents, [1, 2, 3], { onProgress: progress => done.push(progress.done) });
  assert.deepEqual(done, [1]);
});
