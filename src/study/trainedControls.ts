import type { Dataset } from '../data/dataset';
import type { Initializer } from '../network/initialParameters';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';
import { type TrainingRun, type TrainOptions, train } from '../network/train';
import { type ControlName, controlNetworks } from '../pruning/controlNetworks';
import type { PruningScores } from '../pruning/scores';
import { trainingFlops } from '../pruning/searchCost';

/** One control, trained as the pruned network was. */
export interface TrainedControl {
  /** Which control it is. */
  readonly name: ControlName;
  /** What it would show to do as well as the pruned network. */
  readonly asks: string;
  /** Weights left; of `smaller-dense` only about as many as the pruned network has. */
  readonly weights: number;
  /** Its training, by the settings of the pruned network's. */
  readonly run: TrainingRun;
  /** Operations of its training. They are the price of the comparison, not of the pruned network. */
  readonly flops: number;
  /** Wall clock of its training. */
  readonly seconds: number;
}

export interface TrainedControlsOptions {
  readonly names: readonly ControlName[];
  readonly seed: number;
  readonly init: Initializer;
  /** What the mask was made from; without scores there is no `inverted` control. */
  readonly scores?: PruningScores;
}

/** Makes the named controls to a mask and trains them; `smaller-dense` is left out where there is no hidden layer. */
export async function trainedControls(
  network: Network,
  mask: Mask,
  dataset: Dataset,
  training: TrainOptions,
  { names, ...options }: TrainedControlsOptions,
): Promise<TrainedControl[]> {
  if (names.length === 0) return [];
  const trained: TrainedControl[] = [];
  for (const { name, asks, weights, network: control } of controlNetworks(network, mask, options).controls) {
    if (!names.includes(name)) continue;
    const started = performance.now();
    const run = await train(control, dataset, training);
    const seconds = (performance.now() - started) / 1000;
    trained.push({ name, asks, weights, run, flops: trainingFlops(run, dataset), seconds });
  }
  return trained;
}
