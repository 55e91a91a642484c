import { result } from '../core/result';
import type { Recording } from '../network/recording';

/**
 * Weights whose differences are taken together:
 * - `neuron`: the weights that lead into one unit, hidden or output
 * - `layer`: all weights between two layers
 */
export type WeightGroup = 'neuron' | 'layer';

/** A difference recording whose series are norms over groups of weights. */
export interface GroupedRecording extends Recording {
  /** Norms of differences. */
  readonly content: 'difference';
  /** What each series is the norm over. */
  readonly group: WeightGroup;
  /** Name of each series, such as `layer 1, unit 3`; counted from 1. */
  readonly names: readonly string[];
}

/**
 * The same difference with |delta_t| of a weight replaced by the Euclidean norm over its neuron or layer. Norms have no sign
 * changes, at each of which ln|delta| of a single weight dips without bound, so their `direct` exponents are far less noisy.
 *
 * Series are in network order: layers from the inputs on, in each the units from the first on. `weights` of the returned
 * recording is the number of groups. Such exponents answer for groups: do not make masks of single weights from them.
 *
 * @throws TypeError for a recording of weights, RangeError for another group
 * @example
 * import { createNetwork, groupedDifference, loadDataset, recordTwin, windowedLyapunov } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * const layers = await windowedLyapunov(groupedDifference(twin, 'layer'), { window: 200 });
 * layers.weights; // 2, one series a layer
 */
export function groupedDifference(recording: Recording, group: WeightGroup): GroupedRecording {
  if (recording.content !== 'difference') {
    throw new TypeError(
      'Cannot group a difference: the difference of a perturbed pair is required (recordTwin, recordTangent), a ' +
        'recording of weights came',
    );
  }
  const { layers } = recording.initial;
  const names = groupNames(layers, group);
  const sizes = groupSizes(layers, group);
  return result({
    ...recording,
    content: 'difference',
    group,
    names,
    weights: names.length,
    async readWindow(start, length) {
      const { series } = await recording.readWindow(start, length); // weights x length
      const norms = new Float64Array(sizes.length * length); // groups x length
      let weight = 0;
      sizes.forEach((size, g) => {
        for (let t = 0; t < length; t++) norms[g * length + t] = normAt(series, weight, size, length, t);
        weight += size;
      });
      return { start, length, series: norms };
    },
  });
}

/**
 * Names of the groups in the order of their series, such as `layer 1, unit 3` or `layer 2`; counted from 1.
 *
 * @param layers layer widths from inputs to outputs
 * @example
 * import { groupNames } from 'legcnet';
 * groupNames([4, 2, 1], 'neuron'); // ['layer 1, unit 1', 'layer 1, unit 2', 'layer 2, unit 1']
 */
export function groupNames(layers: readonly number[], group: WeightGroup): readonly string[] {
  const names = layers.slice(1).map((_, l) => `layer ${l + 1}`);
  if (group === 'layer') return names;
  requireNeuron(group);
  return names.flatMap((name, l) =>
    Array.from({ length: layers[l + 1] }, (_, unit) => `${name}, unit ${unit + 1}`),
  );
}

/** Number of weights in each group; groups are stretches of consecutive weights. */
function groupSizes(layers: readonly number[], group: WeightGroup): readonly number[] {
  return layers
    .slice(1)
    .flatMap((width, l) => (group === 'layer' ? width * layers[l] : Array(width).fill(layers[l])));
}

/** Norm of one group at one iterate, safe from overflow and underflow of the squares. */
function normAt(series: Float64Array, first: number, size: number, length: number, t: number): number {
  let largest = 0;
  for (let weight = first; weight < first + size; weight++) {
    largest = Math.max(largest, Math.abs(series[weight * length + t])); // NaN stays NaN
  }
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let weight = first; weight < first + size; weight++)
    sum += (series[weight * length + t] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

function requireNeuron(group: 'neuron'): void {
  if (group !== 'neuron') {
    throw new RangeError(
      `Cannot group a difference: group must be 'neuron' or 'layer', ${String(group)} came`,
    );
  }
}
