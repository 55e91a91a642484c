import { benchChain } from './benchChain';
import { type Bench, type BenchOptions, runBench } from './runBench';

/** The whole chain of a small data set beside the same in Python. */
export function benchWholeChain(options: BenchOptions = {}): Promise<Bench> {
  return runBench('chain', options, [benchChain]);
}
