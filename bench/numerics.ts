import { benchManyWindows } from './benchManyWindows';
import { benchRosenstein } from './benchRosenstein';
import { benchGranger, benchStationarity } from './benchScans';
import { type Bench, type BenchOptions, runBench } from './runBench';

/** Every task of the numerical core beside its peers. */
export function benchNumerics(options: BenchOptions = {}): Promise<Bench> {
  return runBench('numerics', options, [
    benchRosenstein,
    benchGranger,
    benchStationarity,
    (_, quick) => benchManyWindows(quick),
  ]);
}
