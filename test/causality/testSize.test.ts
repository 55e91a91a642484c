import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testSize } from '../../src/causality/testSize';

test('the F test rejects 4 to 6 % of 20 000 unrelated pairs at 20, 50 and 100 windows', async () => {
  const { rates } = await testSize([20, 50, 100], { seed: 3, pairs: 20_000, tests: ['f'] });
  assert.ok(
    rates[0].rate.every(rate => rate > 0.04 && rate < 0.06),
    String(rates[0].rate),
  );
});

test('chi-square and likelihood ratio reject short unrelated pairs far too often', async () => {
  const { rates } = await testSize([10], { seed: 4, pairs: 4000 });
  // Measured apart with other series: .053, .161 and .122.
  const expected = { f: 0.053, chi2: 0.161, lr: 0.122 };
  for (const { test: name, rate, low, high } of rates) {
    assert.ok(Math.abs(rate[0] - expected[name]) < 0.02, `${name}: ${rate[0]}`);
    assert.ok(low[0] < rate[0] && rate[0] < high[0] && high[0] - low[0] < 0.03);
  }
});

test('the smallest p-value of several lags rejects too often, a lag by BIC hardly', async () => {
  const options = { seed: 5, pairs: 1000, maxLag: 6, tests: ['f'] } as const;
  const smallest = await testSize([100], options);
  const bic = await testSize([100], { ...options, lagRule: 'bic' });
  assert.ok(smallest.rates[0].rate[0] > 0.1);
  assert.ok(bic.rates[0].rate[0] < 0.08);
});

test('random walks are rejected more often than noise, and short lengths have no rate', async () => {
  const { rates } = await testSize([4, 50], { seed: 6, tests: ['f'], series: 'random-walk' });
  assert.ok(Number.isNaN(rates[0].rate[0]) && Number.isNaN(rates[0].low[0]));
  assert.ok(rates[0].rate[1] > 0.1);
});

test('the same seed gives the same rates, and tests of one call see the same pairs', async () => {
  const together = await testSize([15], { seed: 7, pairs: 500 });
  const alone = await testSize([10, 15], { seed: 7, pairs: 500, tests: ['chi2'] });
  assert.equal(together.rates[1].rate[0], alone.rates[0].rate[1]);
});

test('options out of range throw, and an aborted simulation stops', async () => {
  await assert.rejects(testSize([0], { seed: 1 }), RangeError);
  await assert.rejects(testSize([20], { seed: 1, pairs: 0 }), RangeError);
  await assert.rejects(testSize([20], { seed: 1, alpha: 2 }), RangeError);
  await assert.rejects(testSize([20], { seed: 1, series: 'noise' as never }), RangeError);
  const signal = AbortSignal.abort(new Error('stopped'));
  await assert.rejects(testSize([20], { seed: 1, signal }), /stopped/);
});
