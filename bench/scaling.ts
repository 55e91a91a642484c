import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grangerScan } from '../src/causality/grangerScan';
import type { WindowedExponents } from '../src/chaos/windowedExponents';
import { type WindowedLyapunovOptions, windowedLyapunov } from '../src/chaos/windowedLyapunov';
import { createNetwork } from '../src/network/createNetwork';
import { recordTwin } from '../src/network/recordTwin';
import { normal, randomStream } from '../src/statistics/random';
import type { AnalysisReport, AnalysisTask } from './analysisChild';
import { type BenchRow, benchRow, type Target } from './benchRow';
import { drawnImages } from './resNet';
import { type Bench, type BenchOptions, runBench } from './runBench';
import { median, processorSecondsOf } from './timing';

const WINDOW = 20;
const WINDOWS = 5;
const TESTED_WINDOWS = 50;
/** A round of a small size is repeated until it takes about this long. */
const LONG_ENOUGH = 0.05;
/** Twice the time for twice the weights would be 1; caches that are left behind on the way to a million cost some more. */
const STEEPEST = 1.15;

/** How time grows with weights and workers, and what a million weights take; nobody runs beside us. */
export function benchScaling(options: BenchOptions = {}): Promise<Bench> {
  return runBench('scaling', options, [
    (_, quick) => benchWeights(quick),
    (_, quick) => benchWorkers(quick),
    (_, quick) => benchMillion(quick),
  ]);
}

/** A piece of work whose size is known. */
interface Work {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** Each step at 1e3, 1e4, 1e5 and 1e6 weights, and the slope of its processor time, which says more on a machine that others use. */
export async function benchWeights(quick: boolean): Promise<BenchRow[]> {
  const sizes = quick ? [1e3, 1e4, 1e5] : [1e3, 1e4, 1e5, 1e6];
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-scaling-'));
  const seconds = new Map<string, number[][]>(); // by step: sizes x rounds
  try {
    for (let round = 0; round <= (quick ? 2 : 3); round++) {
      for (const [s, size] of sizes.entries()) {
        for (const { name, run } of await worksOf(size, join(folder, `${round}-${size}`))) {
          const took: number[] = [];
          for (let sum = 0; sum < LONG_ENOUGH; sum += took[took.length - 1]) {
            took.push((await processorSecondsOf(run)).processor);
          }
          const found = seconds.get(name) ?? sizes.map(() => []);
          seconds.set(name, found);
          // The first round only warms up; the fastest of a round is the one that others disturbed least.
          if (round > 0) found[s].push(Math.min(...took));
        }
        rmSync(join(folder, `${round}-${size}`), { recursive: true, force: true });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return [...seconds].flatMap(([name, rounds]) => {
    const times = rounds.map(median);
    const rows = times.map((time, s) => seriesRow(name, sizes[s], 'weights', time));
    const note = `processor time of one thread; least squares of ln time over ln weights, ${sizes[0].toExponential()} to ${sizes[sizes.length - 1].toExponential()}`;
    return [
      ...rows,
      benchRow(`${name}: slope`, slopeOf(sizes, times), 'slope', { ours: STEEPEST }, null, note),
    ];
  });
}

/** The steps on a network of about so many weights; its twin is recorded once, by the first of them. */
async function worksOf(size: number, store: string): Promise<Work[]> {
  const rows = 2 * WINDOW * WINDOWS; // of which some are for testing
  const data = drawnImages(rows);
  const hidden = Math.max(1, Math.round(size / (144 + 10)));
  const network = createNetwork({ layers: [144, hidden, 10], init: { name: 'normal', sd: 0.05 }, seed: 1 });
  const batch = Math.ceil(data.train.rows / (WINDOW * WINDOWS));
  const training = { epochs: 1, batch, learningRate: 0.1, memoryLimit: 4e9 } as const;
  const twin = await recordTwin(network, data, training);
  const exponents = noise(twin.weights);
  const target = targetOf(exponents);
  const fitting = Math.floor((twin.iterates - 1) / WINDOW);
  const analyse = (options: WindowedLyapunovOptions): Work['run'] => {
    return () => windowedLyapunov(twin, { window: WINDOW, workers: 0, ...options });
  };
  let times = 0;
  return [
    {
      name: `record a twin, ${twin.iterates} iterates`,
      run: () => recordTwin(network, data, training),
    },
    {
      name: `record a twin to disk, ${twin.iterates} iterates`,
      run: () => recordTwin(network, data, { ...training, store: `${store}-${times++}` }),
    },
    { name: `direct exponents, ${fitting} windows`, run: analyse({}) },
    {
      name: 'Rosenstein exponents, 1 window',
      run: analyse({ estimator: 'rosenstein', windows: 1 }),
    },
    {
      name: `Granger tests, lag 1, ${TESTED_WINDOWS} windows`,
      run: () => grangerScan(exponents, target, { lag: 1 }),
    },
  ];
}

/** Two workers do at least so much of twice the work of one: near enough to all of it. */
const LEAST_SPEEDUP = 1.6;
/** Of the processor time of one worker over that of two: what they wait and copy costs less than a seventh. */
const LEAST_KEPT = 0.87;

/**
 * The heavy steps on one and on two workers: how many times as fast two are by the clock, with the efficiency, half of it, and the
 * processor time of one over that of two, which does not depend on what others do. The first two take about a second, of which the
 * start of the workers is a good part; the last takes about ten.
 */
export async function benchWorkers(quick: boolean): Promise<BenchRow[]> {
  const weights = quick ? 1e4 : 1e5;
  const [some, many] = [weights, 2 * weights].map(noise);
  const errors = targetOf(some);
  const data = drawnImages(2 * WINDOW * WINDOWS);
  const network = createNetwork({ layers: [144, Math.round(weights / 154), 10], seed: 1 });
  const batch = Math.ceil(data.train.rows / (WINDOW * WINDOWS));
  const twin = await recordTwin(network, data, { epochs: 1, batch, learningRate: 0.1 });
  const count = (number: number): string => `${number.toLocaleString('en')} weights`;
  const works = {
    [`Granger tests, lags 1..8, ${count(weights)}`]: (workers: number) =>
      grangerScan(some, errors, { maxLag: 8, workers }),
    [`Rosenstein exponents, ${count(weights)}`]: (workers: number) =>
      windowedLyapunov(twin, { estimator: 'rosenstein', window: 50, overlap: 0.9, workers }),
    [`Granger tests, lags 1..16, ${count(2 * weights)}`]: (workers: number) =>
      grangerScan(many, errors, { maxLag: 16, workers }),
  };
  const rows: BenchRow[] = [];
  for (const [name, run] of Object.entries(works)) {
    const clock: number[][] = [[], []];
    const processors: number[][] = [[], []];
    for (let round = 0; round < (quick ? 2 : 4); round++) {
      for (const workers of [1, 2]) {
        const { seconds, processor } = await processorSecondsOf(() => run(workers));
        if (round === 0) continue; // Warms up.
        clock[workers - 1].push(seconds);
        processors[workers - 1].push(processor);
      }
    }
    // Of a quick run the start of the workers is nearly all.
    rows.push(...workerRows(name, clock, processors, !quick));
  }
  return rows;
}

/**
 * What seconds by the clock and of all processors say of two workers against one.
 *
 * @param clock one list of rounds for one worker, one for two
 * @param processors likewise
 */
export function workerRows(
  name: string,
  clock: readonly (readonly number[])[],
  processors: readonly (readonly number[])[],
  hasTarget: boolean,
): BenchRow[] {
  const [one, two] = clock.map(median);
  const [alone, together] = processors.map(median);
  const target = (ours: number): Target => (hasTarget ? { ours } : {});
  const speedup = one / two;
  const said =
    `2 workers: ${speedup.toFixed(2)}x as fast as 1, efficiency ${(speedup / 2).toFixed(2)}, the start of the workers included; ` +
    'needs two idle processors';
  const work = `${alone.toFixed(2)} s of processors with one worker, ${together.toFixed(2)} s with two`;
  return [
    benchRow(`${name}, 1 worker`, one, 's', {}),
    benchRow(`${name}, 2 workers`, two, 's', {}),
    benchRow(`${name}: speed-up of 2 workers`, speedup, 'x', target(LEAST_SPEEDUP), null, said),
    benchRow(
      `${name}: processor time of 1 worker over 2`,
      alone / together,
      'x',
      target(LEAST_KEPT),
      null,
      work,
    ),
  ];
}

/** The whole analysis of a residual network of a million weights in 50 windows, in a process of its own. */
export function benchMillion(quick: boolean): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-million-'));
  const options = { window: 10, windows: TESTED_WINDOWS, store: join(folder, 'twin') };
  // 27 updates an epoch.
  const task: AnalysisTask = { resNet: quick ? 8 : 32, rows: 320, epochs: 19, batch: 8, options };
  try {
    const args = [join(__dirname, 'analysisChild.js'), JSON.stringify(task)];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`The process that analyses a million weights failed: ${stderr}`);
    return Promise.resolve(millionRows(JSON.parse(stdout) as AnalysisReport));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function millionRows({ predicted, growth, seconds, windows }: AnalysisReport): BenchRow[] {
  const { weights } = predicted;
  const name = `residual network, ${weights.toLocaleString('en')} weights`;
  const bound = (1.5 * predicted.peak) / 1e6;
  const note = `predicted by analysisMemory: ${(predicted.peak / 1e6).toFixed(0)} MB; the target is 1.5 times that, and at most 4 GB`;
  const steps = [
    [`record a twin to disk, ${predicted.iterates} iterates`, seconds.recording],
    [`exponents, ${windows} windows, from disk`, seconds.exponents],
    ['errors and Granger tests, lag 1', seconds.tests],
  ] as const;
  return [
    benchRow(`${name}: memory`, growth / 1e6, 'MB', { ours: Math.min(4000, Math.round(bound)) }, null, note),
    ...steps.map(([step, took]) => benchRow(`${name}: ${step}`, took, 's', {})),
  ];
}

/** A row of one size out of several. */
function seriesRow(name: string, size: number, unit: string, seconds: number): BenchRow {
  const task = `${name}, ${size.toLocaleString('en')} ${unit}`;
  return benchRow(task, seconds, 's', {}, null, '', { name, size, unit });
}

/** Least squares slope of ln y over ln x. */
function slopeOf(sizes: readonly number[], times: readonly number[]): number {
  const x = sizes.map(Math.log);
  const y = times.map(Math.log);
  const [mx, my] = [x, y].map(values => values.reduce((sum, value) => sum + value, 0) / values.length);
  const covariance = x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  return covariance / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}

/** A target of the tests, one number a window. */
function targetOf({ values, weights }: WindowedExponents): Float64Array {
  return Float64Array.from({ length: TESTED_WINDOWS }, (_, k) => values[k * weights] + 0.1 * k);
}

function noise(weights: number): WindowedExponents {
  const draw = normal(randomStream(1, 'scaling'));
  const indices = Int32Array.from({ length: TESTED_WINDOWS }, (_, k) => k);
  return {
    kind: 'windowed-exponents',
    estimator: 'noise',
    layers: [weights, 1],
    windows: TESTED_WINDOWS,
    weights,
    window: 1,
    overlap: 0,
    starts: indices,
    ends: indices,
    values: Float64Array.from({ length: TESTED_WINDOWS * weights }, draw),
    status: new Uint8Array(TESTED_WINDOWS * weights),
  };
}
