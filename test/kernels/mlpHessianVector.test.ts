import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mlpGradient } from '../../src/kernels/mlpGradient';
import { mlpHessianVector } from '../../src/kernels/mlpHessianVector';
import { mlpTangent } from '../../src/kernels/mlpTangent';
import { type MlpLoss, mlpWorkspace } from '../../src/kernels/mlpWorkspace';
import { hiddens, type MlpCase, order, pairs, ROWS, randomCase, shapes } from './mlpCase';

function hessianVector({ workspace, parameters, direction, inputs, targets }: MlpCase, loss: MlpLoss) {
  const gradient = new Float64Array(parameters.length).fill(99);
  const product = new Float64Array(parameters.length).fill(99);
  const tangent = mlpTangent(workspace);
  mlpHessianVector(
    workspace,
    tangent,
    parameters,
    direction,
    gradient,
    product,
    inputs,
    targets,
    order,
    0,
    ROWS,
    loss,
  );
  return { gradient, product };
}

function gradientAt({ workspace, inputs, targets }: MlpCase, parameters: Float64Array, loss: MlpLoss) {
  const gradient = new Float64Array(parameters.length);
  mlpGradient(workspace, parameters, gradient, inputs, targets, order, 0, ROWS, loss);
  return gradient;
}

/** Central difference of the gradient along the direction: error about h^2 from the formula and 1e-16 / h from rounding. */
function differenceProduct(each: MlpCase, loss: MlpLoss): Float64Array {
  const h = 1e-5;
  const moved = (step: number) => each.parameters.map((value, k) => value + step * each.direction[k]);
  const [ahead, behind] = [gradientAt(each, moved(h), loss), gradientAt(each, moved(-h), loss)];
  return ahead.map((value, k) => (value - behind[k]) / (2 * h));
}

describe('mlpHessianVector', () => {
  for (const [output, loss] of pairs) {
    for (const hidden of hiddens) {
      test(`agrees with differences of the gradient: ${hidden} hidden, ${output} outputs, ${loss}, all depths`, () => {
        for (const layers of shapes) {
          const each = randomCase(layers, hidden, output);
          const { gradient, product } = hessianVector(each, loss);
          assert.deepEqual(gradient, gradientAt(each, each.parameters, loss), `${layers}: gradient`);
          const near = differenceProduct(each, loss);
          const size = Math.max(1, ...near.map(Math.abs));
          for (let k = 0; k < product.length; k++) {
            assert.ok(
              Math.abs(product[k] - near[k]) < 1e-8 * size,
              `${layers}: ${k} is ${product[k]}, differences give ${near[k]}`,
            );
          }
        }
      });
    }
  }

  test('is symmetric: u H v = v H u', () => {
    for (const [output, loss] of pairs) {
      const each = randomCase([3, 5, 4, 2], 'tanh', output);
      const other = randomCase([3, 5, 4, 2], 'sigmoid', output).direction;
      const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + value * b[k], 0);
      const left = dot(other, hessianVector(each, loss).product);
      const right = dot(each.direction, hessianVector({ ...each, direction: other }, loss).product);
      assert.ok(Math.abs(left - right) < 1e-12 * Math.max(1, Math.abs(left)), `${output} ${loss}`);
    }
  });

  test('is 2 sum of x (x v) for one identity unit under squared error', () => {
    const workspace = mlpWorkspace([2, 1], 'identity', 'identity');
    const inputs = Float64Array.of(1, 2, 3, 5, -1, 0.5, 0, 1, 2, 2);
    const direction = Float64Array.of(0.3, -0.2, 0.7);
    const each = {
      workspace,
      parameters: Float64Array.of(5, 6, 7),
      direction,
      inputs,
      targets: new Float64Array(5),
    };
    const expected = [0, 0, 0];
    for (let row = 0; row < ROWS; row++) {
      const x = [inputs[2 * row], inputs[2 * row + 1], 1];
      const along = x.reduce((sum, value, k) => sum + value * direction[k], 0);
      x.forEach((value, k) => {
        expected[k] += 2 * value * along;
      });
    }
    const { product } = hessianVector(each, 'squared-error');
    expected.forEach((value, k) => {
      assert.ok(Math.abs(product[k] - value) < 1e-13, `${k}: ${product[k]}, ${value}`);
    });
  });

  test('leaves parameters, direction, inputs and targets as they were', () => {
    const each = randomCase([3, 4, 2], 'tanh', 'softmax');
    const given = [each.parameters, each.direction, each.inputs, each.targets];
    const before = given.map(values => values.slice());
    hessianVector(each, 'cross-entropy');
    assert.deepEqual(given, before);
  });
});
