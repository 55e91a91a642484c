import type { MlpActivation, MlpWorkspace } from './mlpWorkspace';

/** Scratch memory for derivatives along a direction in parameter space, shaped as the workspace it belongs to. */
export interface MlpTangent {
  /** d a / d direction of every unit after the last forward pass; 0 for inputs. */
  readonly activations: Float64Array;
  /** d (dL/dz) / d direction of every unit after the last backward pass; the inputs' entries are unused. */
  readonly deltas: Float64Array;
}

export function mlpTangent({ activations }: MlpWorkspace): MlpTangent {
  return {
    activations: new Float64Array(activations.length),
    deltas: new Float64Array(activations.length),
  };
}

/**
 * Derivative of the last forward pass along a direction (W', b'), with a' = da / d direction:
 * a'_l = f'(z_l) (W'_l a_(l-1) + W_l a'_(l-1) + b'_l).
 *
 * @param parameters those of the forward pass, [W1, W2, …, b1, b2, …]
 * @param direction laid out as `parameters`
 */
export function mlpTangentForward(
  workspace: MlpWorkspace,
  tangent: MlpTangent,
  parameters: Float64Array,
  direction: Float64Array,
): void {
  const { widths, weightStart, biasStart, unitStart, activations: a, hidden, output } = workspace;
  const { activations: da } = tangent;
  const last = widths.length - 1;
  firstLayer(workspace, tangent, direction);
  for (let l = 2; l <= last; l++) {
    timesSlope(hidden, a, da, unitStart[l - 1], unitStart[l]);
    const from = unitStart[l - 1];
    const to = unitStart[l];
    const bias = biasStart[l];
    let w = weightStart[l];
    for (let o = 0; o < widths[l]; o++) {
      let dz = 0;
      for (let u = from; u < to; u++, w++) dz += direction[w] * a[u] + parameters[w] * da[u];
      da[to + o] = dz + direction[bias + o];
    }
  }
  timesSlope(output, a, da, unitStart[last], a.length);
}

/** Inputs do not move, and zero inputs add nothing. */
function firstLayer(workspace: MlpWorkspace, tangent: MlpTangent, direction: Float64Array): void {
  const { widths, biasStart, activations, active, activeCount } = workspace;
  const width = widths[0];
  for (let o = 0; o < widths[1]; o++) {
    let dz = 0;
    for (let k = 0; k < activeCount; k++) dz += direction[o * width + active[k]] * activations[active[k]];
    tangent.activations[width + o] = dz + direction[biasStart[1] + o];
  }
}

/** dz becomes da = f'(z) dz, written in terms of a = f(z). */
export function timesSlope(
  kind: MlpActivation,
  a: Float64Array,
  da: Float64Array,
  from: number,
  to: number,
): void {
  if (kind === 'sigmoid') {
    for (let u = from; u < to; u++) da[u] *= a[u] * (1 - a[u]);
  } else if (kind === 'tanh') {
    for (let u = from; u < to; u++) da[u] *= 1 - a[u] * a[u];
  } else if (kind === 'relu') {
    for (let u = from; u < to; u++) if (a[u] === 0) da[u] = 0;
  } else if (kind === 'softmax') {
    let mean = 0;
    for (let u = from; u < to; u++) mean += a[u] * da[u];
    for (let u = from; u < to; u++) da[u] = a[u] * (da[u] - mean);
  }
}
