import { createNetwork } from '../src/network/createNetwork';
import { type LayerSpectrum, layerSpectrum } from '../src/spectra/layerSpectrum';
import { randomizedSpectrum } from '../src/spectra/randomizedSpectrum';
import { spectrumNull } from '../src/spectra/spectrumNull';
import { layerMatrix } from '../src/spectra/weightMatrix';
import { type BenchRow, benchRow } from './benchRow';
import type { Peers } from './peers';
import { medianSeconds, secondsOf } from './timing';

const LAYERS = [784, 50, 30, 10];
const DRAWS = 1000;
const WORKERS = 2;

/** All columns of the MNIST network's three layers, randomised spectra included. */
export async function benchLayers(peers: Peers | null, quick: boolean): Promise<BenchRow[]> {
  const network = createNetwork({ layers: LAYERS, init: 'lecun-uniform', seed: 1 });
  const layers = [1, 2, 3].map(layer => {
    const { rows, cols, values } = layerMatrix(network, layer);
    return { rows, cols, values: [...values] };
  });
  let spectra: LayerSpectrum[] = [];
  let theirs: readonly (readonly number[])[] = [];
  const ours = () =>
    secondsOf(() => {
      spectra = [1, 2, 3].map(layer => layerSpectrum(network, layer));
      for (const spectrum of spectra) randomizedSpectrum(spectrum, { seed: 1 });
    });
  const weightWatcher = async () => {
    if (peers === null) return Number.NaN;
    const { seconds, answer } = await peers.ask<number[][]>({ task: 'analyze', layers });
    theirs = answer;
    return seconds;
  };
  const [seconds, peer] = await medianSeconds(quick ? 2 : 5, [ours, weightWatcher]);
  const gaps = theirs.flatMap((columns, l) => {
    const { powerLaw, bulk, entropy, logAlphaNorm } = spectra[l];
    return [powerLaw.alpha, bulk.sigma, entropy, logAlphaNorm].map((value, c) =>
      Math.abs(value / columns[c] - 1),
    );
  });
  const agreement = `alpha, sigma_mp, entropy and log_alpha_norm differ by ${Math.max(0, ...gaps).toExponential(0)} at most, relatively`;
  return [
    benchRow(
      'analysis of 784-50-30-10 with randomised spectra',
      seconds,
      's',
      { ratio: 5 },
      peers && { name: 'WeightWatcher', value: peer, how: `measured on the same weights; ${agreement}` },
      'adds the closed edge',
    ),
  ];
}

/** The permutation null of the first layer. */
export async function benchSpectrumNull(quick: boolean): Promise<BenchRow[]> {
  const spectrum = layerSpectrum(createNetwork({ layers: LAYERS, init: 'lecun-uniform', seed: 1 }), 1);
  const draws = quick ? DRAWS / 5 : DRAWS;
  const before = process.cpuUsage();
  let runs = 0;
  const [seconds] = await medianSeconds(quick ? 1 : 3, [
    () => {
      runs++;
      return secondsOf(() => spectrumNull(spectrum, { draws, seed: 1, workers: WORKERS }));
    },
  ]);
  const { user, system } = process.cpuUsage(before);
  const processorSeconds = ((DRAWS / draws) * (user + system)) / 1e6 / runs;
  const task = `permutation null, ${DRAWS} draws of 50 x 784, ${WORKERS} workers`;
  const note =
    `start of the workers included, ${processorSeconds.toFixed(1)} s of processor time` +
    (quick ? `; extrapolated from ${draws} draws` : '');
  return [benchRow(task, (DRAWS / draws) * seconds, 's', { ours: 10 }, null, note)];
}
