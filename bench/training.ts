import { benchIris, benchMnist } from './benchTraining';
import { type Bench, type BenchOptions, runBench } from './runBench';

/** Training with every iterate recorded, beside TensorFlow.js and PyTorch. */
export function benchTraining(options: BenchOptions = {}): Promise<Bench> {
  return runBench('training', options, [benchIris, benchMnist]);
}
