import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type GrangerScan, grangerScan } from '../causality/grangerScan';
import { makeStationary, type StationaryExponents } from '../causality/makeStationary';
import { exponentsWhileTraining } from '../chaos/exponentsWhileTraining';
import type { WindowedExponents } from '../chaos/windowedExponents';
import type { LongRunOptions } from '../core/longRun';
import { longRunOptions } from '../core/options';
import { result } from '../core/result';
import type { Dataset } from '../data/dataset';
import { type Checkpoint, type CheckpointOptions, openCheckpoint } from '../network/checkpoint';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';
import type { TrainOptions } from '../network/train';
import { trainingIdentity } from '../network/trainingIdentity';
import { trainingSettings } from '../network/trainingSettings';
import { selectWeights } from '../pruning/selectWeights';
import { lastIterate, type SearchSettings } from './causalSearch';

export interface LiveSearchOptions extends CheckpointOptions, LongRunOptions {
  /** Threads beside this one; results do not depend on it. Default: one a processor. */
  readonly workers?: number;
  /** Epochs of the dense run; needed for settings that look at a share of it. */
  readonly denseEpochs?: number;
}

/** Weights chosen while the network trained. */
export interface LiveSearch {
  readonly scan: GrangerScan;
  readonly mask: Mask;
}

/** Weights whose tests are saved together: some seconds of work. */
const BLOCK = 4100;

/**
 * `causalSearch` for networks whose trajectory does not fit into memory, to the same scan and mask: the weights are analysed
 * window by window while the network trains. With a `checkpoint` folder a killed search goes on where it was.
 *
 * @throws RangeError for settings that need the whole trajectory: a shifted target, a loss as target, or the target as the cause; for a share of
 *   the dense run without its epochs; and for a perturbed pair with a checkpoint
 */
export async function liveSearch(
  network: Network,
  dataset: Dataset,
  { stop, ...training }: TrainOptions,
  settings: SearchSettings,
  options: LiveSearchOptions = {},
): Promise<LiveSearch> {
  const { checkpoint: folder, checkpointSeconds, workers = availableParallelism(), denseEpochs } = options;
  checkLive(settings);
  const perEpoch = Math.ceil(dataset.train.rows / (training.batch ?? 1));
  const last = lastIterate(settings.length, perEpoch, denseEpochs);
  const longRun = longRunOptions(options);
  const recorded = { ...training, epochs: Math.ceil(last / perEpoch) };
  const { exponents, target } = await exponentsWhileTraining(network, dataset, recorded, {
    ...settings.exponents,
    ...(settings.perturbation !== null && { perturbation: settings.perturbation }),
    last,
    part: settings.target.part,
    workers,
    ...(folder !== undefined && { checkpoint: join(folder, 'exponents') }),
    ...(checkpointSeconds !== undefined && { checkpointSeconds }),
    ...longRun,
  });
  const stationary = makeStationary(exponents, target, settings.stationary);
  const identity = {
    ...trainingIdentity(network, dataset, trainingSettings(network, dataset, recorded)),
    search: settings,
  };
  const checkpoint = folder === undefined ? null : await openCheckpoint(join(folder, 'tests'), identity);
  const scan = await scanInBlocks(stationary, { ...settings.scan, workers, ...longRun }, checkpoint);
  return { scan, mask: selectWeights(scan, settings.rule) };
}

function checkLive({ target, cause }: SearchSettings): void {
  const isShifted = (target.shift ?? 0) !== 0;
  const isLoss = target.measure === 'loss';
  const needed = isShifted ? 'a shifted target' : isLoss ? 'a loss as target' : 'the target as the cause';
  if (isShifted || isLoss || cause !== 'exponents') {
    throw new RangeError(
      `Cannot search for causal weights while training: ${needed} needs the whole trajectory`,
    );
  }
}

/** `grangerScan` of all weights, block by block, each saved when it is done. */
async function scanInBlocks(
  { exponents, target }: StationaryExponents,
  options: NonNullable<Parameters<typeof grangerScan>[2]>,
  checkpoint: Checkpoint | null,
): Promise<GrangerScan> {
  const { windows, weights } = exponents;
  const columns = {
    lag: new Int32Array(weights),
    statistic: new Float64Array(weights),
    geweke: new Float64Array(weights),
    pValue: new Float64Array(weights),
    status: new Uint8Array(weights),
  };
  let heading: Pick<GrangerScan, 'test' | 'lags' | 'lagRule'> | undefined;
  for (let from = 0; from < weights; from += BLOCK) {
    const to = Math.min(weights, from + BLOCK);
    const name = `weights-${from}-${to - 1}`;
    const saved = (await checkpoint?.read(name)) ?? null;
    if (saved !== null) {
      heading ??= saved.values as GrangerScan;
      put(saved.arrays as unknown as GrangerScan, from);
      continue;
    }
    const found = await grangerScan(weightsOf(exponents, from, to), target, options);
    const { test, lags, lagRule, lag, statistic, geweke, pValue, status } = found;
    heading ??= { test, lags, lagRule };
    put(found, from);
    await checkpoint?.write(name, {
      values: { test, lags, lagRule },
      arrays: { lag, statistic, geweke, pValue, status },
    });
  }
  const { test, lags, lagRule } = heading!;
  const layers = exponents.layers;
  return result({ kind: 'granger-scan', test, layers, weights, windows, lags, lagRule, ...columns });

  function put({ lag, statistic, geweke, pValue, status }: GrangerScan, from: number): void {
    columns.lag.set(lag, from);
    columns.statistic.set(statistic, from);
    columns.geweke.set(geweke, from);
    columns.pValue.set(pValue, from);
    columns.status.set(status, from);
  }
}

function weightsOf(exponents: WindowedExponents, from: number, to: number): WindowedExponents {
  const { windows, weights } = exponents;
  const count = to - from;
  const values = new Float64Array(windows * count); // windows x count
  const status = new Uint8Array(windows * count);
  for (let w = 0; w < windows; w++) {
    values.set(exponents.values.subarray(w * weights + from, w * weights + to), w * count);
    status.set(exponents.status.subarray(w * weights + from, w * weights + to), w * count);
  }
  return { ...exponents, weights: count, values, status };
}
