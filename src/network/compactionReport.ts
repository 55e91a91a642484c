import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireKind, requireWhole } from '../core/require';
import { result } from '../core/result';
import { weightCount } from '../core/weightLayers';
import type { Part } from '../data/dataset';
import { checkPartFits } from './checkPartFits';
import { compact } from './compact';
import { flops, macs } from './metrics';
import type { Network } from './network';
import { encodeNetwork } from './networkFile';
import { predict } from './predict';

/** How often `compactionReport` takes the time. */
export interface CompactionReportOptions extends LongRunOptions {
  /** Rounds of timing, of which the median is taken. Default 9. */
  readonly rounds?: number;
}

/** Size and speed of one form of a network. */
export interface NetworkSize {
  /** Layer widths from inputs to outputs. */
  readonly layers: readonly number[];
  /** Weights that are not removed (MACs of one forward pass that skips the others). */
  readonly macs: number;
  /** 2 x MACs + biases. */
  readonly flops: number;
  /** Multiplications that `predict` does: it does not skip removed weights. */
  readonly multiplications: number;
  /** Bytes of its `.safetensors` file. */
  readonly fileBytes: number;
  /** Measured seconds to predict the rows once, median of the rounds. */
  readonly seconds: number;
}

/** What compacting a pruned network gains on this machine. */
export interface CompactionReport {
  readonly kind: 'compaction-report';
  /** Dead hidden units of each hidden layer. */
  readonly deadUnits: readonly number[];
  /** Whether all units of a hidden layer are dead, so that the outputs do not depend on the inputs. */
  readonly collapsed: boolean;
  /** Largest difference of an output, before and after; NaN where outputs are not finite. */
  readonly largestDifference: number;
  /** Rows predicted for the times. */
  readonly rows: number;
  /** The network as it was. */
  readonly before: NetworkSize;
  /** The network compacted. */
  readonly after: NetworkSize;
}

const reportOptionNames: OptionNames<CompactionReportOptions> = { rounds: true, ...longRunOptionNames };

/** Short predictions are repeated until a round takes about this long, or the clock's own steps would be measured. */
const ROUND_SECONDS = 0.005;

/**
 * What `compact` does to a network, measured: hidden units, multiplications, file size and the time that `predict` takes, both
 * forms in turn in every round. A mask alone makes nothing faster or smaller; only whole units that go do.
 *
 * @param part rows to predict
 * @throws TypeError when network and part do not fit; RangeError for rounds below 1; the signal's reason when aborted
 * @example
 * import { applyMask, compactionReport, createMask, createNetwork, loadDataset } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const mask = createMask([4, 6, 3], [24, 30, 36], 'what leaves the first hidden unit');
 * const { deadUnits, after } = await compactionReport(applyMask(network, mask), iris.test, { rounds: 1 });
 * deadUnits; // [1], one of the only hidden layer
 * after.layers; // [4, 5, 3]
 */
export async function compactionReport(
  network: Network,
  part: Part,
  options: CompactionReportOptions = {},
): Promise<CompactionReport> {
  const task = 'measure compaction';
  requireKind(network, 'network', task);
  checkOptions(options, reportOptionNames, task);
  const { rounds = 9 } = options;
  requireWhole(rounds, 1, 'rounds', task);
  checkPartFits(network, part, task);
  const small = compact(network);
  const [outputs, smallOutputs] = [network, small].map(each => predict(each, part.inputs, part.rows));
  const differences = outputs.map((value, k) => Math.abs(value - smallOutputs[k]));
  const repeats = Math.ceil(ROUND_SECONDS / Math.max(1e-7, secondsOf(network, part, 1)));
  const seconds: [number[], number[]] = [[], []];
  const run = new LongRun(options);
  const progress = (done: number) => ({ task: 'Timing predictions', done, total: rounds, unit: 'rounds' });
  for (let round = 0; round < rounds; round++) {
    seconds[0].push(secondsOf(network, part, repeats));
    seconds[1].push(secondsOf(small, part, repeats));
    if (run.isDue) await run.pause(progress(round + 1));
  }
  run.finish(progress(rounds));
  const { layers } = network;
  const hidden = layers.slice(1, -1).map((_, h) => h + 1);
  const living = hidden.map(l => livingUnits(small, l));
  return result({
    kind: 'compaction-report',
    deadUnits: hidden.map((l, h) => layers[l] - living[h]),
    collapsed: living.includes(0),
    largestDifference: differences.reduce((most, value) => Math.max(most, value), 0),
    rows: part.rows,
    before: sizeOf(network, median(seconds[0])),
    after: sizeOf(small, median(seconds[1])),
  });
}

/** Units of layer l of a compacted network that something reaches: all, or none where the layer died. */
function livingUnits({ layers, weights }: Network, l: number): number {
  return weights[l - 1].some(weight => weight !== 0) ? layers[l] : 0;
}

function sizeOf(network: Network, seconds: number): NetworkSize {
  return {
    layers: network.layers,
    macs: macs(network),
    flops: flops(network),
    multiplications: weightCount(network.layers),
    fileBytes: encodeNetwork(network).length,
    seconds,
  };
}

/** Seconds of one prediction of all rows, the mean of so many. */
function secondsOf(network: Network, { inputs, rows }: Part, repeats: number): number {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) predict(network, inputs, rows);
  return (performance.now() - start) / 1000 / repeats;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
