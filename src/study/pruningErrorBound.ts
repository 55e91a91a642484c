import { lipschitzConstants } from '../network/lipschitzConstant';
import type { Activation, Network } from '../network/network';
import { singularValues } from '../spectra/eigenvalues';

/** f(0) of each activation; softmax is an output only, where it is not asked for. */
const centres: Readonly<Record<Activation, number>> = {
  sigmoid: 1 / 2,
  tanh: 0,
  relu: 0,
  identity: 0,
  softmax: 0,
};

/** How far a value gets from f(0). */
const reaches: Readonly<Record<Activation, number>> = {
  sigmoid: 1 / 2,
  tanh: 1,
  relu: Number.POSITIVE_INFINITY,
  identity: Number.POSITIVE_INFINITY,
  softmax: 1,
};

/**
 * An upper bound of |f_s(x) - f_d(x)|_2 over |x|_2 <= radius, layer by layer. With a = f(z), z = W a_before + b, c = f(0) in every
 * unit, L the Lipschitz constant, R a bound of |a - c| in the dense network and E one of the difference:
 *
 *     |z| <= |W| R_before + |W c_before + b|              R = min(L |z|, sqrt(width) max|f - f(0)|)
 *     E_z <= |W_s| E_before + |W_s - W| R_before + |(W_s - W) c_before + b_s - b|        E = L E_z
 *
 * Infinite for networks of different hidden widths, which cannot be compared by layers.
 */
export function pruningErrorBound(dense: Network, sparse: Network, radius: number): number {
  const { layers } = dense;
  const isAlike =
    layers.length === sparse.layers.length &&
    layers.every((width, l) => width === sparse.layers[l]) &&
    dense.activation === sparse.activation &&
    dense.output === sparse.output;
  if (!isAlike) return Number.POSITIVE_INFINITY;
  let reach = radius; // R of the layer below
  let error = 0; // E of the layer below
  let centre = 0;
  dense.weights.forEach((weights, l) => {
    const [cols, rows] = [layers[l], layers[l + 1]];
    const kind = l === dense.weights.length - 1 ? dense.output : dense.activation;
    const spectral = (values: Float64Array): number => singularValues({ rows, cols, values }).at(-1) ?? 0;
    const offset = (values: Float64Array, bias: (o: number) => number): number =>
      Math.hypot(...Array.from({ length: rows }, (_, o) => centre * rowSum(values, o, cols) + bias(o)));
    const change = sparse.weights[l].map((weight, i) => weight - weights[i]);
    const z = spectral(weights) * reach + offset(weights, o => dense.biases[l][o]);
    const errorOfZ =
      spectral(sparse.weights[l]) * error +
      spectral(change) * reach +
      offset(change, o => sparse.biases[l][o] - dense.biases[l][o]);
    error = lipschitzConstants[kind] * errorOfZ;
    reach = Math.min(lipschitzConstants[kind] * z, Math.sqrt(rows) * reaches[kind]);
    centre = centres[kind];
  });
  return error;
}

function rowSum(values: Float64Array, row: number, cols: number): number {
  let sum = 0;
  for (let i = row * cols; i < (row + 1) * cols; i++) sum += values[i];
  return sum;
}
