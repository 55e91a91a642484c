import { boundedExp } from './boundedExp';
import { createCoalitionSimd, LARGEST_SIMD_EXPONENT } from './coalitionSimd';
import { activate, forwardAbove } from './mlpForward';
import type { MlpWorkspace } from './mlpWorkspace';

/** exp(z) and exp(-z) are both normal numbers up to here. */
const LARGEST_EXPONENT = 700;

/** Values of all coalitions of one input row against one background row after the other. */
export interface CoalitionKernel {
  /**
   * Sets one pair of rows up and returns the number of blocks that its 2^players coalitions make. A feature of a present player
   * comes from the input row, any other from the background row.
   *
   * @param inputs rows x features, row-major; so is `background`, which must not change meanwhile
   * @param players the features of each player, at most as many players as the kernel was made for
   */
  readonly prepare: (
    inputs: Float64Array,
    row: number,
    background: Float64Array,
    backgroundRow: number,
    players: readonly Int32Array[],
  ) => number;
  /**
   * Adds weight x outputs of the coalitions in blocks from..to-1 to `values` (2^players x outputs, bit p of the index set when
   * player p is present).
   */
  readonly add: (from: number, to: number, weight: number, values: Float64Array) => void;
  /** Adds what is still held back to `values`; to be called after the last background row. */
  readonly finish: (values: Float64Array) => void;
}

/**
 * All 2^M coalitions of a dense network in O(2^M hidden) instead of O(2^M M hidden) steps. The first layer before its
 * activation is a sum over players, so it is the sum of two halves, each tabled once: z(S) = low(S's lower players) +
 * high(S's upper players). No error grows along the way, as it would from flipping one player after the other. Sigmoid layers
 * table exp(-z) instead: a coalition then costs a product where it cost an exponential.
 *
 * Networks of one hidden layer and one output, all sigmoid, go through WebAssembly where it is there, the |z| of
 * no unit exceeds 230 and that of the output not 340, and there are three players or more; the
 * plain loop beside it is the yardstick.
 *
 * @param parameters [W1, W2, …, b1, b2, …], see `MlpWorkspace`
 */
export function createCoalitionKernel(
  workspace: MlpWorkspace,
  parameters: Float64Array,
  mostPlayers: number,
  name: 'simd' | 'twin' = 'simd',
): CoalitionKernel {
  const { widths, weightStart, biasStart, unitStart, activations, logits, hidden, output } = workspace;
  const features = widths[0];
  const units = widths[1];
  const outputs = logits.length;
  const firstUnit = unitStart[1];
  const outputStart = activations.length - outputs;
  const isDeep = widths.length > 2;
  const half = Math.ceil(mostPlayers / 2);
  const low = new Float64Array(units << half);
  const high = new Float64Array(units << half);
  const reach = new Float64Array(units);
  // Of one output above one sigmoid layer: its weights, then its bias. Units lie in [0, 1], so their sum bounds |z|.
  const isSingle = widths.length === 3 && outputs === 1 && hidden === 'sigmoid' && output === 'sigmoid';
  const above = isSingle
    ? Float64Array.of(
        ...parameters.subarray(weightStart[2], weightStart[2] + units),
        parameters[biasStart[2]],
      )
    : new Float64Array(0);
  const isPlain = isSingle && above.reduce((sum, weight) => sum + Math.abs(weight), 0) < LARGEST_EXPONENT;
  const simd = isPlain && name === 'simd' ? createCoalitionSimd(above, mostPlayers) : null;
  // z of a background row, then what each player adds to it: (1 + players) x stride.
  const stride = simd?.units ?? units;
  const steps = simd?.steps ?? new Float64Array((1 + mostPlayers) * stride);
  const firstLayer = firstLayerByFeature();
  let lowCount = 1;
  let isProduct = false;
  let isSimd = false;
  let heldBack = 0;
  // A background is met once for every row explained.
  let known: Float64Array | null = null;
  let knownSums: Float64Array = new Float64Array(0);
  return { prepare, add, finish };

  function prepare(
    inputs: Float64Array,
    row: number,
    background: Float64Array,
    backgroundRow: number,
    players: readonly Int32Array[],
  ): number {
    const largest = firstLayerSteps(inputs, row, background, backgroundRow, players);
    const lowPlayers = Math.ceil(players.length / 2);
    const highPlayers = players.length - lowPlayers;
    lowCount = 1 << lowPlayers;
    isProduct = isDeep && hidden === 'sigmoid' && largest < LARGEST_EXPONENT;
    isSimd = simd !== null && lowPlayers > 1 && largest < LARGEST_SIMD_EXPONENT;
    if (isSimd) {
      simd!.tabulate(lowPlayers, highPlayers);
    } else if (isProduct) {
      for (let k = 0; k < stride * (1 + players.length); k++) steps[k] = Math.exp(-steps[k]);
      for (let u = 0; u < units; u++) low[u] = steps[u];
      high.fill(1, 0, units);
      tableProducts(low, lowPlayers, 0);
      tableProducts(high, highPlayers, lowPlayers);
    } else {
      for (let u = 0; u < units; u++) low[u] = steps[u];
      high.fill(0, 0, units);
      tableSums(low, lowPlayers, 0);
      tableSums(high, highPlayers, lowPlayers);
    }
    return 1 << highPlayers;
  }

  function add(from: number, to: number, weight: number, values: Float64Array): void {
    if (isSimd) {
      simd!.add(lowCount, from, to, weight);
      heldBack = Math.max(heldBack, to * lowCount);
    } else if (isProduct && isPlain) addPlain(low, high, above, units, lowCount, from, to, weight, values);
    else addStored(from, to, weight, values);
  }

  function finish(values: Float64Array): void {
    for (let s = 0; s < heldBack; s++) values[s] += simd!.values[s];
    simd?.values.fill(0, 0, heldBack);
    heldBack = 0;
  }

  /** Leaves z of the background row and each player's step in `steps`; returns the largest |z| that a unit may come to. */
  function firstLayerSteps(
    inputs: Float64Array,
    row: number,
    background: Float64Array,
    backgroundRow: number,
    players: readonly Int32Array[],
  ): number {
    if (background !== known) {
      known = background;
      knownSums = firstLayerSums(background);
    }
    const from = row * features;
    const to = backgroundRow * features;
    const [target, far, weights, width] = [steps, reach, firstLayer, units];
    for (let u = 0; u < width; u++) {
      const z = knownSums[backgroundRow * width + u];
      target[u] = z;
      far[u] = Math.abs(z);
    }
    for (let p = 0; p < players.length; p++) {
      const start = (1 + p) * stride;
      const columns = players[p];
      for (let u = 0; u < width; u++) target[start + u] = 0;
      for (let k = 0; k < columns.length; k++) {
        const i = columns[k];
        const difference = inputs[from + i] - background[to + i];
        for (let u = 0; u < width; u++) target[start + u] += weights[i * width + u] * difference;
      }
      for (let u = 0; u < width; u++) far[u] += Math.abs(target[start + u]);
    }
    return far.reduce((most, each) => Math.max(most, each), 0);
  }

  /** Weights of the first layer, features x units. */
  function firstLayerByFeature(): Float64Array {
    const weights = new Float64Array(features * units);
    for (let u = 0; u < units; u++) {
      for (let i = 0; i < features; i++)
        weights[i * units + u] = parameters[weightStart[1] + u * features + i];
    }
    return weights;
  }

  /** First layer before its activation of every background row, rows x units. */
  function firstLayerSums(background: Float64Array): Float64Array {
    const rows = background.length / features;
    const sums = new Float64Array(rows * units);
    for (let row = 0; row < rows; row++) {
      for (let u = 0; u < units; u++) {
        const w = weightStart[1] + u * features;
        let z = parameters[biasStart[1] + u];
        for (let i = 0; i < features; i++) z += parameters[w + i] * background[row * features + i];
        sums[row * units + u] = z;
      }
    }
    return sums;
  }

  /** Fills rows 1 to 2^players - 1 of a table from row 0: each is the row without its lowest player, and that one's step. */
  function tableSums(table: Float64Array, players: number, first: number): void {
    for (let s = 1; s < 1 << players; s++) {
      const before = (s & (s - 1)) * units;
      const step = (1 + first + lowestBit(s)) * stride;
      for (let u = 0; u < units; u++) table[s * units + u] = table[before + u] + steps[step + u];
    }
  }

  function tableProducts(table: Float64Array, players: number, first: number): void {
    for (let s = 1; s < 1 << players; s++) {
      const before = (s & (s - 1)) * units;
      const step = (1 + first + lowestBit(s)) * stride;
      for (let u = 0; u < units; u++) table[s * units + u] = table[before + u] * steps[step + u];
    }
  }

  function addStored(fromBlock: number, toBlock: number, weight: number, values: Float64Array): void {
    const [lower, upper, width, count] = [low, high, units, lowCount];
    for (let h = fromBlock; h < toBlock; h++) {
      const from = h * width;
      let k = 0;
      for (let l = 0; l < count; l++) {
        if (isProduct) {
          for (let u = 0; u < width; u++) activations[firstUnit + u] = 1 / (1 + lower[k++] * upper[from + u]);
        } else {
          for (let u = 0; u < width; u++) activations[firstUnit + u] = lower[k++] + upper[from + u];
          if (isDeep) activate(hidden, activations, firstUnit, firstUnit + width);
        }
        forwardAbove(workspace, parameters);
        const start = (h * count + l) * outputs;
        for (let o = 0; o < outputs; o++) values[start + o] += weight * activations[outputStart + o];
      }
    }
  }
}

/** One hidden layer and one output, all sigmoid: no unit is stored. `above`: weights of the output, then its bias. */
function addPlain(
  low: Float64Array,
  high: Float64Array,
  above: Float64Array,
  units: number,
  lowCount: number,
  fromBlock: number,
  toBlock: number,
  weight: number,
  values: Float64Array,
): void {
  const bias = above[units];
  let at = fromBlock * lowCount;
  for (let h = fromBlock; h < toBlock; h++) {
    const from = h * units;
    let k = 0;
    for (let l = 0; l < lowCount; l++) {
      let z = bias;
      for (let u = 0; u < units; u++) z += above[u] / (1 + low[k++] * high[from + u]);
      values[at++] += weight / (1 + boundedExp(-z));
    }
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
