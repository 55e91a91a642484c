import { longRunOptions } from '../core/options';
import { requireWhole } from '../core/require';
import { loadDataset } from '../data/loadDataset';
import { accuracy } from '../network/metrics';
import { layerSpectrum } from '../spectra/layerSpectrum';
import { randomizedSpectrum } from '../spectra/randomizedSpectrum';
import { type SpectralNetworksOptions, spectralNetworks } from './spectralNetworks';
import { type LayerDiagnosis, spectralRow } from './spectralRow';
import { stepClock } from './stepClock';
import type { SpectralNetworkName } from './table4';

/** Draws, threads and checkpoint of `spectralRecord`. */
export interface SpectralRecordOptions extends SpectralNetworksOptions {
  /** Draws of the permutation null. Default 499. */
  readonly draws?: number;
  /** Threads, as in `spectrumNull`; they change no result. */
  readonly workers?: number;
}

/** One layer, with what its figures need. */
export interface RecordedLayer extends LayerDiagnosis {
  /** Ascending. */
  readonly eigenvalues: readonly number[];
  /** Of five copies with the weights in random places, ascending, four significant digits. */
  readonly shuffled: readonly number[];
}

/** One trained network. */
export interface RecordedNetwork {
  /** Which network of Table 4 it is. */
  readonly name: SpectralNetworkName;
  /** Weights held at zero. */
  readonly removed: number;
  /** Epochs trained. */
  readonly epochs: number;
  /** Whether training reached the benchmark. */
  readonly stopped: boolean;
  /** On all test images, by the largest output. */
  readonly accuracy: number;
  /** One entry a layer, from the inputs on. */
  readonly layers: readonly RecordedLayer[];
}

/** The networks of Table 4 from one published initialisation, trained and diagnosed. */
export interface SpectralRecord {
  /** Published initialisation, 1 to 5. */
  readonly init: number;
  /** Draws the images, the order of rows, the random mask and the nulls. */
  readonly seed: number;
  /** Draws of the permutation null. */
  readonly draws: number;
  /** One entry a network. */
  readonly networks: readonly RecordedNetwork[];
  /** Wall clock. */
  readonly seconds: number;
  /** Processor time. */
  readonly cpuSeconds: number;
}

/**
 * Trains the networks of `spectralNetworks` and diagnoses every layer as `spectralRow` does, under the permutation null. About
 * 80 s of processor time for one initialisation.
 *
 * @throws as `spectralNetworks` and `spectralRow`
 * @example
 * import { savedSpectralRecords, spectralRecord } from 'legcnet';
 * const train = false; // true: more than a minute of training
 * const { networks } = train ? await spectralRecord(1) : savedSpectralRecords()[0];
 * networks[0].layers.length; // 3
 */
export async function spectralRecord(
  init: number,
  options: SpectralRecordOptions = {},
): Promise<SpectralRecord> {
  requireWhole(init, 1, 'init', 'make a spectral record', 5);
  const { seed = 42, draws = 499, workers, ...training } = options;
  const longRun = longRunOptions(options);
  const clock = await stepClock(options.checkpoint, { init, seed, draws });
  const networks: RecordedNetwork[] = [];
  const { test } = await loadDataset('mnist', { procedure: 'published', seed, ...longRun });
  for await (const { name, network, run } of spectralNetworks(init, { ...training, seed })) {
    await clock.done(`${name} training`);
    const { layers } = await spectralRow(network, {
      seed,
      draws,
      ...(workers === undefined ? {} : { workers }),
      ...longRun,
    });
    networks.push({
      name,
      removed: network.mask?.removed ?? 0,
      epochs: run.epochCount,
      stopped: run.stopped,
      accuracy: accuracy(network, test, { rule: 'argmax' }),
      layers: layers.map(diagnosis => {
        const spectrum = layerSpectrum(network, diagnosis.layer);
        const { shuffled } = randomizedSpectrum(spectrum, { seed });
        return {
          ...diagnosis,
          eigenvalues: [...spectrum.eigenvalues],
          shuffled: Array.from(shuffled, value => Number(value.toPrecision(4))),
        };
      }),
    });
    await clock.done(`${name} spectra`);
  }
  const { seconds, cpuSeconds } = clock.cost();
  return { init, seed, draws, networks, seconds, cpuSeconds };
}
