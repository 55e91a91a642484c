import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMlp32, type Mlp32 } from '../../src/kernels/mlp32';
import { mlp32Plain } from '../../src/kernels/mlp32Plain';
import { type MlpActivation, type MlpLoss, mlpWorkspace } from '../../src/kernels/mlpWorkspace';
import { randomStream } from '../../src/statistics/random';
import { hiddens, pairs } from './mlpCase';

const shapes = [
  [4, 6, 3],
  [5, 1],
  [40, 30],
  [45, 31, 10],
  [61, 23, 16, 7, 3],
  [784, 50, 30, 10],
];
const ROWS = 150;

/** Rows with three inputs in ten that are not 0, some of which only rounding makes 0. */
function someCase(
  layers: readonly number[],
  hidden: MlpActivation,
  output: MlpActivation,
  loss: MlpLoss,
  rows: number = ROWS,
) {
  const random = randomStream(7, `${layers} ${hidden} ${output} ${loss}`);
  const workspace = mlpWorkspace(layers, hidden, output);
  const parameters = Float64Array.from({ length: workspace.parameterCount }, () => random() - 0.5);
  const inputs = Float64Array.from({ length: rows * layers[0] }, () => {
    const x = random();
    return x < 0.6 ? 0 : x < 0.65 ? -0 : x < 0.7 ? 1e-60 : 2 * random() - 1;
  });
  const m = layers[layers.length - 1];
  const targets = Float64Array.from({ length: rows * m }, () => (random() < 0.3 ? 1 : 0));
  return { workspace, parameters, data: { rows, inputs, targets } };
}

/** Outputs and logits of all rows. */
function outputsOf(
  mlp: Mlp32,
  { workspace, data }: ReturnType<typeof someCase>,
  rows: typeof data = data,
): number[] {
  const found: number[] = [];
  const { logits, activations } = workspace;
  mlp.forward(rows, () => found.push(...logits, ...activations.subarray(activations.length - logits.length)));
  return found;
}

describe('training in float32', () => {
  test('has in WebAssembly the bits of the plain way: parameters after updates, outputs and logits', () => {
    for (const layers of shapes) {
      for (const [n, hidden] of hiddens.entries()) {
        const [output, loss] = pairs[(2 * n + layers.length) % pairs.length];
        const title = `${layers.join('-')} ${hidden} ${output} ${loss}`;
        const given = someCase(layers, hidden, output, loss);
        const { workspace, parameters, data } = given;
        const momentum = n % 2 === 0 ? 0 : 0.9;
        const removed = Int32Array.of(0, 3, workspace.weightCount - 1);
        const settings = { learningRate: 0.1, momentum, loss, removed };
        const order = Int32Array.from({ length: ROWS }, (_, row) => (row * 7) % ROWS);
        const [simd, plain] = [createMlp32, mlp32Plain].map(create => {
          const mlp = create(workspace, parameters, data, settings);
          for (const [from, to] of [
            [0, ROWS],
            [2, 3],
            [5, 21],
            [21, 128],
          ]) {
            mlp.step(order, from, to);
          }
          const other = { ...data, rows: 70, inputs: data.inputs.slice(0, 70 * layers[0]) };
          const found = {
            parameters: mlp.parameters().slice(),
            outputs: outputsOf(mlp, given),
            other: outputsOf(mlp, given, other),
          };
          mlp.dispose();
          return found;
        });
        assert.deepEqual(simd, plain, title);
        assert.equal(simd.parameters[3], 0);
        assert.ok(simd.parameters.every(Number.isFinite) && simd.outputs.length > ROWS, title);
      }
    }
  });
});
