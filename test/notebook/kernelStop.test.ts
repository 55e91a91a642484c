import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { KernelClient, type KernelReply, kernelSkip, printed, shownKinds } from '../support/kernelClient';

// Steps that take more than ten seconds each, in a real kernel, stopped after one or two.

let kernel: KernelClient;
/** Threads before any step has started workers. */
let threads = 0;

const setUp = `import { createNetwork, display, grangerScan, layerSpectrum, legcnetFT, loadDataset, recordTraining, recordTwin, shapley, spectrumNull, train, windowedLyapunov } from 'legcnet';
const iris = await loadDataset('iris', { procedure: 'published' });
const sound = await loadDataset('iris', { procedure: 'sound' });
const init = { name: 'normal', sd: 0.1 } as const;
const network = createNetwork({ layers: [4, 400, 3], init, seed: 1 });
const training = { epochs: 4000, learningRate: 0.05 };
const perturbation = { weight: 0, delta: 1e-6 };
const small = createNetwork({ layers: [4, 6, 3], init, seed: 1 });
const long = await recordTwin(small, iris, { epochs: 2000, learningRate: 0.05, perturbation });
const many = await recordTwin(network, iris, { epochs: 160, batch: 12, learningRate: 0.05, perturbation });
const exponents = await windowedLyapunov(many, { window: 10 });
const target = new Float64Array(exponents.windows).map((_, i) => Math.sin(i * i));
const spectrum = layerSpectrum(createNetwork({ layers: [300, 200, 10], init, seed: 1 }), 1);
const wide = createNetwork({ layers: [784, 50, 10], init, seed: 1 });
const rows = { rows: 100, features: 784, inputs: new Float64Array(78400).map((_, i) => Math.sin(i)) };`;

const steps: Readonly<Record<string, string>> = {
  recordTraining: 'recordTraining(network, iris, { ...training, memoryLimit: 1e12 })',
  'train in two threads':
    "train(network, iris, { epochs: 1e6, learningRate: 0.05, batch: 40, engine: 'fused32', threads: 2 })",
  recordTwin: 'recordTwin(network, iris, { ...training, perturbation, memoryLimit: 1e12 })',
  windowedLyapunov: "windowedLyapunov(long, { estimator: 'rosenstein', window: 8000, workers: 0 })",
  'windowedLyapunov with workers':
    "windowedLyapunov(long, { estimator: 'rosenstein', window: 8000, workers: 2 })",
  grangerScan: 'grangerScan(exponents, target, { maxLag: 48, workers: 0 })',
  'grangerScan with workers': 'grangerScan(exponents, target, { maxLag: 48, workers: 2 })',
  shapley: "shapley(wide, rows, rows, { method: 'permutation', samples: 40_000, seed: 1 })",
  'spectrumNull without workers': 'spectrumNull(spectrum, { draws: 3000, seed: 1, workers: 0 })',
  spectrumNull: 'spectrumNull(spectrum, { draws: 3000, seed: 1 })',
  legcnetFT: 'legcnetFT(network, sound, { training })',
};

/** What the reader of the issue was promised; double it for a machine that does other things. */
const STOP_SECONDS = 0.5;
const SLACK = 2;

before(async () => {
  if (kernelSkip) return;
  kernel = await KernelClient.start();
  const reply = await kernel.run(setUp);
  assert.equal(reply.status, 'ok', printed(reply, 'stderr'));
  threads = kernel.threads();
});
after(() => kernel?.close());

for (const [name, step] of Object.entries(steps)) {
  test(`the stop button ends ${name} at once, and nothing of it goes on`, { skip: kernelSkip }, async t => {
    const whenShown = { interruptWhen: '"kind": "progress"', interruptAfter: 0.3, timeout: 30 };
    const reply = await kernel.run(`await ${step};`, whenShown);
    const seconds = reply.stopSeconds ?? -1;
    t.diagnostic(`${name}: stopped after ${seconds.toFixed(2)} s`);
    assert.ok(seconds >= 0, `not running any more: ${printed(reply, 'stderr')}`);
    assert.ok(seconds < SLACK * STOP_SECONDS, `${seconds} s`);
    await isStopped(reply);
  });
}

test('the stop button ends a loop without an await', { skip: kernelSkip }, async () => {
  // tslab compiles a cell in one go with running it, and until the code runs it is deaf.
  const loop = "display({ 'text/plain': 'compiled' });\nfor (;;) {}";
  const reply = await kernel.run(loop, { interruptWhen: 'compiled', interruptAfter: 0.3, timeout: 30 });
  assert.equal(reply.status, 'error');
  assert.ok((reply.stopSeconds ?? 9) < SLACK * STOP_SECONDS);
  assert.equal(printed(reply, 'stderr'), 'Interrupted: the cell was stopped.\n');
});

test('the stop button ends a loop over short steps, and the bar says so', { skip: kernelSkip }, async () => {
  const loop = 'for (;;) await recordTraining(small, iris, { epochs: 4000, learningRate: 0.05 });';
  const reply = await kernel.run(loop, { interruptAfter: 1.5, timeout: 30 });
  await isStopped(reply);
});

/** The cell ended with one clear line; the kernel is idle, without workers, and computes on. */
async function isStopped(reply: KernelReply): Promise<void> {
  assert.equal(reply.status, 'error');
  assert.equal(printed(reply, 'stderr'), 'Interrupted: the cell was stopped.\n');
  assert.ok(shownKinds(reply).includes('progress'));
  const bars = reply.outputs.filter(({ metadata }) => metadata?.legcnet?.kind === 'progress');
  for (const { data } of bars) assert.match(String(data?.['text/plain']), /· (stopped after|done in)/);
  const next = await kernel.run('1 + 1');
  assert.equal(next.status, 'ok');
  assert.equal(printed(next), '2\n');
  const share = await kernel.busyShare();
  assert.ok(share <= 0.1, `the kernel goes on: it is busy in ${(100 * share).toFixed(0)} % of all moments`);
  assert.ok(kernel.threads() <= threads + LIBUV_THREADS, `${kernel.threads()} threads, ${threads} before`);
}

/** Threads for files, which Node starts when they are first needed and keeps. */
const LIBUV_THREADS = 4;
