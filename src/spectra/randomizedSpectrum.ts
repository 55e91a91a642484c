import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireWhole } from '../core/require';
import { result } from '../core/result';
import { randomStream, shuffleInPlace } from '../statistics/random';
import { gramEigenvalues } from './eigenvalues';
import type { LayerSpectrum } from './layerSpectrum';
import { type MarchenkoPasturFit, marchenkoPastur } from './marchenkoPastur';

/** The seed by which `randomizedSpectrum` shuffles, and how many copies it pools. */
export interface RandomizedSpectrumOptions {
  /** Seed of the shuffles. */
  readonly seed: number | string;
  /** Shuffled copies whose eigenvalues are pooled. Default as WeightWatcher: 5 below 100 eigenvalues, else 1. */
  readonly replicas?: number;
}

const optionNames: OptionNames<RandomizedSpectrumOptions> = { seed: true, replicas: true };

/** The spectrum of a layer beside that of the same weights in random places. */
export interface RandomizedSpectrum {
  readonly kind: 'randomized-spectrum';
  /** Name of the layer. */
  readonly name: string;
  /** `non-finite` where the layer's is; then there are no shuffled eigenvalues. */
  readonly status: 'ok' | 'non-finite';
  /** Seed of the shuffles. */
  readonly seed: number | string;
  /** Shuffled copies. */
  readonly replicas: number;
  /** Of the layer, ascending. */
  readonly original: Float64Array;
  /** Of all shuffled copies, ascending. */
  readonly shuffled: Float64Array;
  /** The largest of them: the line in WeightWatcher's plot. */
  readonly largestShuffled: number;
  /** The largest of each copy. */
  readonly largestOfEach: Float64Array;
  /** Eigenvalues of the layer above `largestShuffled`. */
  readonly above: number;
  /** Bulk fitted to the shuffled eigenvalues; its `spikes` count an outsized entry once a copy. */
  readonly bulk: MarchenkoPasturFit;
  /** Jensen-Shannon distance of layer and one more copy. */
  readonly distance: number;
  /** Largest eigenvalue of that copy over the largest of the layer. */
  readonly softRank: number;
  /** Largest eigenvalue of the layer less the largest of that copy. */
  readonly maxDistance: number;
}

/**
 * Shuffles all weights of a layer, which keeps their values and destroys what was learned by their places, and compares the
 * spectra: WeightWatcher's `randomize=True`, with a seed. Correlation traps, a few outsized entries, show as shuffled
 * eigenvalues above the bulk; what training learned shows as eigenvalues of the layer above all shuffled ones. For a p-value
 * see `spectrumNull`.
 *
 * @throws TypeError for anything but a layer spectrum, RangeError for an option out of range
 * @example
 * import { createNetwork, layerSpectrum, randomizedSpectrum } from 'legcnet';
 * const network = createNetwork({ layers: [784, 50, 30, 10], seed: 1 });
 * randomizedSpectrum(layerSpectrum(network, 1), { seed: 1 }).above; // 0, eigenvalues above those of shuffled weights
 */
export function randomizedSpectrum(
  spectrum: LayerSpectrum,
  options: RandomizedSpectrumOptions,
): RandomizedSpectrum {
  const task = 'randomise a spectrum';
  requireKind(spectrum, 'layer-spectrum', task);
  checkOptions(options, optionNames, task);
  const { name, matrix, eigenvalues, status } = spectrum;
  const side = eigenvalues.length;
  const { seed, replicas = side < 100 ? 5 : 1 } = options;
  requireWhole(replicas, 1, 'replicas', task);
  const allFinite = status !== 'non-finite';
  const { rows, cols, values } = matrix;
  const copies = Array.from({ length: allFinite ? replicas + 1 : 0 }, (_, r) =>
    gramEigenvalues(shuffleInPlace(values.slice(), randomStream(seed, `shuffled weights ${r}`)), rows, cols),
  );
  const pooled = copies.slice(0, replicas);
  const shuffled = new Float64Array(side * pooled.length);
  for (const [r, copy] of pooled.entries()) shuffled.set(copy, r * side);
  shuffled.sort();
  const largestShuffled = shuffled.length === 0 ? Number.NaN : shuffled[shuffled.length - 1];
  return result({
    kind: 'randomized-spectrum',
    name,
    status: allFinite ? 'ok' : 'non-finite',
    seed,
    replicas,
    original: eigenvalues,
    shuffled,
    largestShuffled,
    largestOfEach: Float64Array.from(pooled, copy => copy[side - 1]),
    above: eigenvalues.filter(value => value > largestShuffled).length,
    bulk: marchenkoPastur(shuffled, { rows, cols }),
    ...compareSpectra(eigenvalues, copies[replicas]),
  });
}

/** How far a spectrum is from that of a shuffled copy, as WeightWatcher measures it; both ascending, NaN without a copy. */
export function compareSpectra(
  original: Float64Array,
  copy: Float64Array | undefined,
): Pick<RandomizedSpectrum, 'distance' | 'softRank' | 'maxDistance'> {
  if (copy === undefined) return { distance: Number.NaN, softRank: Number.NaN, maxDistance: Number.NaN };
  const last = original.length - 1;
  return {
    distance: Math.sqrt(divergence(original, copy)),
    softRank: copy[last] / original[last],
    maxDistance: original[last] - copy[last],
  };
}

/**
 * Jensen-Shannon divergence, natural logarithm, of two sorted lists of eigenvalues taken as probabilities, place by place.
 * WeightWatcher mixes them before it makes each sum to 1, so for spectra of different sums it is not quite symmetric.
 */
function divergence(a: Float64Array, b: Float64Array): number {
  const mixed = a.map((value, i) => (value + b[i]) / 2);
  return Math.max(0, (relativeEntropy(a, mixed) + relativeEntropy(b, mixed)) / 2);
}

function relativeEntropy(p: Float64Array, q: Float64Array): number {
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  const [ofP, ofQ] = [total(p), total(q)];
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const share = p[i] / ofP;
    if (share > 0) sum += share * Math.log(share / (q[i] / ofQ));
    else if (Number.isNaN(share)) return Number.NaN;
  }
  return sum;
}
