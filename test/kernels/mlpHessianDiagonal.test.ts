import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mlpGradient } from '../../src/kernels/mlpGradient';
import { mlpHessianDiagonal } from '../../src/kernels/mlpHessianDiagonal';
import { mlpHessianVector } from '../../src/kernels/mlpHessianVector';
import { mlpTangent } from '../../src/kernels/mlpTangent';
import { mlpWorkspace } from '../../src/kernels/mlpWorkspace';
import { hiddens, order, pairs, ROWS, randomCase, shapes } from './mlpCase';

describe('mlpHessianDiagonal', () => {
  for (const [output, loss] of pairs) {
    test(`is the diagonal of the exact Hessian and of differences of the gradient: ${output} outputs, ${loss}`, () => {
      for (const hidden of hiddens) {
        for (const layers of shapes) {
          const { workspace, parameters, inputs, targets } = randomCase(layers, hidden, output);
          const n = parameters.length;
          const tangent = mlpTangent(workspace);
          const diagonal = new Float64Array(n).fill(99);
          mlpHessianDiagonal(workspace, tangent, parameters, diagonal, inputs, targets, order, 0, ROWS, loss);
          const gradientAt = (k: number, step: number): number => {
            const moved = parameters.slice();
            moved[k] += step;
            const gradient = new Float64Array(n);
            mlpGradient(workspace, moved, gradient, inputs, targets, order, 0, ROWS, loss);
            return gradient[k];
          };
          const size = Math.max(1, ...diagonal.map(Math.abs));
          for (let k = 0; k < n; k++) {
            const direction = new Float64Array(n);
            direction[k] = 1;
            const gradient = new Float64Array(n);
            const column = new Float64Array(n);
            mlpHessianVector(
              workspace,
              tangent,
              parameters,
              direction,
              gradient,
              column,
              inputs,
              targets,
              order,
              0,
              ROWS,
              loss,
            );
            const label = `${layers} ${hidden}: entry ${k} is ${diagonal[k]}`;
            assert.ok(Math.abs(diagonal[k] - column[k]) < 1e-13 * size, `${label}, exact ${column[k]}`);
            const h = 1e-5;
            const difference = (gradientAt(k, h) - gradientAt(k, -h)) / (2 * h);
            assert.ok(
              Math.abs(diagonal[k] - difference) < 1e-8 * size,
              `${label}, differences ${difference}`,
            );
          }
        }
      }
    });
  }

  test('is 2 sum of x^2 for one identity unit under squared error', () => {
    const workspace = mlpWorkspace([2, 1], 'identity', 'identity');
    const inputs = Float64Array.of(1, 2, 3, 5, -1, 0.5, 0, 1, 2, 2);
    const diagonal = new Float64Array(3);
    const parameters = Float64Array.of(5, 6, 7);
    const targets = new Float64Array(5);
    mlpHessianDiagonal(
      workspace,
      mlpTangent(workspace),
      parameters,
      diagonal,
      inputs,
      targets,
      order,
      0,
      ROWS,
      'squared-error',
    );
    // 2 (1 + 9 + 1 + 0 + 4), 2 (4 + 25 + 0.25 + 1 + 4), 2 x 5
    assert.deepEqual(Array.from(diagonal), [30, 68.5, 10]);
  });
});
