import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mlpForward } from '../../src/kernels/mlpForward';
import { mlpInputGradient } from '../../src/kernels/mlpInputGradient';
import { type MlpActivation, mlpWorkspace } from '../../src/kernels/mlpWorkspace';
import { randomStream } from '../../src/statistics/random';

const ends: readonly (readonly [MlpActivation, MlpActivation])[] = [
  ['sigmoid', 'sigmoid'],
  ['tanh', 'identity'],
  ['relu', 'tanh'],
  ['sigmoid', 'softmax'],
  ['identity', 'relu'],
];

for (const [hidden, output] of ends) {
  test(`the gradient of a ${hidden} network with ${output} outputs is that of central differences`, () => {
    const random = randomStream(1, `${hidden} ${output}`);
    const workspace = mlpWorkspace([3, 5, 4, 2], hidden, output);
    const draw = (length: number) => Float64Array.from({ length }, () => 2 * random() - 1);
    const parameters = draw(workspace.parameterCount);
    const inputs = draw(3);
    const factors = draw(2);
    const weighted = (x: Float64Array): number => {
      mlpForward(workspace, parameters, x, 0);
      const outputs = workspace.activations.subarray(-2);
      return factors[0] * outputs[0] + factors[1] * outputs[1];
    };
    const gradient = new Float64Array(3);
    weighted(inputs);
    mlpInputGradient(workspace, parameters, factors, gradient);
    const step = 1e-5;
    for (let i = 0; i < 3; i++) {
      const [up, down] = [1, -1].map(sign => weighted(inputs.map((x, j) => (i === j ? x + sign * step : x))));
      assert.ok(Math.abs((up - down) / (2 * step) - gradient[i]) < 1e-8, `input ${i}`);
    }
  });
}

test('without hidden layers the gradient of a linear map is its transpose times the factors', () => {
  const workspace = mlpWorkspace([2, 2], 'identity', 'identity');
  const gradient = new Float64Array(2);
  const parameters = Float64Array.of(1, 2, 3, 4, 0, 0); // [[1, 2], [3, 4]]
  mlpForward(workspace, parameters, Float64Array.of(0, 0), 0);
  mlpInputGradient(workspace, parameters, Float64Array.of(1, 10), gradient);
  assert.deepEqual([...gradient], [31, 42]);
});
