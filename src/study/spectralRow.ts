import type { LongRunOptions, Progress } from '../core/longRun';
import { requireKind } from '../core/require';
import { result } from '../core/result';
import type { Network } from '../network/network';
import type { TrainingLabel } from '../spectra/fitPowerLaw';
import { layerSpectrum, type SpectrumStatus } from '../spectra/layerSpectrum';
import type { SpectrumNullKind } from '../spectra/nullDraws';
import { randomizedSpectrum } from '../spectra/randomizedSpectrum';
import { spectrumNull } from '../spectra/spectrumNull';
import { layerMatrix } from '../spectra/weightMatrix';

/** Null, draws and seed of `spectralRow`. */
export interface SpectralRowOptions extends LongRunOptions {
  /** Seed of the draws. */
  readonly seed: number | string;
  /** Draws of each null. Default 1000. */
  readonly draws?: number;
  /** Default `permutation`. */
  readonly null?: SpectrumNullKind;
  /** The network before training, for null `initial`. */
  readonly initial?: Network;
  /** Threads, as in `spectrumNull`; they change no result. */
  readonly workers?: number;
}

/** What Table 4 prints of a layer, and what it lacks. */
export interface LayerDiagnosis {
  /** 1 for the layer next to the inputs. */
  readonly layer: number;
  /** Whether there is a spectrum, and why not. */
  readonly status: SpectrumStatus;
  /** NaN where no power law can be fitted. */
  readonly alpha: number;
  /** alpha log10(largest). */
  readonly alphaWeighted: number;
  /** Smallest eigenvalue of the tail. */
  readonly xmin: number;
  /** Kolmogorov-Smirnov distance of the fit. */
  readonly distance: number;
  /** Eigenvalues in the tail. */
  readonly tail: number;
  /** Eigenvalues that the tail is of. */
  readonly count: number;
  /** WeightWatcher's rule of thumb for alpha. */
  readonly label: TrainingLabel;
  /** As `label`, but `none` where the tail has fewer than 25 values. */
  readonly verdict: TrainingLabel;
  /** The largest eigenvalue. */
  readonly largest: number;
  /** Sum of the eigenvalues over the largest. */
  readonly stableRank: number;
  /** The largest of `randomizedSpectrum` with the same seed: the line in WeightWatcher's plot. */
  readonly largestRandom: number;
  /** Eigenvalues above the closed edge of chance. */
  readonly above: number;
  /** Eigenvalues above WeightWatcher's fitted bulk. */
  readonly spikes: number;
  /** p-value of alpha under the null; NaN where the layer has no value. */
  readonly pAlpha: number;
  /** p-value of the largest eigenvalue under the null. */
  readonly pLargest: number;
  /** p-value of `above` under the null. */
  readonly pAbove: number;
}

/** Table 4's columns for every layer of one network. */
export interface SpectralRow {
  readonly kind: 'spectral-row';
  /** How the matrices of chance were made. */
  readonly null: SpectrumNullKind;
  /** Matrices drawn for each layer. */
  readonly draws: number;
  /** Seed of the draws. */
  readonly seed: number | string;
  /** One entry a layer, from the inputs on. */
  readonly layers: readonly LayerDiagnosis[];
}

/**
 * Spectral diagnosis of every layer of a network: alpha and alpha weighted as WeightWatcher has them, with the p-values that
 * they lack.
 *
 * @throws TypeError for anything but a network, otherwise as `spectrumNull`
 * @example
 * import { createNetwork, spectralRow } from 'legcnet';
 * const network = createNetwork({ layers: [784, 50, 30, 10], seed: 1 });
 * const { layers } = await spectralRow(network, { draws: 19, seed: 1 });
 * layers[2].alpha; // 4.14
 * layers[2].pAlpha; // 0.8, an untrained layer
 */
export async function spectralRow(network: Network, options: SpectralRowOptions): Promise<SpectralRow> {
  requireKind(network, 'network', 'diagnose layers');
  const { seed, draws = 1000, null: kind = 'permutation', initial, ...rest } = options;
  const layers: LayerDiagnosis[] = [];
  for (let layer = 1; layer < network.layers.length; layer++) {
    const spectrum = layerSpectrum(network, layer);
    const found = await spectrumNull(spectrum, {
      ...rest,
      seed,
      draws,
      null: kind,
      ...(initial === undefined ? {} : { initial: layerMatrix(initial, layer) }),
      ...layerProgress(rest, layer, network.layers.length - 1),
    });
    const { powerLaw } = spectrum;
    layers.push({
      layer,
      status: spectrum.status,
      alpha: powerLaw.alpha,
      alphaWeighted: spectrum.alphaWeighted,
      xmin: powerLaw.xmin,
      distance: powerLaw.distance,
      tail: powerLaw.tail,
      count: powerLaw.count,
      label: powerLaw.label,
      verdict: powerLaw.verdict,
      largest: spectrum.spectralNorm,
      stableRank: spectrum.stableRank,
      largestRandom: randomizedSpectrum(spectrum, { seed }).largestShuffled,
      above: spectrum.edge.above,
      spikes: spectrum.bulk.spikes,
      pAlpha: found.alpha.pValue,
      pLargest: found.largest.pValue,
      pAbove: found.above.pValue,
    });
  }
  return result({ kind: 'spectral-row', null: kind, draws, seed, layers });
}

/** One bar for all layers instead of one for each. */
function layerProgress({ onProgress }: LongRunOptions, layer: number, layers: number): LongRunOptions {
  if (onProgress === undefined) return {};
  return {
    onProgress: ({ task, done, total, unit }: Progress) =>
      onProgress({ task, done: (layer - 1) * total + done, total: layers * total, unit }),
  };
}
