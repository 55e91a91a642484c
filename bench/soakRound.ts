import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  captureModel,
  compare,
  createNetwork,
  exponentFigure,
  grangerScan,
  layerSpectrum,
  loadDataset,
  lossFigure,
  makeStationary,
  misclassification,
  recordTraining,
  recordTwin,
  retrain,
  selectRows,
  selectWeights,
  shapley,
  shuffledMask,
  spectrumNull,
  stationarityScan,
  sweep,
  sweepGrid,
  train,
  windowedLyapunov,
} from '../src';
import type { TensorFlow } from '../src/network/tensorflow';

/**
 * One analysis as in a notebook: data, network, recording and perturbed twin, exponents and tests with workers, mask, retraining,
 * Shapley values, spectra, figures; then a model of TensorFlow.js, a sweep, and a step that is stopped in the middle.
 */
export async function soakRound(round: number, tf: TensorFlow): Promise<void> {
  const iris = await loadDataset('iris', { seed: round });
  const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: round });
  const training = { epochs: 100, learningRate: 0.05, shuffle: 'never' } as const;
  const recording = await recordTraining(network, iris, training);
  const twin = await recordTwin(network, iris, { ...training, perturbation: { weight: 0, delta: 1e-6 } });
  const options = { estimator: 'rosenstein', window: 160, workers: 2 } as const;
  const exponents = await windowedLyapunov(twin, options);
  const errors = await misclassification(recording, iris.test, exponents.ends);
  await stationarityScan(exponents);
  const { exponents: steady, target } = makeStationary(exponents, errors);
  const mask = selectWeights(await grangerScan(steady, target, { lag: 1 }), { remove: 'non-causal' });
  await train(network, iris, { ...training, batch: 40, engine: 'fused32', threads: 2 });
  const dense = await train(network, iris, training);
  compare(dense, await retrain(network, mask, iris, training));
  await retrain(network, shuffledMask(mask, { seed: round }), iris, training);
  const background = selectRows(iris.train, [0, 30, 60, 90]);
  await shapley(dense.final, background, iris.test, { names: iris.features });
  await spectrumNull(layerSpectrum(dense.final, 1), { draws: 20, seed: round, workers: 2 });
  JSON.stringify([lossFigure(recording), exponentFigure(exponents)]);

  await modelOfTensorFlow(round, tf);
  await smallSweep(round);
  await stoppedStep(network, iris);
}

async function modelOfTensorFlow(round: number, tf: TensorFlow): Promise<void> {
  const iris = await loadDataset('iris', { seed: round });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [4], units: 5, activation: 'tanh' }),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
  try {
    await recordTraining(captureModel(model), iris, { epochs: 2, batch: 16, seed: round });
  } finally {
    model.dispose();
  }
}

async function smallSweep(round: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'legcnet-soak-'));
  try {
    const jobs = sweepGrid({ work: 'legcnet', dataset: 'iris', variant: 'PT', seed: [round] });
    await sweep(jobs, { folder, workers: 1 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function stoppedStep(
  network: ReturnType<typeof createNetwork>,
  iris: Awaited<ReturnType<typeof loadDataset>>,
): Promise<void> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error('stopped on purpose')), 100);
  const endless = recordTwin(network, iris, {
    epochs: 10_000,
    learningRate: 0.05,
    perturbation: { weight: 0, delta: 1e-6 },
    signal: stop.signal,
  });
  await endless.then(
    () => {
      throw new Error('A step of 10 000 epochs ended before it was stopped');
    },
    error => {
      if ((error as Error).message !== 'stopped on purpose') throw error;
    },
  );
  clearTimeout(timer);
}
