import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupedDifference, groupNames } from '../../src/chaos/groupedDifference';
import { windowedLyapunov } from '../../src/chaos/windowedLyapunov';
import { createNetwork } from '../../src/network/createNetwork';
import { recordTangent } from '../../src/network/recordTangent';
import { toyDataset } from '../network/toyDataset';
import { normals, recordingOf } from './series';

const noise = normals(9);
const series = Array.from({ length: 8 }, () => Float64Array.from({ length: 50 }, noise));
const recording = recordingOf('difference', [3, 2, 1], series); // 6 weights, then 2

test('groupedDifference takes norms over the weights into a unit, or between two layers', async () => {
  const norm = (weights: number[], t: number) => Math.hypot(...weights.map(weight => series[weight][t]));
  for (const [group, members] of [
    [
      'neuron',
      [
        [0, 1, 2],
        [3, 4, 5],
        [6, 7],
      ],
    ],
    [
      'layer',
      [
        [0, 1, 2, 3, 4, 5],
        [6, 7],
      ],
    ],
  ] as const) {
    const grouped = groupedDifference(recording, group);
    assert.equal(grouped.weights, members.length);
    const window = await grouped.readWindow(5, 20);
    assert.equal(window.series.length, members.length * 20);
    members.forEach((weights, g) => {
      for (let t = 0; t < 20; t++) {
        const expected = norm([...weights], 5 + t);
        assert.ok(Math.abs(window.series[g * 20 + t] - expected) < 1e-14 * expected);
      }
    });
  }
});

test('groups are named in the order of their series', () => {
  assert.deepEqual(groupedDifference(recording, 'layer').names, ['layer 1', 'layer 2']);
  assert.deepEqual(groupNames([3, 2, 1], 'neuron'), [
    'layer 1, unit 1',
    'layer 1, unit 2',
    'layer 2, unit 1',
  ]);
});

test('norms neither overflow nor vanish, and NaN stays NaN', async () => {
  const flat = (value: number) => new Float64Array(3).fill(value);
  for (const [values, expected] of [
    [[1e200, 1e200], Math.SQRT2 * 1e200],
    [[3e-200, 4e-200], 5e-200],
    [[0, 0], 0],
    [[1, Number.NaN], Number.NaN],
    [[Number.NaN, 1], Number.NaN],
    [[Number.NEGATIVE_INFINITY, 1], Number.POSITIVE_INFINITY],
  ] as const) {
    const pair = recordingOf('difference', [2, 1], [flat(values[0]), flat(values[1])]);
    const [norm] = (await groupedDifference(pair, 'layer').readWindow(0, 3)).series;
    assert.ok(
      Object.is(norm, expected) || Math.abs(norm - expected) <= 1e-15 * expected,
      `${values}: ${norm}`,
    );
  }
});

test('exponents of a layer are those of its growth: windowedLyapunov needs no variant', async () => {
  const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
  const tangent = await recordTangent(network, toyDataset(), { epochs: 10, learningRate: 0.1 });
  const found = await windowedLyapunov(groupedDifference(tangent, 'neuron'), { window: 50 });
  assert.deepEqual([found.windows, found.weights], [8, 9]);
  assert.ok(found.values.every(Number.isFinite));
  const single = await windowedLyapunov(tangent, { window: 50 });
  const spread = (values: Float64Array) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  assert.ok(spread(found.values) < spread(single.values), 'norms do not change sign');
});

test('groupedDifference refuses weights and other groups', () => {
  assert.throws(() => groupedDifference(recordingOf('weights', [3, 2, 1], series), 'layer'), TypeError);
  assert.throws(() => groupedDifference(recording, 'network' as never), RangeError);
});
