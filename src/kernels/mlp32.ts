import { type Mlp32Module, startMlp32Helpers, takeMlp32Module } from './mlp32Module';
import { mlp32Plain } from './mlp32Plain';
import type { MlpActivation, MlpLoss, MlpWorkspace } from './mlpWorkspace';

/** Rows that go through the network together. */
const ROWS = 128;
const PAGE = 65536;
/** Of the module's memory. */
const MOST_BYTES = 2 ** 31 - 2 ** 24;
/** Bytes of a line in a panel of the first matrix, see `simd/parts/lists.ts`. */
const PANEL = 112;
/** Words that describe a layer, a training and the threads that share it, `Layer`, `Training` and `Crew` in `simd`. */
const LAYER_WORDS = 9;
const TRAINING_WORDS = 25;
/** Where its learning rate and momentum stand. */
const RATES = 15;
const CREW_WORDS = 48;
/** Where the number of helpers stands. */
const HELPERS = 3;
const KINDS: readonly MlpActivation[] = ['sigmoid', 'tanh', 'relu', 'softmax', 'identity'];

/** Rows of data in float64, row-major. */
export interface Mlp32Rows {
  readonly rows: number;
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

export interface Mlp32Settings {
  readonly learningRate: number;
  readonly momentum: number;
  readonly loss: MlpLoss;
  /** Indices of the removed weights, empty for a dense network. */
  readonly removed: Int32Array;
  /** Threads that share the work with this one; the results are the same. Default: none. */
  readonly helpers?: number;
  /** Bytes of memory up to which lists of rows are kept; those beyond are made anew whenever they are used. Default: nearly 2 GB. */
  readonly mostBytes?: number;
}

/** A dense network in training, all its arithmetic in float32. */
export interface Mlp32 {
  /** [W1, W2, …, b1, b2, …], see `MlpWorkspace`; overwritten by a later step, not to be read after `dispose`. */
  parameters(): Float32Array;
  /** One update with the mean gradient of the rows `order[from]` … `order[to - 1]`, as `mlpGradient` and `mlpUpdate` describe. */
  step(order: Int32Array, from: number, to: number): void;
  /** Forward passes of all rows; before each call of `onRow` the workspace holds the row's outputs and logits, but no other unit. */
  forward(data: Mlp32Rows, onRow: (row: number) => void): void;
  dispose(): void;
}

/**
 * Training in float32 in WebAssembly SIMD; where that or its memory is missing, in plain TypeScript, to the same bits.
 *
 * Rows are taken in once, as lists of their nonzero inputs: 8 bytes for each of these.
 *
 * @param initial parameters as of `mlpWorkspace`, rounded to float32
 * @param data the training rows, which are not to change
 */
export function createMlp32(
  workspace: MlpWorkspace,
  initial: Float64Array,
  data: Mlp32Rows,
  settings: Mlp32Settings,
): Mlp32 {
  const module = takeMlp32Module();
  if (module === null) return mlp32Plain(workspace, initial, data, settings);
  try {
    return mlp32Simd(module, workspace, initial, data, settings);
  } catch (failure) {
    if (!(failure instanceof RangeError)) throw failure;
    return mlp32Plain(workspace, initial, data, settings); // The memory cannot grow so far.
  }
}

/** Lists of rows in the module's memory. */
interface Lists {
  /** Where a row's entries start and those of the one before end. */
  readonly starts: number;
  /** Rows x line; 0 where they are not used for training. */
  readonly targets: number;
}

function mlp32Simd(
  module: Mlp32Module,
  workspace: MlpWorkspace,
  initial: Float64Array,
  data: Mlp32Rows,
  { learningRate, momentum, loss, removed, helpers = 0, mostBytes = MOST_BYTES }: Mlp32Settings,
): Mlp32 {
  const { widths, weightStart, biasStart, hidden, output, parameterCount } = workspace;
  const depth = widths.length - 1;
  const m = widths[depth];
  const features = widths[0];
  const lastLine = lineOf(m);

  let next = module.firstFree();
  let integers: Int32Array = new Int32Array(0);
  let floats: Float32Array = new Float32Array(0);
  let doubles: Float64Array = new Float64Array(0);
  look();

  const crew = take(4 * CREW_WORDS);
  const training = take(4 * TRAINING_WORDS);
  const layers = take(4 * LAYER_WORDS * depth);
  const order = take(4 * ROWS);
  const identity = take(4 * ROWS);
  const block: Lists = { starts: take(4 * (ROWS + 1)), targets: take(ROWS * lastLine) };
  const numbers = take(8 * ROWS * features);
  const entries = take(8 * (ROWS * features + 1));
  const scratch = take(8 * ((ROWS / 2) * features + 1));
  const gone = take(4 * removed.length);
  const flat = take(4 * parameterCount);
  // All matrices, each with its biases behind it; then gradients and velocities in the same order.
  const sizes = Array.from({ length: depth }, (_, l) => (widths[l] + 1) * lineOf(widths[l + 1]));
  const size = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const weights = take(size);
  const gradient = take(size);
  const velocity = momentum === 0 ? gradient : take(size);
  const matrices: number[] = [];
  let activations = 0;
  let sums = 0;
  for (let l = 1, at = weights; l <= depth; at += sizes[l - 1], l++) {
    const rowsTimesLine = ROWS * lineOf(widths[l]);
    activations = take(rowsTimesLine);
    sums = take(rowsTimesLine); // The deltas of the last layer, which hold the logits after a forward pass.
    const backward = l === 1 ? 0 : take(widths[l] * lineOf(widths[l - 1]));
    matrices.push(at);
    integers.set(
      [
        widths[l - 1],
        widths[l],
        at,
        at + gradient - weights,
        backward,
        activations,
        sums,
        flat + 4 * weightStart[l],
        flat + 4 * biasStart[l],
      ],
      layers / 4 + LAYER_WORDS * (l - 1),
    );
  }
  integers.set(
    [
      crew,
      layers,
      depth,
      KINDS.indexOf(hidden),
      KINDS.indexOf(output),
      loss === 'cross-entropy' ? 1 : 0,
      weights,
      weights + size,
      gradient - weights,
      velocity - weights,
      gone,
      removed.length,
      numbers,
      scratch,
      features,
    ],
    training / 4,
  );
  floats.set([learningRate, momentum], training / 4 + RATES);
  floats.set(initial, flat / 4);
  module.readFlat(training);
  for (let r = 0; r < ROWS; r++) integers[identity / 4 + r] = r;
  for (let k = 0; k < removed.length; k++) integers[gone / 4 + k] = addressOf(removed[k]);
  integers[crew / 4 + HELPERS] = helpers;
  const giveBack = startMlp32Helpers(helpers, module, training);
  const known = new Map<Float64Array, Lists | null>();
  const trainLists = keepRows(data, true);
  let flatView = floats.subarray(flat / 4, flat / 4 + parameterCount);
  let isFlat = true;

  return {
    parameters() {
      if (!isFlat) module.writeFlat(training);
      isFlat = true;
      if (flatView.buffer !== floats.buffer) {
        flatView = floats.subarray(flat / 4, flat / 4 + parameterCount);
      }
      return flatView;
    },

    step(rowOrder, from, to) {
      module.loadBackward(training);
      for (let at = from; at < to; at += ROWS) {
        const count = Math.min(ROWS, to - at);
        for (let r = 0; r < count; r++) integers[order / 4 + r] = rowOrder[at + r];
        const lists = trainLists ?? listBlock(data, count, r => rowOrder[at + r]);
        const chosen = trainLists === null ? identity : order;
        module.accumulate(training, count, chosen, lists.starts, lists.targets);
      }
      module.update(training, to - from);
      isFlat = false;
    },

    forward(rows, onRow) {
      const lists = known.has(rows.inputs) ? known.get(rows.inputs) : keepRows(rows, false);
      const { activations: units, logits } = workspace;
      const start = units.length - m;
      for (let at = 0; at < rows.rows; at += ROWS) {
        const count = Math.min(ROWS, rows.rows - at);
        for (let r = 0; r < count; r++) integers[order / 4 + r] = at + r;
        const chosen = lists ?? listBlock(rows, count, r => at + r);
        module.forward(training, count, lists ? order : identity, chosen.starts);
        for (let r = 0; r < count; r++) {
          const place = (r * lastLine) / 4;
          for (let o = 0; o < m; o++) {
            units[start + o] = floats[activations / 4 + place + o];
            logits[o] = floats[sums / 4 + place + o];
          }
          onRow(at + r);
        }
      }
    },

    dispose: giveBack,
  };

  /** Sees memory as it is now; growing takes the old views away. */
  function look(): void {
    const { buffer } = module.memory;
    integers = new Int32Array(buffer);
    floats = new Float32Array(buffer);
    doubles = new Float64Array(buffer);
  }

  /** So many bytes, all 0, and more up to a multiple of 16. */
  function take(bytes: number): number {
    const at = next;
    const end = 16 * Math.ceil((at + bytes) / 16);
    reserve(end);
    floats.fill(0, at / 4, end / 4);
    next = end;
    return at;
  }

  function reserve(end: number): void {
    const { byteLength } = module.memory.buffer;
    if (end <= byteLength) return;
    // By an eighth at least, because every growth may copy all.
    module.memory.grow(Math.ceil(Math.max(end - byteLength, byteLength / 8) / PAGE));
    look();
  }

  /** Where a weight of the parameter vector stands. */
  function addressOf(weight: number): number {
    let l = 1;
    while (l < depth && weight >= weightStart[l + 1]) l++;
    const input = (weight - weightStart[l]) % widths[l - 1];
    const unit = Math.floor((weight - weightStart[l]) / widths[l - 1]);
    const line = lineOf(widths[l]);
    if (l > 1) return matrices[l - 1] + input * line + 4 * unit;
    const panel = Math.floor((4 * unit) / PANEL) * PANEL; // Bytes of a line in the panels before.
    const bytes = Math.min(PANEL, line - panel);
    return matrices[0] + panel * (widths[0] + 1) + input * bytes + 4 * unit - panel;
  }

  /** Lists all rows for good; null where they do not fit. */
  function keepRows(rows: Mlp32Rows, areTrained: boolean): Lists | null {
    const before = next;
    let lists: Lists | null = null;
    try {
      const starts = take(4 * (rows.rows + 1));
      const targets = areTrained ? take(rows.rows * lastLine) : 0;
      for (let at = 0; at < rows.rows; at += ROWS) {
        const count = Math.min(ROWS, rows.rows - at);
        const most = next + 8 * (count * features + 1);
        if (most > mostBytes) throw new RangeError('The lists of rows would take more than may be');
        reserve(most);
        doubles.set(rows.inputs.subarray(at * features, (at + count) * features), numbers / 8);
        next = module.list(training, count, starts + 4 * at, next);
      }
      next = 16 * Math.ceil((next + 8) / 16);
      if (areTrained) loadTargets(rows, rows.rows, targets, r => r);
      lists = { starts, targets };
    } catch (failure) {
      if (!(failure instanceof RangeError)) throw failure;
      next = before;
    }
    known.set(rows.inputs, lists);
    return lists;
  }

  /** Lists a few rows for the moment, as rows 0, 1, … */
  function listBlock(rows: Mlp32Rows, count: number, rowAt: (r: number) => number): Lists {
    for (let r = 0; r < count; r++) {
      const from = rowAt(r) * features;
      doubles.set(rows.inputs.subarray(from, from + features), numbers / 8 + r * features);
    }
    module.list(training, count, block.starts, entries);
    loadTargets(rows, count, block.targets, rowAt);
    return block;
  }

  function loadTargets(rows: Mlp32Rows, count: number, to: number, rowAt: (r: number) => number): void {
    for (let r = 0; r < count; r++) {
      for (let o = 0; o < m; o++) floats[(to + r * lastLine) / 4 + o] = rows.targets[rowAt(r) * m + o];
    }
  }
}

/** Bytes of a line. */
function lineOf(width: number): number {
  return 16 * Math.ceil(width / 4);
}
