import { createDivergence } from '../src/chaos/divergence';
import { lineFit } from '../src/kernels/lineFit';
import { randomStream } from '../src/statistics/random';
import { type BenchRow, benchRow } from './benchRow';
import type { Peers } from './peers';
import { medianSeconds, secondsOf } from './timing';

const LENGTH = 200;
const EMBEDDING = { dimension: 2, delay: 1, theiler: 0, steps: 10 } as const;
/** TISEAN is no package that a bench could install: windows/s of 3.0.1 on one AMD EPYC core, measured apart. */
const TISEAN = { process: [468, 614], inProcess: [3200, 3470] } as const;

/** Divergence curve and slope of windows of 200, dimension 2, 10 steps, on one core. */
export async function benchRosenstein(peers: Peers | null, quick: boolean): Promise<BenchRow[]> {
  const count = quick ? 1000 : 4000;
  const sample = quick ? 10 : 40;
  const windows = logisticWindows(count);
  const slopes = new Float64Array(count);
  const kernel = (name: 'simd' | 'twin') => {
    const divergence = createDivergence(LENGTH, { ...EMBEDDING, references: 'all-references' }, name);
    return () =>
      secondsOf(() => {
        for (let w = 0; w < count; w++) {
          divergence.run(windows, w * LENGTH);
          slopes[w] = lineFit(divergence.curve, 0, EMBEDDING.steps).slope;
        }
      });
  };
  const series = Array.from({ length: sample }, (_, w) => [
    ...windows.subarray(w * LENGTH, (w + 1) * LENGTH),
  ]);
  let peerSlopes: readonly number[] = [];
  const nolds = async () => {
    if (peers === null) return Number.NaN;
    const { seconds, answer } = await peers.ask<number[]>({ task: 'rosenstein', series, ...EMBEDDING });
    peerSlopes = answer;
    return seconds;
  };
  const [simd, twin, peer] = await medianSeconds(quick ? 3 : 9, [kernel('simd'), kernel('twin'), nolds]);
  const difference = Math.max(0, ...peerSlopes.map((slope, w) => Math.abs(slope - slopes[w])));

  const ours = count / simd;
  const quoted = ([low, high]: readonly [number, number], name: string) => ({
    name,
    value: high,
    how: `quoted, ${low} to ${high}, not run here`,
  });
  const measured = peers && {
    name: 'nolds lyap_r',
    value: sample / peer,
    how: `measured on ${sample} of the windows; slopes differ by ${difference.toExponential(0)} at most`,
  };
  return [
    benchRow('Rosenstein, SIMD kernel', ours, 'windows/s', { ours: 30_000 }, measured),
    benchRow(
      '  against TISEAN, one process a window',
      ours,
      'windows/s',
      { ratio: 50 },
      quoted(TISEAN.process, 'TISEAN lyap_r'),
    ),
    benchRow(
      '  against TISEAN, in process',
      ours,
      'windows/s',
      { ratio: 8 },
      quoted(TISEAN.inProcess, 'its algorithm in C'),
    ),
    benchRow('Rosenstein, plain TypeScript', count / twin, 'windows/s', { ours: 8000 }),
  ];
}

/** Orbits of the logistic map at r = 4, one window after another. */
function logisticWindows(count: number): Float64Array {
  const random = randomStream(1, 'bench windows');
  const windows = new Float64Array(count * LENGTH);
  for (let w = 0; w < count; w++) {
    let x = 0.05 + 0.9 * random();
    for (let t = 0; t < LENGTH; t++) {
      x = 4 * x * (1 - x);
      windows[w * LENGTH + t] = x;
    }
  }
  return windows;
}
