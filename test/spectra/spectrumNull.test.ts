import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createMask,
  createNetwork,
  fitPowerLaw,
  goodnessOfFit,
  layerMatrix,
  layerSpectrum,
  randomStream,
  spectrumNull,
} from '../../src';
import { applyMask } from '../../src/network/applyMask';
import { quantileOf } from '../../src/statistics/quantile';
import { readOracle } from '../chaos/oracle';
import { gauss, initUniform, recipe } from './recipes';

interface NullRow {
  readonly case: string;
  readonly shape: readonly number[];
  readonly alpha_quantiles: Readonly<Record<string, number>>;
  readonly share_below_2: number;
  readonly share_2_to_6: number;
  readonly n_tail_median: number;
}

const oracle = readOracle<{
  rows: readonly NullRow[];
  p_values_alpha_le_under_init_uniform: Readonly<Record<string, Readonly<Record<string, number>>>>;
}>('alpha_null');

/** Standard error of a share. */
function error(share: number, draws: number): number {
  return Math.sqrt((share * (1 - share)) / draws);
}

for (const [rows, cols, draws] of [
  [10, 30, 2000],
  [30, 50, 1000],
  [50, 784, 150],
]) {
  test(`alpha of ${draws} untrained layers of ${rows} x ${cols} lies where 4000 others have it`, async () => {
    const { alpha } = await spectrumNull(layerSpectrum(initUniform(rows, cols, 1)), {
      null: 'uniform',
      draws,
      seed: 1,
    });
    const row = oracle.rows.find(
      each => each.case === 'init_uniform' && `${each.shape}` === `${[rows, cols]}`,
    );
    assert.ok(row);
    for (const [name, quantile] of Object.entries(row.alpha_quantiles)) {
      const share = Number.parseFloat(name) / 100;
      const below = alpha.values.filter(value => value < quantile).length / draws;
      const allowed = 4 * Math.hypot(error(share, draws), error(share, 4000));
      assert.ok(Math.abs(below - share) < allowed, `${name}: ${below}`);
    }
    const trained = alpha.values.filter(value => value >= 2 && value <= 6).length / draws;
    assert.ok(Math.abs(trained - row.share_2_to_6) < 4 * error(row.share_2_to_6, draws) + 0.01, `${trained}`);
    // How rare the paper's exponents are among untrained layers.
    for (const [printed, p] of Object.entries(
      oracle.p_values_alpha_le_under_init_uniform[`${rows}x${cols}`],
    )) {
      const share = alpha.values.filter(value => value <= Number(printed)).length / draws;
      assert.ok(Math.abs(share - p) < 4 * error(p, draws) + 2 / draws, `${printed}: ${share}, not ${p}`);
    }
  });
}

test('pruning at random and Gaussian instead of uniform weights move the null of alpha as the reference has it', async () => {
  const draws = 1000;
  const kept = new Uint8Array(300).fill(1);
  const removed = randomStream(1, 'removed');
  for (let left = 120; left > 0; ) {
    const at = Math.floor(300 * removed());
    if (kept[at] === 1) left--;
    kept[at] = 0;
  }
  const values = initUniform(10, 30, 2).values.map((value, i) => value * kept[i]);
  const pruned = await spectrumNull(layerSpectrum({ rows: 10, cols: 30, values, kept }), {
    null: 'uniform',
    draws,
    seed: 2,
  });
  const gaussian = await spectrumNull(layerSpectrum(gauss(10, 30, 3)), { draws, seed: 3 });
  for (const [name, { alpha }] of [
    ['init_uniform+rand40', pruned],
    ['gauss', gaussian],
  ] as const) {
    const row = oracle.rows.find(each => each.case === name && `${each.shape}` === '10,30');
    const median = row?.alpha_quantiles['50%'] ?? Number.NaN;
    // One mask and one matrix, not a thousand: wider than sampling error alone.
    assert.ok(Math.abs(alpha.median / median - 1) < 0.1, `${name}: ${alpha.median}, not ${median}`);
  }
});

test('p-values of layers without learning are uniform: each null rejects them at its level', async () => {
  const p = { alpha: [] as number[], largest: [] as number[], above: [] as number[] };
  for (let k = 0; k < 200; k++) {
    const found = await spectrumNull(layerSpectrum(initUniform(10, 30, 9000 + k)), { draws: 39, seed: k });
    for (const name of ['alpha', 'largest', 'above'] as const) p[name].push(found[name].pValue);
  }
  for (const values of [p.alpha, p.largest]) {
    const share = (level: number) => values.filter(value => value <= level).length / 200;
    assert.ok(Math.abs(share(0.1) - 0.1) < 4 * error(0.1, 200), `${share(0.1)}`);
    assert.ok(Math.abs(share(0.5) - 0.5) < 4 * error(0.5, 200), `${share(0.5)}`);
  }
  // Counts tie, so the test of counts rejects more rarely than its level.
  assert.ok(p.above.filter(value => value <= 0.1).length / 200 < 0.1);
});

test('planted directions are found in 50 x 784', async () => {
  const found = await spectrumNull(layerSpectrum(recipe('spiked_50x784')), { draws: 60, seed: 1 });
  for (const { pValue } of [found.alpha, found.largest, found.stableRank, found.above])
    assert.equal(pValue, 1 / 61);
  assert.ok(found.alpha.observed < found.alpha.low);
});

test('a null does not depend on the number of workers, bit for bit, nor on how many draws follow', async () => {
  const spectrum = layerSpectrum(recipe('spiked_30x50'));
  const alone = await spectrumNull(spectrum, { draws: 45, seed: 'x', workers: 0 });
  assert.deepEqual(await spectrumNull(spectrum, { draws: 45, seed: 'x', workers: 1 }), alone);
  assert.deepEqual(await spectrumNull(spectrum, { draws: 45, seed: 'x', workers: 2 }), alone);
  const fewer = await spectrumNull(spectrum, { draws: 20, seed: 'x' });
  assert.deepEqual(fewer.alpha.values, alone.alpha.values.slice(0, 20));
  const other = await spectrumNull(spectrum, { draws: 20, seed: 'y' });
  assert.notDeepEqual(other.alpha.values, fewer.alpha.values);
});

test('a null of initial weights keeps the mask on and leaves the weights that came as they were', async () => {
  const before = createNetwork({ layers: [30, 10, 3], seed: 1 });
  const network = applyMask(before, createMask([30, 10, 3], [0, 1, 2, 50], 'for the test'));
  const initial = layerMatrix(before, 1);
  const copy = initial.values.slice();
  const found = await spectrumNull(layerSpectrum(network, 1), {
    null: 'initial',
    initial,
    draws: 50,
    seed: 1,
  });
  assert.deepEqual(initial.values, copy);
  assert.ok(found.largest.pValue > 1 / 51);
  const wrong = { null: 'initial', initial: layerMatrix(before, 2), seed: 1 } as const;
  await assert.rejects(spectrumNull(layerSpectrum(network, 1), wrong), TypeError);
  await assert.rejects(spectrumNull(layerSpectrum(network, 1), { null: 'initial', seed: 1 }), RangeError);
  await assert.rejects(
    spectrumNull(layerSpectrum(network, 1), { null: 'initals' as never, seed: 1 }),
    RangeError,
  );
});

test('a layer of zeros has no null, one eigenvalue has one of equal draws', async () => {
  const zero = await spectrumNull(layerSpectrum({ rows: 3, cols: 3, values: new Float64Array(9) }), {
    seed: 1,
  });
  assert.deepEqual([zero.status, zero.draws, zero.alpha.pValue], ['failed', 0, Number.NaN]);
  const row = layerSpectrum({ rows: 1, cols: 3, values: Float64Array.of(1, 2, 3) });
  const { alpha, largest, stableRank } = await spectrumNull(row, { seed: 1, draws: 9 });
  assert.deepEqual([alpha.pValue, largest.pValue, stableRank.pValue], [Number.NaN, 1, 1]);
});

test('an aborted null ends with the reason, with and without workers', async () => {
  const spectrum = layerSpectrum(recipe('spiked_50x784'));
  for (const workers of [0, 1]) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 60);
    await assert.rejects(
      spectrumNull(spectrum, { seed: 1, draws: 5000, workers, signal: controller.signal }),
      /enough/,
    );
  }
});

test('goodnessOfFit: p-values of samples of a power law are spread over 0 to 1', async () => {
  const random = randomStream(5, 'pareto');
  const p: number[] = [];
  for (let k = 0; k < 100; k++) {
    const fit = fitPowerLaw(Array.from({ length: 60 }, () => (1 - random()) ** (-1 / 1.5)));
    p.push((await goodnessOfFit(fit, { seed: k, draws: 99 })).pValue);
  }
  const mean = p.reduce((sum, value) => sum + value) / 100;
  assert.ok(mean > 0.4 && mean < 0.75, `${mean}`);
  assert.ok(p.filter(value => value < 0.1).length <= 18, `${p.filter(value => value < 0.1).length}`);
});

test('goodnessOfFit agrees with the same bootstrap in numpy', async () => {
  // 4000 samples with numpy's default_rng(7): p-value, then quantiles 2.5 and 50 % of alpha.
  const expected = {
    evals_gauss_10x30: [0.031, 1.59, 2.218],
    evals_spiked_10x30: [0.542, 1.827, 3.218],
    evals_spiked_50x784: [0.725, 2.955, 3.989],
    lognormalish_n200: [0.327, 2.573, 3.622],
  };
  const { lists } = readOracle<{ lists: Readonly<Record<string, { data: readonly number[] }>> }>(
    'powerlaw_fits',
  );
  for (const [name, [p, low, median]] of Object.entries(expected)) {
    const found = await goodnessOfFit(fitPowerLaw(lists[name].data), { seed: 2, draws: 600 });
    assert.ok(
      Math.abs(found.pValue - p) < 4 * Math.hypot(error(p, 600), error(p, 4000)),
      `${name}: ${found.pValue}`,
    );
    assert.ok(Math.abs(found.alphaLow / low - 1) < 0.1, `${name}: ${found.alphaLow}`);
    assert.ok(Math.abs(found.alphaMedian / median - 1) < 0.1, `${name}: ${found.alphaMedian}`);
  }
});

test('goodnessOfFit is seeded, gives no verdict on short tails and fails where the fit does', async () => {
  const short = fitPowerLaw([1, 2, 4, 8, 16]);
  const once = await goodnessOfFit(short, { seed: 1, draws: 200 });
  assert.equal(once.verdict, 'none');
  assert.deepEqual(await goodnessOfFit(short, { seed: 1, draws: 200 }), once);
  assert.ok(once.alphaLow < once.alphaMedian && once.alphaMedian < once.alphaHigh);
  const none = await goodnessOfFit(fitPowerLaw([]), { seed: 1 });
  assert.deepEqual([none.status, none.pValue, none.verdict], ['failed', Number.NaN, 'none']);
});

test('quantileOf is linear between neighbours', () => {
  assert.equal(quantileOf([1, 2, 3, 4], 0.5), 2.5);
  assert.equal(quantileOf([1, 2, 3, 4], 1), 4);
  assert.equal(quantileOf([7], 0.3), 7);
  assert.ok(Number.isNaN(quantileOf([], 0.5)));
});
