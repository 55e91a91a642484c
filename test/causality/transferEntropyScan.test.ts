import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStatuses } from '../../src/causality/nonlinearCheck';
import { transferEntropy } from '../../src/causality/transferEntropy';
import { transferEntropyScan } from '../../src/causality/transferEntropyScan';
import { awkwardSeries, normals } from '../chaos/series';
import { exponentsOf } from './exponents';

test('the scan equals transferEntropy weight by weight', async () => {
  const noise = normals(11);
  const causes = [...awkwardSeries().values()].filter(series => series.length === 200);
  const target = Array.from({ length: 200 }, noise);
  for (const options of [
    {},
    { history: 2, causeHistory: 1 },
    { estimator: 'ksg', permutations: 3, seed: 5 },
  ] as const) {
    const scan = await transferEntropyScan(exponentsOf(causes), target, options);
    causes.forEach((cause, w) => {
      const expected = transferEntropy(cause, target, options);
      assert.equal(checkStatuses[scan.status[w]], expected.status);
      assert.equal(scan.nats[w], expected.nats);
      assert.equal(scan.pValue[w], expected.pValue);
    });
    assert.equal(scan.caution === null, !('estimator' in options));
  }
});

test('a target of another length throws, and an aborted scan stops', async () => {
  const exponents = exponentsOf([[1, 2, 3]]);
  await assert.rejects(
    transferEntropyScan(exponents, [1, 2]),
    /Cannot scan .* each of 3 windows is required, 2 came/,
  );
  const signal = AbortSignal.abort(new Error('stopped'));
  await assert.rejects(transferEntropyScan(exponents, [1, 2, 3], { signal }), /stopped/);
});
