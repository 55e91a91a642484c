import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { flattenParameters, parameterCount, withParameters } from '../../src/network/parameters';
import { perturb } from '../../src/network/perturb';
import { predict } from '../../src/network/predict';

const layers = [2, 3, 1];
const network = createNetwork({ layers, seed: 1 });

/** Deep copy of every number, to prove that a call left it alone. */
function numbersOf({ weights, biases }: typeof network): Float64Array[] {
  return [...weights, ...biases].map(values => values.slice());
}

describe('networkFromWeights', () => {
  const parts = { layers: [1, 1], activation: 'sigmoid', output: 'sigmoid' } as const;
  const [w, b] = [Float64Array.of(2), Float64Array.of(3)];

  test('copies what it is given', () => {
    const weights = [w.slice()];
    const made = networkFromWeights({ ...parts, weights, biases: [b] });
    weights[0][0] = 99;
    assert.equal(made.weights[0][0], 2);
  });

  test('takes a network with something changed', () => {
    const made = networkFromWeights({ ...network, mask: null });
    assert.deepEqual(made, network);
  });

  test('refuses what is no object, or a part of another name', () => {
    assert.throws(() => networkFromWeights(undefined as never), TypeError);
    assert.throws(() => networkFromWeights({ ...network, msak: null } as never), /perhaps 'mask' was meant/);
    assert.throws(() => networkFromWeights({ ...network, weights: 3 } as never), TypeError);
    assert.throws(() => createMask(layers, 5 as never, 'test'), TypeError);
  });

  test('refuses arrays that are missing, too long or not finite', () => {
    assert.throws(() => networkFromWeights({ ...parts, weights: [], biases: [b] }), TypeError);
    const long = new Float64Array(2);
    assert.throws(() => networkFromWeights({ ...parts, weights: [long], biases: [b] }), {
      name: 'TypeError',
      message: /Layer 1 of a 1-1 network needs a Float64Array of 1 weight values, got 2 numbers/,
    });
    const infinite = Float64Array.of(Number.POSITIVE_INFINITY);
    assert.throws(() => networkFromWeights({ ...parts, weights: [w], biases: [infinite] }), RangeError);
  });

  test('refuses a masked weight that is not zero', () => {
    const mask = createMask([1, 1], [0], 'test');
    assert.throws(() => networkFromWeights({ ...parts, weights: [w], biases: [b], mask }), RangeError);
  });
});

describe('flattenParameters', () => {
  test('puts all weights first, layer by layer, then all biases', () => {
    const made = networkFromWeights({
      layers,
      activation: 'sigmoid',
      output: 'sigmoid',
      weights: [Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(7, 8, 9)],
      biases: [Float64Array.of(10, 11, 12), Float64Array.of(13)],
    });
    assert.deepEqual(Array.from(flattenParameters(made)), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    assert.equal(parameterCount(layers), 13);
  });

  test('is undone by withParameters', () => {
    assert.deepEqual(numbersOf(withParameters(network, flattenParameters(network))), numbersOf(network));
  });
});

describe('applyMask', () => {
  test('sets the removed weights to 0 and leaves the rest and the given network', () => {
    const before = numbersOf(network);
    const pruned = applyMask(network, createMask(layers, [1, 7], 'test'));
    const expected = flattenParameters(network);
    expected[1] = 0;
    expected[7] = 0;
    assert.deepEqual(flattenParameters(pruned), expected);
    assert.deepEqual(numbersOf(network), before);
  });

  test('refuses a mask of other layer widths, or one that would bring a weight back', () => {
    assert.throws(() => applyMask(network, createMask([3, 2, 1], [], 'test')), {
      name: 'TypeError',
      message: /3-2-1 network on a 2-3-1 network/,
    });
    const pruned = applyMask(network, createMask(layers, [1], 'test'));
    assert.throws(() => applyMask(pruned, createMask(layers, [2], 'test')), RangeError);
  });
});

describe('perturb', () => {
  test('adds delta to the listed weights only, by default 1e-6 to weight 0', () => {
    const before = flattenParameters(network);
    const changed = flattenParameters(perturb(network));
    assert.equal(changed[0], before[0] + 1e-6);
    assert.deepEqual(changed.subarray(1), before.subarray(1));
    const two = flattenParameters(perturb(network, { weight: [2, 8], delta: 0.5 }));
    const moved = Array.from(two.keys()).filter(k => two[k] !== before[k]);
    assert.deepEqual(moved, [2, 8]);
    assert.deepEqual(flattenParameters(network), before);
  });

  test('refuses what would not perturb', () => {
    assert.throws(() => perturb(network, { weight: 9 }), { name: 'RangeError', message: /weights 0 to 8/ });
    assert.throws(() => perturb(network, { weight: [1, 1] }), RangeError);
    assert.throws(() => perturb(network, { delta: 0 }), RangeError);
    assert.throws(() => perturb(network, { delta: 1e-30 }), {
      name: 'RangeError',
      message: /rounds to the weight/,
    });
    const pruned = applyMask(network, createMask(layers, [0], 'test'));
    assert.throws(() => perturb(pruned), { name: 'RangeError', message: /the mask removes it/ });
  });
});

describe('predict', () => {
  test('refuses inputs of another length', () => {
    assert.throws(() => predict(network, new Float64Array(5), 2), {
      name: 'TypeError',
      message: /must hold 2 x 2 = 4 numbers, got 5/,
    });
    assert.throws(() => predict(network, 'x' as never, 1), {
      name: 'TypeError',
      message: /inputs must be an array, 'x' came/,
    });
    assert.throws(() => predict(network, new Float64Array(3), 1.5), RangeError);
    assert.throws(() => predict(undefined as never, new Float64Array(2), 1), /a network is required/);
  });

  test('gives one row of outputs for each row of inputs, whatever the others are', () => {
    const inputs = Float64Array.of(0.1, 0.2, -0.3, 0.4);
    const both = predict(network, inputs, 2);
    assert.equal(both[1], predict(network, inputs.slice(2), 1)[0]);
  });
});
