import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMask,
  createNetwork,
  type Dataset,
  type DifferenceRecording,
  loadDataset,
  type Mask,
  misclassification,
  type Network,
  type Recording,
  recordTraining,
  recordTwin,
  type TrainOptions,
  type WindowedExponents,
  windowedLyapunov,
} from '../../src/index';

/** What the cases are called with; none of them may change it. */
export interface Given {
  readonly iris: Dataset;
  readonly network: Network;
  readonly mask: Mask;
  /** So many weights that threads take them in several tiles; the recordings are of its training. */
  readonly broad: Network;
  readonly recording: Recording;
  readonly twin: DifferenceRecording;
  readonly exponents: WindowedExponents;
  /** Misclassification at each window's last iterate. */
  readonly target: readonly number[];
  /** Wide enough for spectra. */
  readonly wide: Network;
}

/** The training behind the recordings that the cases are given. */
export const training: TrainOptions = { epochs: 4, learningRate: 0.05, shuffle: 'each-epoch', seed: 1 };

let made: Promise<Given> | undefined;

/** Made once a process. */
export function given(): Promise<Given> {
  made ??= make();
  return made;
}

async function make(): Promise<Given> {
  const iris = await loadDataset('iris', { procedure: 'sound' });
  const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
  const broad = createNetwork({ layers: [4, 40, 3], seed: 1 });
  const twin = await recordTwin(broad, iris, training);
  const exponents = await windowedLyapunov(twin, { window: 14, workers: 0 });
  return {
    iris,
    network,
    mask: createMask(network.layers, [0, 5, 9, 20, 25, 30], 'made up'),
    broad,
    recording: await recordTraining(broad, iris, training),
    twin,
    exponents,
    target: Array.from(await misclassification(twin, iris.test, exponents.ends)),
    wide: createNetwork({ layers: [60, 24, 10], seed: 1 }),
  };
}

let root: string | undefined;
let folders = 0;

/** A folder that is not there yet; it goes with the process. */
export function freshFolder(): string {
  if (root === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'legcnet-determinism-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    root = folder;
  }
  return join(root, String(folders++));
}
