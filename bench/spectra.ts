import { benchLayers, benchSpectrumNull } from './benchSpectra';
import { type Bench, type BenchOptions, runBench } from './runBench';

/** Spectra beside WeightWatcher. */
export function benchSpectra(options: BenchOptions = {}): Promise<Bench> {
  return runBench('spectra', options, [benchLayers, (_, quick) => benchSpectrumNull(quick)]);
}
