import { loadDataset } from '../src/data/loadDataset';
import { type RowMatrix, readRows } from '../src/explanation/explainedRows';
import { shapley } from '../src/explanation/shapley';
import { createNetwork } from '../src/network/createNetwork';
import { normal, randomStream } from '../src/statistics/random';
import { type BenchRow, benchRow } from './benchRow';
import type { Peers } from './peers';
import { median, medianSeconds, secondsOf } from './timing';

const FEATURES = 9;
/** Ours is over too soon to be timed alone. */
const REPEATS = 5;
const network = createNetwork({
  layers: [FEATURES, 6, 1],
  activation: 'sigmoid',
  output: 'sigmoid',
  init: { name: 'normal', sd: 0.8 },
  seed: 1,
});

/** Exact values of 100 rows against 100, all different, beside shap's KernelExplainer, which enumerates all 510 coalitions too. */
export async function benchExact(peers: Peers | null, quick: boolean): Promise<BenchRow[]> {
  const count = quick ? 20 : 100;
  const background = normalRows('background', 100);
  const rows = normalRows('rows', count);
  let ours: ArrayLike<number> = [];
  let theirs: readonly number[] = [];
  const processor = { ours: [] as number[], peer: [] as number[] };
  const exact = async () => {
    const before = process.cpuUsage();
    const seconds = await secondsOf(async () => {
      for (let k = 0; k < REPEATS; k++) ours = (await shapley(network, background, rows)).values;
    });
    const { user, system } = process.cpuUsage(before);
    processor.ours.push((user + system) / 1e6 / REPEATS);
    return seconds / REPEATS;
  };
  const kernel = async () => {
    if (peers === null) return Number.NaN;
    const { seconds, answer } = await peers.ask<{ readonly values: number[][]; readonly processor: number }>({
      task: 'kernel',
      features: FEATURES,
      weights: network.weights.map(matrix => [...matrix]),
      biases: network.biases.map(vector => [...vector]),
      background: [...background.inputs],
      rows: [...rows.inputs],
    });
    theirs = answer.values.flat();
    processor.peer.push(answer.processor);
    return seconds;
  };
  const [own, peer] = await medianSeconds(quick ? 3 : 7, [exact, kernel]);
  const gap = theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - ours[i])), 0);
  const task = `exact Shapley, 9 features, 6 hidden units, ${count} rows x 100 background`;
  const [busy, peerBusy] = [median(processor.ours), median(processor.peer)];
  const how =
    `measured on the same rows; values differ by ${gap.toExponential(0)} at most; processor time ` +
    `${busy.toFixed(3)} s against ${peerBusy.toFixed(3)} s, ${(peerBusy / busy).toPrecision(3)}x`;
  return [
    benchRow(
      task,
      own,
      's',
      quick ? {} : { ours: 0.15, ratio: 15 },
      peers && { name: 'shap KernelExplainer, l1_reg 0', value: peer, how, processorRatio: peerBusy / busy },
    ),
  ];
}

/** All test rows of Cancer against all of its training rows. */
export async function benchCancer(quick: boolean): Promise<BenchRow[]> {
  const { train, test } = await loadDataset('cancer', { procedure: 'published' });
  let distinct = 0;
  const [seconds] = await medianSeconds(quick ? 1 : 5, [
    () =>
      secondsOf(async () => {
        distinct = (await shapley(network, train, test)).distinctBackgroundRows;
      }),
  ]);
  const task = `exact Shapley, Cancer, ${test.rows} rows x ${train.rows} background`;
  return [benchRow(task, seconds, 's', { ours: 1 }, null, `${distinct} background rows differ`)];
}

function normalRows(name: string, rows: number): RowMatrix {
  const draw = normal(randomStream(1, `bench ${name}`));
  return readRows({ rows, inputs: Float64Array.from({ length: rows * FEATURES }, draw) }, name, 'bench');
}
