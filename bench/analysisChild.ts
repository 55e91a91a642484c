import { grangerScan } from '../src/causality/grangerScan';
import { type AnalysisMemory, type AnalysisMemoryOptions, analysisMemory } from '../src/chaos/analysisMemory';
import { windowedLyapunov } from '../src/chaos/windowedLyapunov';
import { createNetwork } from '../src/network/createNetwork';
import { misclassification } from '../src/network/misclassification';
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
  /** Weights with an exponent in every window; tests that gave a p-value. */
  readonly complete: number;
  readonly tested: number;
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
  let complete = 0;
  for (let w = 0; w < exponents.weights; w++) {
    let whole = true;
    for (let k = 0; k < exponents.windows; k++) whole &&= exponents.status[k * exponents.weights + w] === 0;
    if (whole) complete++;
  }
  return {
    predicted,
    growth: 1024 * process.resourceUsage().maxRSS - before,
    seconds,
    iterates: twin.iterates,
    windows: exponents.windows,
    complete,
    tested: scan.status.filter(code => code === 0).length,
  };
}

if (require.main === module) {
  analyse(JSON.parse(process.argv[2]) as AnalysisTask).then(report => console.log(JSON.stringify(report)));
}
