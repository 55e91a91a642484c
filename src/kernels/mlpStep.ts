import { hasSameSigmoid, type MlpLayerModule, mlpLayerModule } from './mlpLayerModule';
import type { MlpWorkspace } from './mlpWorkspace';

/** Of one thread's memory for all kernels that are alive; what does not fit goes the plain way. */
const MOST_BYTES = 2 ** 22;
/** Larger networks gain nothing: there the arithmetic outweighs what is saved around it. */
const MOST_WEIGHTS = 1000;

/** Updates that one call of `steps` makes at most: well below a millisecond. */
export const MOST_STEPS = 512;

/** Updates with one row each, in WebAssembly, to the last bit what `mlpGradient` and `mlpUpdate` give. */
export interface MlpStep {
  /** The parameters, updated in place; not to be read after `dispose`. */
  readonly parameters: Float64Array;
  /** One update with a row of the inputs; false, and nothing done, where a unit's sum is not within 700. */
  step(row: number, learningRate: number): boolean;
  /** As many updates, one after the other; returns how many came before one that `step` would refuse. At most `MOST_STEPS`. */
  steps(order: Int32Array, from: number, to: number, learningRate: number): number;
  /**
   * Outputs of all rows, rows x outputs, as `mlpPredict` has them; false, and `outputs` unusable, where a unit's sum is not within 700 or
   * there is no memory for the inputs, which are copied once.
   */
  predict(inputs: Float64Array, rows: number, outputs: Float64Array): boolean;
  /** Hands the memory back. */
  dispose(): void;
}

/** Rows of inputs in the memory, and where their outputs go. */
interface Part {
  readonly inputs: number;
  readonly outputs: Float64Array;
}

/** What all kernels of a thread share. */
interface Room {
  readonly module: MlpLayerModule;
  next: number;
  alive: number;
}

let room: Room | null | undefined;

/**
 * The kernel for a small network of sigmoids, trained by squared error without momentum; null for any other, where SIMD is missing,
 * and where memory is not left for parameters and rows.
 *
 * @param parameters [W1, W2, …, b1, b2, …], see `MlpWorkspace`; copied
 * @param inputs rows x inputs, row-major; copied, as are `targets`, rows x outputs
 * @param removed indices of the removed weights, empty for a dense network
 */
export function createMlpStep(
  { widths, weightStart, biasStart, weightCount, hidden, output }: MlpWorkspace,
  parameters: Float64Array,
  inputs: Float64Array,
  targets: Float64Array,
  removed: Int32Array,
): MlpStep | null {
  const depth = widths.length - 1;
  if (weightCount > MOST_WEIGHTS || (depth > 1 && hidden !== 'sigmoid') || output !== 'sigmoid') return null;
  room ??= openRoom();
  if (room === null) return null;
  const { module } = room;
  const lines = Array.from(widths, width => 8 * (width + (width & 1)));
  const unitBytes = lines.reduce((sum, line) => sum + line, 0);
  const sizes = [8 * parameters.length, 8 * inputs.length, 8 * targets.length, 2 * unitBytes];
  const places: number[] = [];
  let next = room.next;
  for (const size of [...sizes, 24 * depth, 4 * removed.length, 4 * MOST_STEPS]) {
    places.push(next);
    next += (size + 15) & ~15;
  }
  const { buffer } = module.memory;
  if (next > buffer.byteLength) return null;
  room.next = next;
  room.alive++;

  const [own, rows, answers, units, layers, gone, list] = places;
  const kept = new Float64Array(buffer, own, parameters.length);
  kept.set(parameters);
  new Float64Array(buffer, rows, inputs.length).set(inputs);
  new Float64Array(buffer, answers, targets.length).set(targets);
  new Float64Array(buffer, units, unitBytes / 4).fill(0);
  new Int32Array(buffer, gone, removed.length).set(removed.map(weight => own + 8 * weight));
  const table = new Int32Array(buffer, layers, 6 * depth);
  for (let l = 1, unit = units; l <= depth; l++) {
    const after = unit + lines[l - 1];
    const [weights, biases] = [own + 8 * weightStart[l], own + 8 * biasStart[l]];
    table.set([widths[l - 1], widths[l], weights, biases, unit, after], 6 * (l - 1));
    unit = after;
  }
  const rowBytes = 8 * widths[0];
  const targetBytes = 8 * widths[depth];
  const order = new Int32Array(buffer, list, MOST_STEPS);
  const parts = new Map<Float64Array, Part>();
  let isAlive = true;
  return {
    parameters: kept,
    step(row, learningRate) {
      const at = rows + row * rowBytes;
      const target = answers + row * targetBytes;
      return module.step(layers, depth, at, target, unitBytes, gone, removed.length, learningRate) !== 0;
    },
    steps(chosen, from, to, learningRate) {
      const count = Math.min(to - from, MOST_STEPS);
      for (let k = 0; k < count; k++) order[k] = chosen[from + k];
      const { length } = removed;
      return module.steps(layers, depth, list, count, rows, answers, unitBytes, gone, length, learningRate);
    },
    predict(asked, count, outputs) {
      const part = parts.get(asked) ?? placePart(asked, outputs.length);
      if (part === null || module.predict(layers, depth, count, part.inputs, part.outputs.byteOffset) === 0)
        return false;
      outputs.set(part.outputs);
      return true;
    },
    dispose() {
      if (!isAlive || !room) return;
      isAlive = false;
      room.alive--;
      if (room.alive === 0) room.next = room.module.firstFree();
    },
  };

  /** Null where the memory has no place left. */
  function placePart(asked: Float64Array, outputs: number): Part | null {
    if (!room) return null;
    const place = asked === inputs ? rows : room.next;
    const at = asked === inputs ? room.next : (place + asked.byteLength + 15) & ~15;
    if (at + 8 * outputs > buffer.byteLength) return null;
    room.next = (at + 8 * outputs + 15) & ~15;
    if (asked !== inputs) new Float64Array(buffer, place, asked.length).set(asked);
    const part = { inputs: place, outputs: new Float64Array(buffer, at, outputs) };
    parts.set(asked, part);
    return part;
  }
}

/** Memory that never grows, so that the arrays in it stay where they are. */
function openRoom(): Room | null {
  const module = mlpLayerModule();
  if (module === null || !hasSameSigmoid(module)) return null;
  module.memory.grow(MOST_BYTES / 65536);
  return { module, next: module.firstFree(), alive: 0 };
}
