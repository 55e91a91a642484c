import { outputDeltas, timesSlope } from './mlpDeltas';
import { activate } from './mlpForward';
import { hasSameSigmoid, type MlpLayerModule, mlpLayerModule } from './mlpLayerModule';
import type { MlpActivation, MlpLoss, MlpWorkspace } from './mlpWorkspace';

/** Rows that go through a layer together. */
const ROWS = 128;
/** Below, copying weights and rows costs more than pairs of numbers save. */
const LEAST_ROWS = 8;
const LEAST_PRODUCTS = 2000;
/** Kernels that a thread keeps, of as many shapes; the one used longest ago makes room. */
const MOST_KEPT = 8;

/** Many rows through a network at once, in WebAssembly SIMD; to the last bit what one row after another gives. */
export interface MlpBatch {
  /** Writes the gradient of the loss, summed over the rows, into `gradient`; arguments as in `mlpGradient`. */
  gradient(
    workspace: MlpWorkspace,
    parameters: Float64Array,
    gradient: Float64Array,
    inputs: Float64Array,
    targets: Float64Array,
    order: Int32Array,
    from: number,
    to: number,
    loss: MlpLoss,
  ): void;
  /**
   * Forward passes of rows 0 .. rows - 1; before each call of `onRow` the workspace holds the row's outputs and logits, as
   * after `mlpForward`, but no other unit.
   */
  forward(
    workspace: MlpWorkspace,
    parameters: Float64Array,
    inputs: Float64Array,
    rows: number,
    onRow: (row: number) => void,
  ): void;
}

/** By shape, the one used last at the end. */
const kept = new Map<string, MlpBatch>();
let latest: { readonly widths: Int32Array; readonly batch: MlpBatch } | undefined;

/**
 * The kernel for networks of this shape; null where rows or weights are too few to gain by it, or SIMD is missing. Each call
 * writes all that it reads, so that one kernel serves every network of its shape in a thread.
 */
export function mlpBatch({ widths, weightCount }: MlpWorkspace, rows: number): MlpBatch | null {
  if (rows < LEAST_ROWS || rows * weightCount < LEAST_PRODUCTS) return null;
  if (latest?.widths === widths) return latest.batch;
  const shape = widths.join('-');
  let batch = kept.get(shape);
  if (batch === undefined) {
    const module = mlpLayerModule();
    if (module === null) return null;
    batch = createBatch(module, widths);
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT) kept.delete(oldest);
  }
  kept.delete(shape);
  kept.set(shape, batch);
  latest = { widths, batch };
  return batch;
}

/** One layer in the memory of the module. A line is as wide as the layer, rounded up to whole pairs; the rest stays 0. */
interface Layer {
  readonly width: number;
  readonly pairs: number;
  /** ROWS x line. */
  readonly activations: Float64Array;
  readonly deltas: Float64Array;
  /** inputs x line: the weights as they are multiplied forward, and their gradient. */
  readonly matrix: Float64Array;
  readonly gradient: Float64Array;
  readonly bias: Float64Array;
  readonly biasGradient: Float64Array;
  /** outputs x line of the layer before: the weights as they are multiplied backward; from layer 2 on. */
  readonly backward: Float64Array;
  /** Where rows of `activations` and `deltas` start and end. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Lines that each activation meets in the next layer's `matrix`, each delta in `backward`. */
  readonly forwardPlaces: Int32Array;
  readonly backwardPlaces: Int32Array;
}

function createBatch(module: MlpLayerModule, widths: Int32Array): MlpBatch {
  const last = widths.length - 1;
  const hasSameExp = hasSameSigmoid(module);
  const { numbers, integers } = allocator(module, widths);
  // Inputs: only nonzero ones, row after row.
  const starts = integers(ROWS);
  const ends = integers(ROWS);
  const places = integers(ROWS * widths[0]);
  const values = numbers(ROWS * widths[0]);
  const numbersIn = numbers(ROWS * widths[0]);
  // One layer's weights or gradient as the parameter vector has them, out x in.
  const turned = numbers(Math.max(...widths.slice(1).map((width, l) => width * widths[l])));
  const layers = Array.from(widths, (width, l): Layer => {
    const pairs = pairsOf(width);
    const entries = l === 0 ? 0 : ROWS * 2 * pairs;
    const before = l === 0 ? 0 : widths[l - 1];
    const layer = {
      width,
      pairs,
      activations: numbers(entries),
      deltas: numbers(entries),
      matrix: numbers(before * 2 * pairs),
      gradient: numbers(before * 2 * pairs),
      bias: numbers(l === 0 ? 0 : 2 * pairs),
      biasGradient: numbers(l === 0 ? 0 : 2 * pairs),
      backward: numbers(l < 2 ? 0 : width * 2 * pairsOf(before)),
      starts: integers(l === 0 ? 0 : ROWS),
      ends: integers(l === 0 ? 0 : ROWS),
      forwardPlaces: integers(l === last ? 0 : entries),
      backwardPlaces: integers(l < 2 ? 0 : entries),
    };
    const next = l === last ? 0 : 16 * pairsOf(widths[l + 1]);
    for (let r = 0; r < layer.starts.length; r++) {
      layer.starts[r] = r * 2 * pairs;
      layer.ends[r] = r * 2 * pairs + width;
      for (let u = 0; u < width; u++) {
        if (layer.forwardPlaces.length > 0) layer.forwardPlaces[r * 2 * pairs + u] = u * next;
        if (l >= 2) layer.backwardPlaces[r * 2 * pairs + u] = u * 16 * pairsOf(before);
      }
    }
    return layer;
  });

  return {
    gradient(workspace, parameters, gradient, inputs, targets, order, from, to, loss) {
      const { hidden, output } = workspace;
      loadWeights(workspace, parameters, true);
      for (const layer of layers) {
        layer.gradient.fill(0);
        layer.biasGradient.fill(0);
      }
      for (let at = from; at < to; at += ROWS) {
        const rows = Math.min(ROWS, to - at);
        loadInputs(inputs, rows, r => order[at + r]);
        forwardRows(workspace, rows);
        const { activations, deltas, pairs, width } = layers[last];
        for (let r = 0; r < rows; r++) {
          outputDeltas(activations, deltas, r * 2 * pairs, width, output, targets, order[at + r], loss);
        }
        for (let l = last; l > 1; l--) {
          const layer = layers[l];
          const before = layers[l - 1];
          const { byteOffset: own } = layer.deltas;
          module.accumulate(
            rows,
            before.starts.byteOffset,
            before.ends.byteOffset,
            before.forwardPlaces.byteOffset,
            before.activations.byteOffset,
            own,
            layer.gradient.byteOffset,
            layer.biasGradient.byteOffset,
            layer.pairs,
          );
          module.multiply(
            rows,
            layer.starts.byteOffset,
            layer.ends.byteOffset,
            layer.backwardPlaces.byteOffset,
            own,
            layer.backward.byteOffset,
            0,
            before.deltas.byteOffset,
            before.pairs,
          );
          timesSlope(hidden, before.activations, before.deltas, 0, rows * 2 * before.pairs);
        }
        module.accumulate(
          rows,
          starts.byteOffset,
          ends.byteOffset,
          places.byteOffset,
          values.byteOffset,
          layers[1].deltas.byteOffset,
          layers[1].gradient.byteOffset,
          layers[1].biasGradient.byteOffset,
          layers[1].pairs,
        );
      }
      writeGradient(workspace, gradient);
    },

    forward(workspace, parameters, inputs, rows, onRow) {
      const { activations, logits } = workspace;
      const { activations: outputs, pairs, width } = layers[last];
      const start = activations.length - width;
      loadWeights(workspace, parameters, false);
      for (let at = 0; at < rows; at += ROWS) {
        const count = Math.min(ROWS, rows - at);
        loadInputs(inputs, count, r => at + r);
        const sums = forwardRows(workspace, count);
        for (let r = 0; r < count; r++) {
          for (let o = 0; o < width; o++) {
            activations[start + o] = outputs[r * 2 * pairs + o];
            logits[o] = sums[r * 2 * pairs + o];
          }
          onRow(at + r);
        }
      }
    },
  };

  function loadWeights(
    { weightStart, biasStart }: MlpWorkspace,
    parameters: Float64Array,
    withBackward: boolean,
  ): void {
    for (let l = 1; l <= last; l++) {
      const { matrix, bias, backward, pairs, width } = layers[l];
      const before = widths[l - 1];
      for (let o = 0; o < width; o++) bias[o] = parameters[biasStart[l] + o];
      turned.set(parameters.subarray(weightStart[l], weightStart[l] + width * before));
      module.turn(width, before, turned.byteOffset, matrix.byteOffset, 8 * before, 16 * pairs);
      if (!withBackward || l < 2) continue;
      const line = 2 * pairsOf(before);
      let w = weightStart[l];
      for (let o = 0; o < width; o++) {
        for (let i = 0; i < before; i++) backward[o * line + i] = parameters[w++];
      }
    }
  }

  /** Rows of inputs as lists of their nonzero entries. */
  function loadInputs(inputs: Float64Array, rows: number, rowAt: (r: number) => number): void {
    const width = widths[0];
    for (let r = 0; r < rows; r++) {
      const row = rowAt(r) * width;
      numbersIn.set(inputs.subarray(row, row + width), r * width);
    }
    module.listNonzero(
      rows,
      width,
      numbersIn.byteOffset,
      16 * layers[1].pairs,
      starts.byteOffset,
      ends.byteOffset,
      places.byteOffset,
      values.byteOffset,
    );
  }

  /** Fills the activations of every layer; returns the outputs before their activation. */
  function forwardRows({ hidden, output }: MlpWorkspace, rows: number): Float64Array {
    for (let l = 1; l <= last; l++) {
      const layer = layers[l];
      const before = layers[l - 1];
      const isFirst = l === 1;
      module.multiply(
        rows,
        (isFirst ? starts : before.starts).byteOffset,
        (isFirst ? ends : before.ends).byteOffset,
        (isFirst ? places : before.forwardPlaces).byteOffset,
        (isFirst ? values : before.activations).byteOffset,
        layer.matrix.byteOffset,
        layer.bias.byteOffset,
        layer.activations.byteOffset,
        layer.pairs,
      );
      if (l < last) activateAll(hidden, layer.activations, rows * 2 * layer.pairs);
    }
    const { activations, deltas, pairs, width } = layers[last];
    // The deltas of the outputs are written later, if at all: until then the logits may stay there.
    deltas.set(activations.subarray(0, rows * 2 * pairs));
    if (output !== 'softmax') activateAll(output, activations, rows * 2 * pairs);
    else for (let r = 0; r < rows; r++) activate(output, activations, r * 2 * pairs, r * 2 * pairs + width);
    return deltas;
  }

  /** The first numbers of a layer, whole lines, none of which depends on another. */
  function activateAll(kind: MlpActivation, a: Float64Array, count: number): void {
    const { byteOffset } = a;
    if (kind === 'sigmoid' && hasSameExp && module.sigmoid(byteOffset, byteOffset + 8 * count) !== 0) return;
    activate(kind, a, 0, count);
  }

  function writeGradient({ weightStart, biasStart }: MlpWorkspace, total: Float64Array): void {
    for (let l = 1; l <= last; l++) {
      const { gradient, biasGradient, pairs, width } = layers[l];
      const before = widths[l - 1];
      total.set(biasGradient.subarray(0, width), biasStart[l]);
      module.turn(before, width, gradient.byteOffset, turned.byteOffset, 16 * pairs, 8 * before);
      total.set(turned.subarray(0, width * before), weightStart[l]);
    }
  }
}

function pairsOf(width: number): number {
  return Math.ceil(width / 2);
}

/** Hands out arrays in the module's memory, one behind the other, 16 bytes apart at least; the memory grows once. */
function allocator(
  module: MlpLayerModule,
  widths: Int32Array,
): { numbers(length: number): Float64Array; integers(length: number): Int32Array } {
  let next = module.firstFree();
  const line = (width: number): number => 2 * pairsOf(width);
  // More than `createBatch` asks for: lists of inputs, then lines, matrices and places of each layer.
  let bytes = 20 * ROWS * widths[0];
  for (let l = 1; l < widths.length; l++) {
    bytes += 24 * ROWS * line(widths[l]) + 32 * line(widths[l]) * line(widths[l - 1]) + 32 * line(widths[l]);
  }
  bytes += 1024 * (ROWS / 8) * widths.length;
  module.memory.grow(Math.ceil((next + bytes) / 65536));
  const take = (length: number): number => {
    const at = next;
    next += (length + 15) & ~15;
    return at;
  };
  return {
    numbers: length => new Float64Array(module.memory.buffer, take(8 * length), length),
    integers: length => new Int32Array(module.memory.buffer, take(4 * length), length),
  };
}
