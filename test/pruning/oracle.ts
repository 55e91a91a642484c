import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/packageRoot';
import type { Dataset } from '../../src/data/dataset';
import type { Network } from '../../src/network/network';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { toyDataset } from '../network/toyDataset';

type Matrices = readonly (readonly (readonly number[])[])[];

interface ScoresOf {
  readonly grad: Matrices;
  readonly snip_unnormalised: Matrices;
  readonly snip_normaliser: number;
  readonly grasp_theta_times_Hg_T1: Matrices;
  readonly grasp_theta_times_Hg_T200: Matrices;
}

interface Oracle {
  readonly setup: {
    readonly y: readonly number[];
    readonly X_values: readonly (readonly number[])[];
    readonly params: {
      readonly W1: readonly (readonly number[])[];
      readonly b1: readonly number[];
      readonly W2: readonly (readonly number[])[];
      readonly b2: readonly number[];
    };
  };
  readonly sigmoid: ScoresOf;
  readonly relu: ScoresOf;
  readonly synflow_abs_biases: { readonly R: number; readonly scores: Matrices };
  readonly synflow_no_biases: { readonly R: number; readonly scores: Matrices };
  readonly torch_prune: Readonly<Record<string, Matrices>>;
  readonly lamp: Matrices;
}

const file = join(packageRoot, 'test', 'oracles', 'pruning_scores.json');
export const oracle: Oracle = JSON.parse(readFileSync(file, 'utf8'));

/** All weights of matrices in our order. */
export function flat(matrices: Matrices): number[] {
  return matrices.flat(2);
}

/** The 4-8-3 network of the oracle; its outputs are logits there, softmax here. */
export function oracleNetwork(activation: 'sigmoid' | 'relu'): Network {
  const { W1, b1, W2, b2 } = oracle.setup.params;
  return networkFromWeights({
    layers: [4, 8, 3],
    activation,
    output: 'softmax',
    weights: [Float64Array.from(W1.flat()), Float64Array.from(W2.flat())],
    biases: [Float64Array.from(b1), Float64Array.from(b2)],
  });
}

/** Its twelve rows as the training part of a data set. */
export function oracleDataset(): Dataset {
  const { X_values, y } = oracle.setup;
  const targets = new Float64Array(y.length * 3);
  y.forEach((label, row) => {
    targets[row * 3 + label] = 1;
  });
  const train = {
    rows: y.length,
    inputs: Float64Array.from(X_values.flat()),
    targets,
    labels: Int32Array.from(y),
    sourceRows: Int32Array.from(y.keys()),
  };
  return { ...toyDataset(4, 3), train };
}
