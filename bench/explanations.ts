import { benchCancer, benchExact } from './benchShapley';
import { type Bench, type BenchOptions, runBench } from './runBench';

/** Shapley values beside shap. */
export function benchExplanations(options: BenchOptions = {}): Promise<Bench> {
  return runBench('explanations', options, [benchExact, (_, quick) => benchCancer(quick)]);
}
