import {
  type MlpActivation,
  type MlpLoss,
  type MlpWorkspace,
  mlpWorkspace,
} from '../../src/kernels/mlpWorkspace';
import { randomStream } from '../../src/statistics/random';

/** Layer widths without, with one and with several hidden layers. */
export const shapes: readonly (readonly number[])[] = [
  [3, 2],
  [3, 4, 2],
  [3, 5, 4, 2],
  [3, 4, 3, 3, 1],
];

export const hiddens: readonly MlpActivation[] = ['sigmoid', 'tanh', 'relu', 'identity'];

/** Every output activation with every loss that goes with it. */
export const pairs: readonly (readonly [MlpActivation, MlpLoss])[] = [
  ['sigmoid', 'squared-error'],
  ['tanh', 'squared-error'],
  ['relu', 'squared-error'],
  ['identity', 'squared-error'],
  ['softmax', 'squared-error'],
  ['sigmoid', 'cross-entropy'],
  ['softmax', 'cross-entropy'],
];

export const ROWS = 5;
export const order: Int32Array = Int32Array.from([4, 2, 0, 1, 3]);

/** A network with data and a direction in the space of its parameters. */
export interface MlpCase {
  readonly workspace: MlpWorkspace;
  readonly parameters: Float64Array;
  readonly direction: Float64Array;
  /** ROWS x inputs. */
  readonly inputs: Float64Array;
  /** ROWS x outputs. */
  readonly targets: Float64Array;
}

/** Weights, direction and inputs in [-1, 1), one input 0, one-hot or 0/1 targets. */
export function randomCase(layers: readonly number[], hidden: MlpActivation, output: MlpActivation): MlpCase {
  const random = randomStream(11, `${layers} ${hidden} ${output}`);
  const workspace = mlpWorkspace(layers, hidden, output);
  const draw = (length: number) => Float64Array.from({ length }, () => 2 * random() - 1);
  const m = layers[layers.length - 1];
  const inputs = draw(ROWS * layers[0]);
  inputs[4] = 0;
  const targets = new Float64Array(ROWS * m);
  for (let row = 0; row < ROWS; row++) {
    targets[row * m + (row % m)] = m === 1 && output !== 'softmax' ? row % 2 : 1;
  }
  const [parameters, direction] = [draw(workspace.parameterCount), draw(workspace.parameterCount)];
  return { workspace, parameters, direction, inputs, targets };
}
