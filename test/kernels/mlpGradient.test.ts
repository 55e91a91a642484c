import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mlpGradient } from '../../src/kernels/mlpGradient';
import { mlpLoss } from '../../src/kernels/mlpLoss';
import { type MlpLoss, mlpWorkspace } from '../../src/kernels/mlpWorkspace';
import { hiddens, type MlpCase, order, pairs, ROWS, randomCase, shapes } from './mlpCase';

function gradientOf({ workspace, parameters, inputs, targets }: MlpCase, loss: MlpLoss): Float64Array {
  const gradient = new Float64Array(parameters.length).fill(99);
  mlpGradient(workspace, parameters, gradient, inputs, targets, order, 0, ROWS, loss);
  return gradient.map(value => value / ROWS);
}

/** Central differences of the mean loss: error about h^2 from the formula and 1e-16 / h from rounding. */
function differenceGradient(
  { workspace, parameters, inputs, targets }: MlpCase,
  loss: MlpLoss,
): Float64Array {
  const h = 1e-5;
  const outputs = new Float64Array(targets.length);
  const lossAt = (k: number, step: number): number => {
    const moved = parameters.slice();
    moved[k] += step;
    return mlpLoss(workspace, moved, inputs, targets, ROWS, loss, outputs);
  };
  return parameters.map((_, k) => (lossAt(k, h) - lossAt(k, -h)) / (2 * h));
}

describe('mlpGradient', () => {
  for (const [output, loss] of pairs) {
    for (const hidden of hiddens) {
      test(`agrees with finite differences: ${hidden} hidden, ${output} outputs, ${loss}, all depths`, () => {
        for (const layers of shapes) {
          const each = randomCase(layers, hidden, output);
          const exact = gradientOf(each, loss);
          const near = differenceGradient(each, loss);
          for (let k = 0; k < exact.length; k++) {
            assert.ok(
              Math.abs(exact[k] - near[k]) < 1e-8,
              `${layers}: ${k} is ${exact[k]}, differences give ${near[k]}`,
            );
          }
        }
      });
    }
  }

  test('is -2 (y - a) a (1 - a) / m times the input for one sigmoid layer, the study’s rule', () => {
    const workspace = mlpWorkspace([1, 2], 'sigmoid', 'sigmoid');
    const [w1, w2, b1, b2, x] = [0.3, -0.7, 0.1, 0.2, 1.5];
    const gradient = new Float64Array(4);
    const one = Int32Array.of(0);
    const inputs = Float64Array.of(x);
    const targets = Float64Array.of(1, 0);
    mlpGradient(
      workspace,
      Float64Array.of(w1, w2, b1, b2),
      gradient,
      inputs,
      targets,
      one,
      0,
      1,
      'squared-error',
    );
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    const delta = (y: number, a: number) => (-2 * (y - a) * a * (1 - a)) / 2;
    const expected = [delta(1, sigmoid(w1 * x + b1)), delta(0, sigmoid(w2 * x + b2))];
    const all = [expected[0] * x, expected[1] * x, expected[0], expected[1]];
    for (const [k, value] of all.entries()) assert.ok(Math.abs(gradient[k] - value) < 1e-16);
  });

  test('leaves parameters, inputs and targets as they were', () => {
    const each = randomCase([3, 4, 2], 'tanh', 'softmax');
    const before = [each.parameters, each.inputs, each.targets].map(values => values.slice());
    gradientOf(each, 'cross-entropy');
    assert.deepEqual([each.parameters, each.inputs, each.targets], before);
  });
});
