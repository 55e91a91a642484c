import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mlpLoss } from '../../src/kernels/mlpLoss';
import { mlpPredict } from '../../src/kernels/mlpPredict';
import { type MlpActivation, mlpWorkspace } from '../../src/kernels/mlpWorkspace';

function outputsOf(
  layers: number[],
  hidden: MlpActivation,
  output: MlpActivation,
  parameters: number[],
  inputs: number[],
): number[] {
  const rows = inputs.length / layers[0];
  const outputs = new Float64Array(rows * layers[layers.length - 1]);
  const workspace = mlpWorkspace(layers, hidden, output);
  mlpPredict(workspace, Float64Array.from(parameters), Float64Array.from(inputs), rows, outputs);
  return Array.from(outputs);
}

describe('the forward pass', () => {
  test('multiplies by W (out x in, row-major) and adds b: a linear 2-2-1 network by hand', () => {
    // h = [1 2; 3 4] x + [10; 20], y = [5 6] h + 30; x = (1, -1): h = (9, 19), y = 45 + 114 + 30
    const parameters = [1, 2, 3, 4, 5, 6, 10, 20, 30];
    assert.deepEqual(outputsOf([2, 2, 1], 'identity', 'identity', parameters, [1, -1, 0, 0]), [189, 200]);
  });

  test('applies relu to hidden units only', () => {
    // h = relu(-1, 2) = (0, 2), y = -2
    assert.deepEqual(outputsOf([1, 2, 1], 'relu', 'identity', [-1, 2, 1, -1, 0, 0, 0], [1]), [-2]);
  });

  test('keeps softmax finite for logits of 1000 and their sum 1', () => {
    assert.deepEqual(outputsOf([1, 2], 'sigmoid', 'softmax', [1000, 999, 0, 0], [1]), [
      1 / (1 + Math.exp(-1)),
      Math.exp(-1) / (1 + Math.exp(-1)),
    ]);
  });
});

describe('mlpLoss', () => {
  const loss = (
    output: MlpActivation,
    kind: 'squared-error' | 'cross-entropy',
    z: number[],
    y: number[],
  ): number => {
    const workspace = mlpWorkspace([1, z.length], 'sigmoid', output);
    const parameters = Float64Array.from([...z, ...z.map(() => 0)]);
    const outputs = new Float64Array(z.length);
    return mlpLoss(workspace, parameters, Float64Array.of(1), Float64Array.from(y), 1, kind, outputs);
  };

  test('is the mean over outputs for squared error: ((1 - 3)^2 + (0 - 1)^2) / 2', () => {
    assert.equal(loss('identity', 'squared-error', [3, 1], [1, 0]), 2.5);
  });

  test('is ln 2 for an undecided output, binary or one of two', () => {
    assert.ok(Math.abs(loss('sigmoid', 'cross-entropy', [0], [1]) - Math.LN2) < 1e-15);
    assert.ok(Math.abs(loss('softmax', 'cross-entropy', [0, 0], [1, 0]) - Math.LN2) < 1e-15);
  });

  test('stays finite where the output rounds to 0 or 1', () => {
    assert.equal(loss('sigmoid', 'cross-entropy', [800], [0]), 800);
    assert.equal(loss('softmax', 'cross-entropy', [800, 0], [0, 1]), 800);
  });
});
