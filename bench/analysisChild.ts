import { grangerScan, type TestStatus, testStatuses } from '../src/causality/grangerScan';
import { type AnalysisMemory, type AnalysisMemoryOptions, analysisMemory } from '../src/chaos/analysisMemory';
import {
  type ExponentStatus,
  exponentStatuses,
  type WindowedExponents,
} from '../src/chaos/windowedExponents';
import { windowedLyapunov } from '../src/chaos/windowedLyapunov';
import { type Layers, weightLayers } from '../src/core/weightLayers';
import { createNetwork } from '../src/network/createNetwork';
import { misclassification } from '../src/network/misclassification';
import { flattenParameters } from '../src/network/parameters';
import { recordTwin } from '../src/network/recordTwin';
import { drawnImages, resNet } from './resNet';

/** What a process of its own is told to analyse. */
export interface AnalysisTask {
  /** A residual network of this width, or a dense one of these layers. */
  readonly resNet?: number;
  readonly layers?: readonly number[];
  readonly rows: number;
  readonly epochs: number;
  readonly batch: number;
  readonly options: AnalysisMemoryOptions & { readonly window: number };
}

/** Predicted and measured memory in bytes, seconds of each step. */
export interface AnalysisReport {
  readonly predicted: AnalysisMemory;
  /** Most that the process ever had in memory, less what it had before the analysis. */
  readonly growth: number;
  readonly seconds: { readonly recording: number; readonly exponents: number; readonly tests: number };
  readonly iterates: number;
  readonly windows: number;
  /** Exponents of all windows by status. */
  readonly exponents: Readonly<Record<ExponentStatus, number>>;
  /** Weights by the status of their test. */
  readonly tests: Readonly<Record<TestStatus, number>>;
  /** Weights without an exponent in some window. */
  readonly incomplete: number;
  /** Those of them that the run ends with as it began, layer by layer. */
  readonly unmoved: readonly number[];
}

/** Records a twin, estimates exponents in windows and tests all weights. */
async function analyse({
  resNet: width,
  layers,
  rows,
  epochs,
  batch,
  options,
}: AnalysisTask): Promise<AnalysisReport> {
  const data = drawnImages(rows);
  const network = layers === undefined ? await resNet(width) : createNetwork({ layers, seed: 1 });
  const loop = { epochs, batch, ...(layers && { learningRate: 0.1 }) } as {
    epochs: number;
    learningRate: number;
  };
  const predicted = await analysisMemory(network as never, data, loop, options);
  const { window, overlap: _, first: __, last: ___, windows, twin: ____, workers = 0, ...memory } = options;
  const before = process.memoryUsage.rss();
  const seconds = { recording: 0, exponents: 0, tests: 0 };
  let begin = performance.now();
  const lap = (name: keyof typeof seconds): void => {
    seconds[name] = (performance.now() - begin) / 1000;
    begin = performance.now();
  };
  const perturbation = { weight: 0, delta: layers === undefined ? 1e-2 : 1e-6 };
  const twin = await recordTwin(network as never, data, { ...loop, ...memory, perturbation });
  lap('recording');
  const some = windows === undefined ? {} : { windows };
  const exponents = await windowedLyapunov(twin, { window, ...some, workers });
  lap('exponents');
  const target = await misclassification(twin, data.test, exponents.ends);
  const scan = await grangerScan(exponents, target, { lag: 1, workers });
  lap('tests');
  const growth = 1024 * process.resourceUsage().maxRSS - before;
  const last = await twin.networkAt(twin.iterates - 1);
  const [begun, ended] = [twin.initial, last].map(flattenParameters);
  const isIncomplete = incompleteWeights(exponents);
  return {
    predicted,
    growth,
    seconds,
    iterates: twin.iterates,
    windows: exponents.windows,
    exponents: countsOf(exponents.status, exponentStatuses),
    tests: countsOf(scan.status, testStatuses),
    incomplete: isIncomplete.filter(each => each === 1).length,
    unmoved: perLayer(scan.layers, weight => isIncomplete[weight] === 1 && begun[weight] === ended[weight]),
  };
}

function countsOf<T extends string>(codes: Uint8Array, names: readonly T[]): Record<T, number> {
  const counts = names.map(() => 0);
  for (const code of codes) counts[code]++;
  return Object.fromEntries(names.map((name, i) => [name, counts[i]])) as Record<T, number>;
}

/** Number of weights of each layer of which something holds. */
function perLayer(layers: Layers, holds: (weight: number) => boolean): number[] {
  let weight = 0;
  return weightLayers(layers).map(({ fanIn, fanOut }) => {
    let count = 0;
    for (const end = weight + fanIn * fanOut; weight < end; weight++) if (holds(weight)) count++;
    return count;
  });
}

/** 1 for a weight that some window has no exponent of. */
function incompleteWeights({ windows, weights, status }: WindowedExponents): Uint8Array {
  const found = new Uint8Array(weights);
  for (let k = 0; k < windows; k++) {
    for (let w = 0; w < weights; w++) if (status[k * weights + w] !== 0) found[w] = 1;
  }
  return found;
}

if (require.main === module) {
  analyse(JSON.parse(process.argv[2]) as AnalysisTask).then(report => console.log(JSON.stringify(report)));
}
