import { windowedLyapunov } from '../src/chaos/windowedLyapunov';
import { createNetwork } from '../src/network/createNetwork';
import type { Recording } from '../src/network/recording';

const LENGTH = 200;

/** What one run took; printed as JSON by the process of its own that `benchManyWindows` starts to see its memory. */
export interface ManyWindows {
  readonly seconds: number;
  /** Of `seconds`, spent on making the random walks that stand for a recording. */
  readonly makingSeconds: number;
  /** Of all threads; shared out over idle processors it would be the least time possible. */
  readonly processorSeconds: number;
  readonly peakBytes: number;
}

async function run(weights: number, windows: number, workers: number): Promise<ManyWindows> {
  let making = 0;
  const network = createNetwork({ layers: [1, 1], seed: 1 });
  const recording: Recording = {
    kind: 'recording',
    content: 'weights',
    initial: network,
    final: network,
    weights,
    iterates: windows * LENGTH,
    iterationsPerEpoch: 1,
    epochs: [],
    stopped: false,
    diverged: false,
    async readWindow(start, length) {
      const begin = performance.now();
      const series = randomWalks(weights, length, start);
      making += performance.now() - begin;
      return { start, length, series };
    },
    async networkAt() {
      return network;
    },
  };
  const start = performance.now();
  const before = process.cpuUsage();
  await windowedLyapunov(recording, { estimator: 'rosenstein', window: LENGTH, workers });
  const { user, system } = process.cpuUsage(before);
  return {
    seconds: (performance.now() - start) / 1000,
    makingSeconds: making / 1000,
    processorSeconds: (user + system) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** weights x length; a linear congruential generator is random enough and costs little beside the work to be timed. */
function randomWalks(weights: number, length: number, seed: number): Float64Array {
  const series = new Float64Array(weights * length);
  let state = (seed + 1) >>> 0;
  for (let w = 0; w < weights; w++) {
    let x = 0;
    for (let t = 0; t < length; t++) {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      x += state / 4294967296 - 0.5;
      series[w * length + t] = x;
    }
  }
  return series;
}

if (require.main === module) {
  const [weights, windows, workers] = process.argv.slice(2).map(Number);
  run(weights, windows, workers).then(
    found => console.log(JSON.stringify(found)),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
