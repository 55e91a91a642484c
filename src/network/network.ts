import type { Mask } from './mask';

/** `softmax` is allowed on the output layer only. */
export type Activation = 'sigmoid' | 'tanh' | 'relu' | 'softmax' | 'identity';

/** A dense feed-forward network. Immutable: training and pruning return new networks. */
export interface Network {
  readonly kind: 'network';
  /** Layer widths from inputs to outputs, for instance [9, 6, 1]. */
  readonly layers: readonly number[];
  /** Activation of every hidden layer. */
  readonly activation: Activation;
  /** Activation of the output layer. */
  readonly output: Activation;
  /** One matrix a layer, out x in, row-major (a tf kernel is the transpose). */
  readonly weights: readonly Float64Array[];
  /** One vector a layer, length out. Biases are never recorded as series, masked or counted. */
  readonly biases: readonly Float64Array[];
  /** Weights held at zero, or null for a dense network. */
  readonly mask: Mask | null;
}
