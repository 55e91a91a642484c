import { timesSlope } from './mlpTangent';
import type { MlpWorkspace } from './mlpWorkspace';

/**
 * Writes into `gradient` how the outputs of the last forward pass, summed with the given factors, change with the inputs: J' v,
 * with J = da_L / dx and v the factors.
 *
 * @param parameters those of the forward pass, [W1, W2, …, b1, b2, …]
 * @param factors v, one an output
 * @param gradient one entry an input
 */
export function mlpInputGradient(
  workspace: MlpWorkspace,
  parameters: Float64Array,
  factors: Float64Array,
  gradient: Float64Array,
): void {
  const { widths, weightStart, unitStart, activations, deltas, hidden, output } = workspace;
  const last = widths.length - 1;
  deltas.set(factors, unitStart[last]);
  timesSlope(output, activations, deltas, unitStart[last], unitStart[last] + widths[last]);
  for (let l = last; l >= 1; l--) {
    const below = unitStart[l - 1];
    const here = unitStart[l];
    let w = weightStart[l];
    for (let u = below; u < here; u++) deltas[u] = 0;
    for (let o = here; o < here + widths[l]; o++) {
      const delta = deltas[o];
      for (let u = below; u < here; u++, w++) deltas[u] += delta * parameters[w];
    }
    if (l > 1) timesSlope(hidden, activations, deltas, below, here);
  }
  gradient.set(deltas.subarray(0, widths[0]));
}
