import type { Optimizer, Tensor } from '@tensorflow/tfjs-node';
import type { WeightLayer } from '../core/weightLayers';
import type { Mask } from './mask';

/**
 * A compiled TensorFlow.js model at one moment, held outside TensorFlow: what it is built from, and its numbers. Immutable like a
 * `Network`: training and pruning return new ones, and the model it was captured from is left as it was.
 */
export interface Model {
  readonly kind: 'model';
  /** Name of the TensorFlow.js model. */
  readonly name: string;
  /**
   * One entry a kernel that is trained, in the order of the model's layers: Dense, convolutions, Embedding, recurrent kernels.
   * Each counts as a matrix out x in with the last axis of TensorFlow's kernel as out and the others, in their order, as in: a
   * Dense kernel is transposed, a Conv2D kernel [height, width, channels, filters] becomes filters x (height, width, channels).
   */
  readonly layers: readonly WeightLayer[];
  /**
   * All weights, matrix after matrix, each row-major out x in; then all other numbers (biases, scales and shifts, moving averages,
   * what is frozen) in TensorFlow's order. All are float32 values.
   */
  readonly parameters: Float64Array;
  /** Weights held at zero, or null. */
  readonly mask: Mask | null;
  /** What it is built and trained from. */
  readonly architecture: ModelArchitecture;
}

/** What a model is built and trained from. */
export interface ModelArchitecture {
  /** Shape of one row of inputs, as [8, 8, 1]. */
  readonly inputShape: readonly number[];
  /** Numbers in one row of outputs. */
  readonly outputs: number;
  /** Kinds of its layers, in order, as 'Conv2D, Flatten, Dense'. */
  readonly summary: string;
  /** What `tf.models.modelFromJSON` builds it from. */
  readonly topology: object;
  /** Where each tensor of `tf.LayersModel.weights` stands in `Model.parameters`. */
  readonly tensors: readonly ModelTensor[];
  /** Name of the loss. */
  readonly loss: string;
  /** The loss itself, of a batch. */
  readonly lossFunction: (targets: Tensor, outputs: Tensor) => Tensor;
  /** Name and constants: 'Adam (beta1 0.9, beta2 0.999, epsilon 1e-7)'. */
  readonly optimizer: string;
  /** Step length of the optimiser. */
  readonly learningRate: number;
  /** Momentum of plain gradient descent; 0 without and for other optimisers. */
  readonly momentum: number;
  /** A new optimiser of the same kind and constants, without memory of past updates. */
  readonly createOptimizer: () => Optimizer;
}

/** One tensor of a model. */
export interface ModelTensor {
  /** Its shape in TensorFlow. */
  readonly shape: readonly number[];
  /** Index of its first number in `Model.parameters`. */
  readonly from: number;
  /** How many numbers it holds. */
  readonly length: number;
  /** Length of its last axis when it is stored transposed, as a weight matrix; else 0. */
  readonly fanOut: number;
  /** Whether training changes it. */
  readonly isTrained: boolean;
}
