import { exp32, sigmoid32, tanh32 } from './float32Functions';
import type { Mlp32, Mlp32Rows, Mlp32Settings } from './mlp32';
import type { MlpActivation, MlpWorkspace } from './mlpWorkspace';

const f = Math.fround;

/**
 * Training in float32, one operation after another, each rounded: the yardstick of `mlp32`, whose bits these are, and its stand-in
 * where SIMD or memory is missing.
 */
export function mlp32Plain(
  workspace: MlpWorkspace,
  initial: Float64Array,
  rows: Mlp32Rows,
  { learningRate, momentum, loss, removed }: Mlp32Settings,
): Mlp32 {
  const { widths, weightStart, biasStart, unitStart, hidden, output } = workspace;
  const last = widths.length - 1;
  const m = widths[last];
  const outputs = unitStart[last];
  const parameters = Float32Array.from(initial);
  const gradient = new Float32Array(parameters.length);
  const velocity = new Float32Array(parameters.length);
  const a = new Float32Array(workspace.activations.length);
  const deltas = new Float32Array(a.length);
  const sums = new Float32Array(m);
  const eta = f(learningRate);
  const mu = f(momentum);

  return {
    parameters: () => parameters,
    step(order, from, to) {
      gradient.fill(0);
      for (let k = from; k < to; k++) {
        forward(rows.inputs, order[k]);
        outputDeltas(rows.targets, order[k]);
        for (let l = last; l > 1; l--) backward(l);
        firstGradient();
      }
      const share = f(to - from);
      for (let k = 0; k < parameters.length; k++) {
        let v = f(gradient[k] / share);
        if (mu !== 0) {
          v = f(f(mu * velocity[k]) + v);
          velocity[k] = v;
        }
        parameters[k] -= f(eta * v);
      }
      for (const weight of removed) parameters[weight] = 0;
    },
    forward({ inputs, rows: count }, onRow) {
      for (let row = 0; row < count; row++) {
        forward(inputs, row);
        workspace.activations.set(a.subarray(outputs), outputs);
        workspace.logits.set(sums);
        onRow(row);
      }
    },
    dispose() {},
  };

  function forward(inputs: Float64Array, row: number): void {
    for (let i = 0; i < widths[0]; i++) a[i] = inputs[row * widths[0] + i];
    for (let l = 1; l <= last; l++) {
      const [before, start] = [unitStart[l - 1], unitStart[l]];
      let w = weightStart[l];
      for (let o = 0; o < widths[l]; o++) {
        let z = 0;
        for (let u = before; u < start; u++, w++) if (l > 1 || a[u] !== 0) z = f(z + f(parameters[w] * a[u]));
        a[start + o] = z + parameters[biasStart[l] + o];
      }
      if (l === last) sums.set(a.subarray(outputs));
      activate(l === last ? output : hidden, start, start + widths[l]);
    }
  }

  function activate(kind: MlpActivation, from: number, to: number): void {
    if (kind === 'softmax') {
      softmax(from, to);
      return;
    }
    for (let u = from; u < to; u++) {
      if (kind === 'sigmoid') a[u] = sigmoid32(a[u]);
      else if (kind === 'tanh') a[u] = tanh32(a[u]);
      else if (kind === 'relu') a[u] = Math.max(a[u], 0);
    }
  }

  function softmax(from: number, to: number): void {
    let largest = a[from];
    for (let u = from + 1; u < to; u++) if (a[u] > largest) largest = a[u];
    let sum = 0;
    for (let u = from; u < to; u++) {
      a[u] = exp32(f(a[u] - largest));
      sum = f(sum + a[u]);
    }
    for (let u = from; u < to; u++) a[u] /= sum;
  }

  function outputDeltas(targets: Float64Array, row: number): void {
    const share = output === 'softmax' ? 1 : m;
    for (let o = 0, u = outputs; o < m; o++, u++) {
      const y = f(targets[row * m + o]);
      deltas[u] = loss === 'cross-entropy' ? f(a[u] - y) / share : f(-2 * f(y - a[u])) / m;
    }
    if (loss === 'cross-entropy') return;
    if (output !== 'softmax') {
      timesSlope(output, outputs, a.length);
      return;
    }
    let mean = 0;
    for (let u = outputs; u < a.length; u++) mean = f(mean + f(deltas[u] * a[u]));
    for (let u = outputs; u < a.length; u++) deltas[u] = a[u] * f(deltas[u] - mean);
  }

  function timesSlope(kind: MlpActivation, from: number, to: number): void {
    for (let u = from; u < to; u++) {
      if (kind === 'sigmoid') deltas[u] *= f(a[u] * f(1 - a[u]));
      else if (kind === 'tanh') deltas[u] *= f(1 - f(a[u] * a[u]));
      else if (kind === 'relu' && a[u] === 0) deltas[u] = 0;
    }
  }

  /** Gradient of layer l (2 or later) from its deltas, and the deltas of the layer before it. */
  function backward(l: number): void {
    const [before, start] = [unitStart[l - 1], unitStart[l]];
    let w = weightStart[l];
    deltas.fill(0, before, start);
    for (let o = 0; o < widths[l]; o++) {
      const delta = deltas[start + o];
      gradient[biasStart[l] + o] += delta;
      for (let u = before; u < start; u++, w++) {
        gradient[w] += f(delta * a[u]);
        deltas[u] += f(delta * parameters[w]);
      }
    }
    timesSlope(hidden, before, start);
  }

  function firstGradient(): void {
    const width = widths[0];
    for (let o = 0; o < widths[1]; o++) {
      const delta = deltas[width + o];
      gradient[biasStart[1] + o] += delta;
      for (let i = 0; i < width; i++) if (a[i] !== 0) gradient[o * width + i] += f(delta * a[i]);
    }
  }
}
