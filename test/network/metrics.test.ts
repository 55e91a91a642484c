import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Part } from '../../src/data/dataset';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import {
  accuracy,
  accuracyOf,
  confusionMatrix,
  flops,
  macroF1,
  macroF1Of,
  macs,
} from '../../src/network/metrics';
import { networkFromWeights } from '../../src/network/networkFromWeights';

/** A network whose outputs are its inputs. */
function passThrough(width: number): ReturnType<typeof networkFromWeights> {
  const identity = new Float64Array(width * width);
  for (let i = 0; i < width; i++) identity[i * width + i] = 1;
  return networkFromWeights({
    layers: [width, width],
    activation: 'sigmoid',
    output: 'identity',
    weights: [identity],
    biases: [new Float64Array(width)],
  });
}

function part(inputs: number[][], labels: number[]): Part {
  const width = inputs[0].length;
  const targets = labels.flatMap(label =>
    width === 1 ? [label] : inputs[0].map((_, o) => (o === label ? 1 : 0)),
  );
  return {
    rows: labels.length,
    inputs: Float64Array.from(inputs.flat()),
    targets: Float64Array.from(targets),
    labels: Int32Array.from(labels),
    sourceRows: Int32Array.from(labels.keys()),
  };
}

describe('accuracy', () => {
  const three = part(
    [
      [0.9, 0.1, 0.2], // right by both rules
      [0.4, 0.3, 0.2], // largest is right, none above 0.5
      [0.6, 0.9, 0.1], // largest is right, one output too many
      [0.2, 0.1, 0.9], // wrong
    ],
    [0, 0, 1, 1],
  );

  test('by arg-max counts the largest output, by all-outputs wants every one rounded right', () => {
    assert.equal(accuracy(passThrough(3), three), 3 / 4);
    assert.equal(accuracy(passThrough(3), three, { rule: 'all-outputs' }), 1 / 4);
  });

  test('of one output is the same by both rules, and exactly 0.5 counts as class 0', () => {
    const one = part([[0.7], [0.5], [0.2], [0.9]], [1, 0, 1, 1]);
    for (const rule of ['argmax', 'all-outputs'] as const)
      assert.equal(accuracyOf(one.inputs, one, rule), 3 / 4);
  });
});

describe('macroF1', () => {
  test('is 0.2667 for the example in the documentation of scikit-learn’s f1_score', () => {
    const f1 = macroF1Of(Int32Array.of(0, 1, 2, 0, 1, 2), Int32Array.of(0, 2, 1, 0, 0, 1));
    assert.ok(Math.abs(f1 - 0.8 / 3) < 1e-15);
  });

  test('leaves out classes that neither occur nor are predicted, and counts a class never hit as 0', () => {
    // Class 1 is absent; class 0: F1 = 2 / 3, class 2: label only, F1 = 0.
    assert.ok(Math.abs(macroF1Of(Int32Array.of(0, 2), Int32Array.of(0, 0)) - 1 / 3) < 1e-15);
    assert.equal(macroF1Of(Int32Array.of(2, 2), Int32Array.of(2, 2)), 1);
  });

  test('agrees with the confusion matrix', () => {
    const two = part([[0.9], [0.1], [0.8], [0.3]], [1, 1, 0, 0]);
    const { counts, classes } = confusionMatrix(passThrough(1), two);
    assert.equal(classes, 2);
    assert.deepEqual(Array.from(counts), [1, 1, 1, 1]);
    assert.equal(macroF1(passThrough(1), two), 0.5);
  });
});

describe('a network and a part that do not fit', () => {
  const fits = part(
    [
      [0.9, 0.1, 0.2],
      [0.1, 0.9, 0.3],
    ],
    [0, 1],
  );
  const measures: ((network: ReturnType<typeof passThrough>, part: Part) => unknown)[] = [
    accuracy,
    confusionMatrix,
    macroF1,
  ];

  test('are refused before anything is counted', () => {
    const cases: [object, string, RegExp][] = [
      [{ rows: 3 }, 'TypeError', /3-3 network, the part of 3 rows must have 9 inputs, 6 came/],
      [{ targets: new Float64Array(2) }, 'TypeError', /6 targets, 2 came/],
      [{ targets: undefined }, 'TypeError', /6 targets, undefined came/],
      [{ labels: Int32Array.of(0, 1, 1) }, 'TypeError', /2 labels, 3 came/],
      [{ labels: Int32Array.of(0, 3) }, 'RangeError', /classes 0 to 2, row 1 has 3/],
      [{ labels: Int32Array.of(-1, 0) }, 'RangeError', /row 0 has -1/],
      [{ rows: 0 }, 'RangeError', /rows of the part must be a whole number from 1 up, 0 came/],
    ];
    for (const measure of measures) {
      for (const [change, name, message] of cases) {
        assert.throws(() => measure(passThrough(3), { ...fits, ...change }), { name, message });
      }
      assert.throws(() => measure(passThrough(2), fits), TypeError);
      assert.throws(() => measure(passThrough(3), undefined as never), {
        name: 'TypeError',
        message: /the part must be a part of a data set, undefined came/,
      });
      assert.throws(() => measure(undefined as never, fits), /a network is required, undefined came/);
    }
  });

  test('and a mistyped rule are refused', () => {
    assert.throws(() => accuracy(passThrough(3), fits, { rule: 'arg-max' as never }), {
      name: 'RangeError',
      message: /rule must be one of argmax, all-outputs; 'arg-max' came/,
    });
    assert.throws(() => accuracy(passThrough(3), fits, { role: 'argmax' } as object), TypeError);
  });
});

describe('macs and flops', () => {
  test('count 50 weights and 2 x 50 + 7 operations for a 9-6-1 network without ten of its 60 weights', () => {
    const dense = createNetwork({ layers: [9, 6, 1], seed: 1 });
    const pruned = applyMask(dense, createMask([9, 6, 1], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 'test'));
    assert.deepEqual([macs(dense), macs(pruned)], [60, 50]);
    assert.deepEqual([flops(dense), flops(pruned)], [127, 107]);
  });
});
