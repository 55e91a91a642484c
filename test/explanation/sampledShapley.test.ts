import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pixelBlocks, shapley } from '../../src';
import type { ShapleyMethod } from '../../src/explanation/shapleyValues';
import { readOracle } from '../chaos/oracle';
import { largestGap, normalRows, randomNetwork } from './games';

interface EstimatorRow {
  readonly kind: string;
  readonly M: number;
  readonly budget: number;
  readonly leverage_paired_wor: readonly [median: number, mean: number];
  readonly permutation_antithetic: readonly [median: number, mean: number];
  readonly shap_KernelExplainer_l1_0: readonly [median: number, mean: number];
}

/** Median of sum (phi - exact)^2 / sum exact^2 over networks and seeds. */
async function medianError(
  players: number,
  method: ShapleyMethod,
  samples: number,
  networks = 8,
  seeds = 3,
): Promise<number> {
  const errors: number[] = [];
  for (let n = 0; n < networks; n++) {
    const network = randomNetwork([players, 8, 1], 100 + n);
    const [background, rows] = [normalRows(4, players, 200 + n), normalRows(1, players, 300 + n)];
    const exact = (await shapley(network, background, rows, { method: 'exact' })).values;
    const size = exact.reduce((sum, value) => sum + value ** 2, 0);
    for (let seed = 0; seed < seeds; seed++) {
      const { values } = await shapley(network, background, rows, { method, samples, seed });
      errors.push(values.reduce((sum, value, i) => sum + (value - exact[i]) ** 2, 0) / size);
    }
  }
  return errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)];
}

describe('sampled Shapley values', () => {
  const { rows } = readOracle<{ estimators: { rows: readonly EstimatorRow[] } }>('shap_kernel').estimators;
  for (const budget of [60, 240]) {
    const known = rows.find(row => row.kind === 'mlp' && row.M === 12 && row.budget === budget)!;
    test(`err as their methods do elsewhere, ${budget} coalitions of 12 players, within a factor of 2.5`, async () => {
      const pairs = [
        ['leverage', known.leverage_paired_wor[0]],
        ['permutation', known.permutation_antithetic[0]],
        ['kernel', known.shap_KernelExplainer_l1_0[0]],
      ] as const;
      for (const [method, theirs] of pairs) {
        const ratio = (await medianError(12, method, budget)) / theirs;
        assert.ok(ratio > 1 / 2.5 && ratio < 2.5, `${method} ${ratio}`);
      }
    });
  }

  test('16 players, 160 coalitions: leverage errs less than antithetic orders', async () => {
    assert.ok((await medianError(16, 'leverage', 160, 5)) < (await medianError(16, 'permutation', 160, 5)));
  });

  test('32 coalitions are too few for regression of 16 players, and auto takes orders', async () => {
    const [background, explained] = [normalRows(2, 16, 1), normalRows(1, 16, 2)];
    const network = randomNetwork([16, 4, 1], 1);
    const found = await shapley(network, background, explained, { samples: 40, seed: 1 });
    assert.equal(found.method, 'permutation');
    assert.equal((await shapley(network, background, explained, { seed: 1 })).method, 'leverage');
    await assert.rejects(
      shapley(network, background, explained, { method: 'leverage', samples: 32, seed: 1 }),
      /16 players need at least 48 samples, got 32/,
    );
  });

  for (const method of ['leverage', 'permutation', 'kernel'] as const) {
    test(`standard errors of ${method} cover the exact values: |z| < 2 in about 95 of 100`, async () => {
      let covered = 0;
      let total = 0;
      for (let n = 0; n < 40; n++) {
        const network = randomNetwork([14, 6, 1], n);
        const [background, explained] = [normalRows(2, 14, 50 + n), normalRows(1, 14, 150 + n)];
        const exact = await shapley(network, background, explained, { method: 'exact' });
        const drawn = await shapley(network, background, explained, { method, samples: 300, seed: n });
        drawn.values.forEach((value, i) => {
          if (Math.abs(value - exact.values[i]) < 2 * drawn.standardErrors[i]) covered++;
          total++;
        });
      }
      const share = covered / total;
      assert.ok(share > 0.88 && share < 0.995, `${share}`);
    });

    test(`${method} adds up whatever was drawn, and the same seed draws the same`, async () => {
      const network = randomNetwork([20, 5, 3], 4);
      const [background, explained] = [normalRows(3, 20, 5), normalRows(2, 20, 6)];
      const options = { method, samples: 150, seed: 9 } as const;
      const first = await shapley(network, background, explained, options);
      assert.ok(first.additivityGap < 1e-12);
      assert.deepEqual((await shapley(network, background, explained, options)).values, first.values);
      const other = await shapley(network, background, explained, { ...options, seed: 10 });
      assert.notDeepEqual(other.values, first.values);
    });
  }

  test('samples for every coalition leave nothing to chance: exact values, no errors, no seed needed', async () => {
    const network = randomNetwork([7, 5, 1], 4);
    const [background, explained] = [normalRows(3, 7, 5), normalRows(2, 7, 6)];
    const { values: exact } = await shapley(network, background, explained);
    for (const method of ['leverage', 'permutation', 'kernel'] as const) {
      const found = await shapley(network, background, explained, { method, samples: 126 });
      assert.ok(largestGap(found.values, exact) < 1e-13);
      assert.ok(found.standardErrors.every(error => error === 0));
    }
  });

  test('one pair of orders tells no standard error', async () => {
    const network = randomNetwork([14, 5, 1], 4);
    const found = await shapley(network, normalRows(2, 14, 5), normalRows(1, 14, 6), {
      method: 'permutation',
      samples: 26,
      seed: 1,
    });
    assert.ok(found.standardErrors.every(Number.isNaN));
    assert.equal(found.coalitions, 28);
  });
});

describe('groups of features as players', () => {
  test('a product of three: two of them as one player get 3, not the 4 that their own values add up to', async () => {
    const f = (x: Float64Array, n: number) =>
      Float64Array.from({ length: n }, (_, r) => 6 * x[3 * r] * x[3 * r + 1] * x[3 * r + 2]);
    const single = await shapley(f, [[0, 0, 0]], [[1, 1, 1]], { names: ['a', 'b', 'c'] });
    const grouped = await shapley(f, [[0, 0, 0]], [[1, 1, 1]], {
      names: ['a', 'b', 'c'],
      groups: { 'a and b': [0, 1] },
    });
    assert.deepEqual(grouped.names, ['a and b', 'c']);
    assert.ok(largestGap(single.values, [2, 2, 2]) < 1e-15);
    assert.ok(largestGap(grouped.values, [3, 3]) < 1e-15);
    assert.ok(Number.isNaN(grouped.inputs[0]) && grouped.inputs[1] === 1);
  });

  test('16 blocks of 784 pixels are explained exactly, deep network and function alike', async () => {
    const network = randomNetwork([784, 5, 4, 3], 1, 'sigmoid', 0.05);
    const groups = pixelBlocks(28, 28, 7);
    assert.equal(Object.keys(groups).length, 16);
    assert.equal(new Set(Object.values(groups).flat()).size, 784);
    const background = [new Float64Array(784)];
    const image = normalRows(1, 784, 3);
    const found = await shapley(network, background, image, { groups, method: 'exact' });
    assert.equal(found.coalitions, 65536);
    assert.ok(found.additivityGap < 1e-12);
    const drawn = await shapley(network, background, image, { groups, seed: 1 });
    assert.equal(drawn.method, 'leverage');
    drawn.values.forEach((value, i) => {
      assert.ok(Math.abs(value - found.values[i]) < 5 * drawn.standardErrors[i] + 1e-9);
    });
  });

  test('a cost is told before the work starts', async () => {
    const told: { done: number; total: number; task: string }[] = [];
    await shapley(randomNetwork([13, 3, 1], 1), normalRows(2, 13, 1), normalRows(3, 13, 2), {
      method: 'exact',
      onProgress: progress => told.push({ ...progress }),
    });
    assert.equal(told[0].done, 0);
    assert.equal(told[0].total, 3 * 8192 * 2);
    assert.match(told[0].task, /8192 coalitions a row/);
    assert.equal(told.at(-1)!.done, told[0].total);
  });

  test('17 players are refused exactly, with what to do instead', async () => {
    await assert.rejects(
      shapley(randomNetwork([17, 3, 1], 1), normalRows(2, 17, 1), normalRows(1, 17, 2), { method: 'exact' }),
      /at most 16 players are possible; put features into groups/,
    );
  });

  test('an aborted run ends with the reason of its signal', async () => {
    const controller = new AbortController();
    const promise = shapley(randomNetwork([16, 30, 30, 1], 1), normalRows(50, 16, 1), normalRows(9, 16, 2), {
      method: 'exact',
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await assert.rejects(promise, /enough/);
  });
});
