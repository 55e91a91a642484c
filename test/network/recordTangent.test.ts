import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import type { Network } from '../../src/network/network';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { flattenParameters } from '../../src/network/parameters';
import { type RecordTangentOptions, recordTangent } from '../../src/network/recordTangent';
import { recordTraining } from '../../src/network/recordTraining';
import { recordTwin } from '../../src/network/recordTwin';
import { toyDataset } from './toyDataset';

const dataset = toyDataset();
const network = createNetwork({ layers: [4, 6, 3], seed: 1, init: { name: 'normal', sd: 0.5 } });
const options: RecordTangentOptions = { epochs: 20, learningRate: 0.1, shuffle: 'each-epoch', seed: 4 };

/** Median over all weights and iterates of |twin - tangent| / |tangent|. */
async function medianDifference(base: Network, more: Partial<RecordTangentOptions>): Promise<number> {
  const all = { ...options, ...more, perturbation: { weight: 7, delta: 1e-6 } };
  const [tangent, twin] = [await recordTangent(base, dataset, all), await recordTwin(base, dataset, all)];
  const exact = (await tangent.readWindow(1, tangent.iterates - 1)).series;
  const near = (await twin.readWindow(1, twin.iterates - 1)).series;
  const relative = Array.from(exact, (value, i) => Math.abs(near[i] - value) / Math.abs(value)).filter(
    value => !Number.isNaN(value),
  );
  assert.ok(relative.length > 0.9 * exact.length);
  relative.sort((a, b) => a - b);
  return relative[relative.length >> 1];
}

describe('recordTangent', () => {
  const tanhSoftmax = createNetwork({
    layers: [4, 5, 4, 3],
    activation: 'tanh',
    output: 'softmax',
    seed: 2,
    init: { name: 'normal', sd: 0.5 },
  });
  const cases: [string, Network, Partial<RecordTangentOptions>][] = [
    ['batch 1, the study’s rule', network, {}],
    ['full batch', network, { batch: 40, epochs: 400 }],
    ['batches of 16 with momentum', network, { batch: 16, momentum: 0.9, epochs: 100 }],
    ['sigmoid cross-entropy', network, { loss: 'cross-entropy' }],
    [
      'tanh hidden layers, softmax, cross-entropy',
      tanhSoftmax,
      { loss: 'cross-entropy', learningRate: 0.02 },
    ],
    ['tanh hidden layers, softmax, squared error', tanhSoftmax, { batch: 8 }],
  ];
  for (const [name, base, more] of cases) {
    test(`equals a twin with delta 1e-6 within a median of 1e-6: ${name}`, async () => {
      const median = await medianDifference(base, more);
      assert.ok(median <= 1e-6, `${median}`);
    });
  }

  test('of a linear unit is (1 - 2 learningRate mean(x x^T))^t delta_0, the exponent of its largest factor', async () => {
    const linear = networkFromWeights({
      layers: [4, 1],
      activation: 'identity',
      output: 'identity',
      weights: [Float64Array.of(0.1, -0.2, 0.3, 0.4)],
      biases: [Float64Array.of(0)],
    });
    const oneOutput = toyDataset(4, 1);
    const { inputs, rows } = oneOutput.train;
    const learningRate = 0.05;
    const tangent = await recordTangent(linear, oneOutput, { epochs: 30, learningRate, batch: rows });
    const { series } = await tangent.readWindow(0, 31);
    let delta = Float64Array.of(1e-6, 0, 0, 0, 0);
    for (let t = 0; t <= 30; t++) {
      for (let k = 0; k < 4; k++) {
        assert.ok(Math.abs(series[k * 31 + t] - delta[k]) < 1e-19, `weight ${k}, iterate ${t}`);
      }
      assert.ok(Math.abs(tangent.logNorm[t] - Math.log(Math.hypot(...delta))) < 1e-12);
      const next = delta.slice();
      for (let row = 0; row < rows; row++) {
        const x = [...inputs.subarray(4 * row, 4 * row + 4), 1];
        const along = x.reduce((sum, value, k) => sum + value * delta[k], 0);
        x.forEach((value, k) => {
          next[k] -= (learningRate * 2 * value * along) / rows;
        });
      }
      delta = next;
    }
  });

  test('trains the network as recordTraining does, bit for bit', async () => {
    const tangent = await recordTangent(network, dataset, { ...options, momentum: 0.5, batch: 7 });
    const base = await recordTraining(network, dataset, { ...options, momentum: 0.5, batch: 7 });
    assert.deepEqual(flattenParameters(tangent.final), flattenParameters(base.final));
    assert.deepEqual(tangent.epochs, base.epochs);
    assert.deepEqual(
      flattenParameters(await tangent.networkAt(50)),
      flattenParameters(await base.networkAt(50)),
    );
  });

  test('is linear in delta, and sums over perturbed weights', async () => {
    const seriesFor = async (weight: number | number[], delta: number) => {
      const recording = await recordTangent(network, dataset, {
        ...options,
        perturbation: { weight, delta },
      });
      return (await recording.readWindow(0, recording.iterates)).series;
    };
    const [one, other, both] = [await seriesFor(3, 1), await seriesFor(30, 2), await seriesFor([3, 30], 1)];
    for (let i = 0; i < both.length; i++) {
      assert.ok(Math.abs(both[i] - one[i] - other[i] / 2) <= 1e-12, `${i}`);
    }
  });

  test('stays 0 in removed weights', async () => {
    const masked = applyMask(network, createMask([4, 6, 3], [5, 40], 'two'));
    const recording = await recordTangent(masked, dataset, options);
    const { series } = await recording.readWindow(0, recording.iterates);
    for (const weight of [5, 40]) {
      const start = weight * recording.iterates;
      assert.ok(series.subarray(start, start + recording.iterates).every(value => value === 0));
    }
    await assert.rejects(
      recordTangent(masked, dataset, { ...options, perturbation: { weight: 5 } }),
      RangeError,
    );
  });

  test('says what it is, and refuses float32', async () => {
    const tangent = await recordTangent(network, dataset, options);
    assert.deepEqual(
      [tangent.content, tangent.method, tangent.perturbation, tangent.rescaleEvery],
      ['difference', 'tangent', { weight: 0, delta: 1e-6 }, null],
    );
    await assert.rejects(recordTangent(network, dataset, { ...options, engine: 'tfjs' }), RangeError);
  });
});

describe('rescaling', () => {
  const momentum = { ...options, momentum: 0.6, batch: 8 };

  test('changes no window of a tangent, and no norm: the map is linear', async () => {
    const plain = await recordTangent(network, dataset, momentum);
    const rescaled = await recordTangent(network, dataset, { ...momentum, rescaleEvery: 7 });
    assert.equal(rescaled.rescaleEvery, 7);
    const whole = [await plain.readWindow(0, 101), await rescaled.readWindow(0, 101)];
    assertProportional(whole[1].series, whole[0].series, 1);
    for (let t = 0; t <= 100; t++)
      assert.ok(Math.abs(rescaled.logNorm[t] - plain.logNorm[t]) < 1e-10, `${t}`);
    for (const [start, length] of [
      [1, 20],
      [7, 1],
      [7, 30],
      [8, 13],
      [50, 51],
    ]) {
      const [a, b] = [await plain.readWindow(start, length), await rescaled.readWindow(start, length)];
      const factor = b.series[0] / a.series[0];
      assertProportional(b.series, a.series, factor);
    }
  });

  test('changes a twin only in second order: the difference stays at its first length', async () => {
    const tangent = await recordTangent(network, dataset, momentum);
    const rescaled = await recordTwin(network, dataset, { ...momentum, rescaleEvery: 10 });
    const [a, b] = [await tangent.readWindow(0, 101), await rescaled.readWindow(0, 101)];
    const size = Math.hypot(...a.series);
    assert.ok(Math.hypot(...a.series.map((value, i) => value - b.series[i])) < 1e-5 * size);
    const last = await rescaled.readWindow(91, 10);
    const norm = Math.hypot(...Array.from({ length: 42 }, (_, weight) => last.series[weight * 10]));
    assert.ok(norm > 0.2e-6 && norm < 5e-6, `${norm}`);
  });

  test('finds the growth rate of a run whose difference would vanish', async () => {
    // Full batch on a linear unit: every update shrinks the slowest direction by one factor, below the smallest double.
    const linear = networkFromWeights({
      layers: [4, 1],
      activation: 'identity',
      output: 'identity',
      weights: [new Float64Array(4)],
      biases: [new Float64Array(1)],
    });
    const oneOutput = toyDataset(4, 1);
    const run = { epochs: 6000, learningRate: 0.5, batch: 40 };
    const lost = await recordTangent(linear, oneOutput, run);
    const kept = await recordTangent(linear, oneOutput, { ...run, rescaleEvery: 100 });
    const slope = (norms: Float64Array, from: number, to: number) => (norms[to] - norms[from]) / (to - from);
    const early = slope(lost.logNorm, 100, 300);
    assert.ok(early < -0.1, `${early}`);
    assert.ok(slope(lost.logNorm, 5000, 6000) > early / 2, 'frozen at the last digit');
    assert.ok(Math.abs(slope(kept.logNorm, 100, 6000) - early) < 1e-6);
  });

  test('is refused for float32 and for a step that is no whole number', async () => {
    await assert.rejects(recordTwin(network, dataset, { ...options, rescaleEvery: 0 }), RangeError);
    await assert.rejects(
      recordTwin(network, dataset, { ...options, rescaleEvery: 5, engine: 'tfjs' }),
      RangeError,
    );
  });
});

function assertProportional(actual: Float64Array, expected: Float64Array, factor: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i] - factor * expected[i]);
    assert.ok(error <= 1e-10 * Math.abs(actual[i]) + 1e-25, `${i}: ${actual[i]}, ${factor * expected[i]}`);
  }
}
