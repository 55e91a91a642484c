import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WindowedExponents } from '../../src/chaos/windowedExponents';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { retrain } from '../../src/network/retrain';
import { train } from '../../src/network/train';
import { pruningRules } from '../../src/pruning/pruningScores';
import { exponentFlops, grangerFlops, scoringFlops, trainingFlops } from '../../src/pruning/searchCost';
import { trainingCost } from '../../src/pruning/trainingCost';
import { toyDataset } from '../network/toyDataset';
import { scanOf } from './scanOf';

const near = (a: number, b: number) =>
  assert.ok(Math.abs(a - b) <= 1e-12 * Math.abs(b), `${a}, expected ${b}`);

describe('operations', () => {
  test('of a training are 3 x (2 MACs + biases) x rows x epochs, removed weights not counted', async () => {
    const data = toyDataset();
    const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
    const training = { epochs: 5, learningRate: 0.1 };
    assert.equal(trainingFlops(await train(network, data, training), data), 3 * (2 * 42 + 9) * 40 * 5);
    const mask = createMask([4, 6, 3], [0, 1], 'two');
    assert.equal(
      trainingFlops(await retrain(network, mask, data, training), data),
      3 * (2 * 40 + 9) * 40 * 5,
    );
    assert.throws(() => trainingFlops({ initial: data as never, epochs: [] }, data), TypeError);
  });

  test('of exponents and tests are their documented counts', () => {
    const exponents = {
      kind: 'windowed-exponents',
      windows: 7,
      weights: 3,
      window: 100,
    } as WindowedExponents;
    assert.equal(exponentFlops(exponents, { estimator: 'direct' }), 21 * 500);
    assert.equal(exponentFlops(exponents, { estimator: 'rosenstein' }), 21 * (6 * 10_000 + 900));
    assert.throws(() => exponentFlops(exponents, { estimator: 'wolf' as never }), RangeError);
    assert.throws(() => exponentFlops(exponents, { estimator: 'rosenstein', steps: 0 }), RangeError);
    // 30 windows, lag 1: 29 rows; 2 columns once, 3 columns for each of 2 weights.
    const scan = scanOf([0.1, 0.2]);
    near(grangerFlops(scan), 8 * (29 - 2 / 3) + 2 * 18 * (29 - 1));
    assert.equal(grangerFlops({ ...scan, windows: 2 }), 0);
  });

  test('of scoring are passes over the rows, or a few a weight', () => {
    const data = toyDataset();
    const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
    const pass = (2 * 42 + 9) * 40;
    const counts = pruningRules.map(rule => [rule, scoringFlops(network, data, rule)]);
    assert.deepEqual(counts, [
      ['magnitude', 42],
      ['lamp', 3 * 42],
      ['snip', 3 * pass],
      ['grasp', 9 * pass],
      ['synflow', 6 * 42],
      // H of the outputs times W (3 x 3 x 6), its diagonal (3 x 6), and the squares: 24 + 18 weights.
      ['obd', 3 * pass + 40 * 2 * (54 + 18 + 18 + 24)],
    ]);
    assert.throws(() => scoringFlops(network, data, 'random' as never), RangeError);
  });
});

describe('trainingCost', () => {
  const stages = [
    { name: 'search', flops: 3e9 },
    { name: 'training under the mask', flops: 1e9 },
  ];

  test('adds the stages up and says what energy rests on', () => {
    const cost = trainingCost(stages);
    assert.equal(cost.flops, 4e9);
    assert.deepEqual(
      cost.stages.map(({ share }) => share),
      [0.75, 0.25],
    );
    assert.equal(cost.seconds, null);
    near(cost.joules, 0.28);
    near(cost.kilowattHours, 0.28 / 3.6e6);
    near(cost.gramsCo2e, (481 * 0.28) / 3.6e6);
    assert.deepEqual(
      cost.assumptions.map(({ value }) => value),
      [7e-11, 1, 481],
    );
    assert.ok(cost.assumptions.every(({ source }) => source !== 'given by the caller'));
  });

  test('is linear in every assumption, and marks those that were given', () => {
    const base = trainingCost(stages);
    const other = trainingCost(stages, { joulesPerFlop: 1.4e-10, pue: 1.5, gramsPerKwh: 962 });
    near(other.joules, 3 * base.joules);
    near(other.gramsCo2e, 6 * base.gramsCo2e);
    assert.ok(other.assumptions.every(({ source }) => source === 'given by the caller'));
  });

  test('adds seconds only where every stage was measured', () => {
    const timed = stages.map((stage, k) => ({ ...stage, seconds: k + 1 }));
    assert.equal(trainingCost(timed).seconds, 3);
    assert.equal(trainingCost([timed[0], stages[1]]).seconds, null);
  });

  test('of nothing is nothing', () => {
    const { flops, joules, seconds } = trainingCost([]);
    assert.deepEqual([flops, joules, seconds], [0, 0, null]);
    assert.equal(trainingCost([{ name: 'none', flops: 0 }]).stages[0].share, 0);
  });

  test('refuses what makes no sense', () => {
    assert.throws(() => trainingCost('all' as never), TypeError);
    assert.throws(
      () => trainingCost([{ name: 'x', flops: -1 }]),
      /flops of 'x' must be finite and at least 0/,
    );
    assert.throws(() => trainingCost([{ name: 'x', flops: Number.NaN }]), RangeError);
    assert.throws(() => trainingCost([{ name: 'x', flops: 1, seconds: -1 }]), RangeError);
    assert.throws(() => trainingCost([{ name: 'x', flop: 1 } as never]), TypeError);
    assert.throws(() => trainingCost(stages, { pue: 0.9 }), RangeError);
    assert.throws(() => trainingCost(stages, { joulesPerFlop: Number.POSITIVE_INFINITY }), RangeError);
  });
});
