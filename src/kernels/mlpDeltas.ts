import type { MlpActivation, MlpLoss } from './mlpWorkspace';

/**
 * delta_L of one row into deltas[start .. start + m - 1], from the outputs a at the same place. Squared error on sigmoid:
 * -2 (y - a) a (1 - a) / m; cross entropy on softmax: a - y.
 *
 * @param targets rows x m, row-major
 */
export function outputDeltas(
  a: Float64Array,
  deltas: Float64Array,
  start: number,
  m: number,
  output: MlpActivation,
  targets: Float64Array,
  row: number,
  loss: MlpLoss,
): void {
  const target = row * m;
  if (loss === 'cross-entropy') {
    const share = output === 'softmax' ? 1 : m;
    for (let o = 0; o < m; o++) deltas[start + o] = (a[start + o] - targets[target + o]) / share;
    return;
  }
  for (let o = 0; o < m; o++) deltas[start + o] = (-2 * (targets[target + o] - a[start + o])) / m;
  if (output === 'softmax') {
    // dL/dz_o = a_o (g_o - sum_j g_j a_j), g = dL/da
    let mean = 0;
    for (let u = start; u < start + m; u++) mean += deltas[u] * a[u];
    for (let u = start; u < start + m; u++) deltas[u] = a[u] * (deltas[u] - mean);
  } else {
    timesSlope(output, a, deltas, start, start + m);
  }
}

/** deltas *= f'(z), written in terms of a = f(z). */
export function timesSlope(
  kind: MlpActivation,
  a: Float64Array,
  deltas: Float64Array,
  from: number,
  to: number,
): void {
  if (kind === 'sigmoid') {
    for (let u = from; u < to; u++) deltas[u] *= a[u] * (1 - a[u]);
  } else if (kind === 'tanh') {
    for (let u = from; u < to; u++) deltas[u] *= 1 - a[u] * a[u];
  } else if (kind === 'relu') {
    for (let u = from; u < to; u++) if (a[u] === 0) deltas[u] = 0;
  }
}
