import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changePoints } from '../../src/chaos/changePoints';
import { divergenceCurve } from '../../src/chaos/divergenceCurve';
import { exponentsWhileTraining } from '../../src/chaos/exponentsWhileTraining';
import { kantzCurve } from '../../src/chaos/kantzCurve';
import { embeddingOf, lyapunov } from '../../src/chaos/lyapunov';
import { surrogateTest } from '../../src/chaos/surrogateTest';
import { windowedLyapunov } from '../../src/chaos/windowedLyapunov';
import { windowedSurrogateTest } from '../../src/chaos/windowedSurrogateTest';
import { loadDataset } from '../../src/data/loadDataset';
import { createNetwork } from '../../src/network/createNetwork';
import { recordTraining } from '../../src/network/recordTraining';
import { normal, randomStream } from '../../src/statistics/random';

const draw = normal(randomStream(1, 'options'));
const series = Float64Array.from({ length: 100 }, () => draw());
const rosenstein = { estimator: 'rosenstein' } as const;
const network = createNetwork({ layers: [4, 2, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
const training = { epochs: 3, learningRate: 0.05 };

test('functions of one series refuse a misspelt option and say which was meant', () => {
  const message = /there is no option .* perhaps '(preset|threshold|steps|radius|count)' was meant/;
  const refused = { name: 'TypeError', message };
  assert.throws(() => lyapunov(series, { ...rosenstein, preste: 'robust' } as never), refused);
  assert.throws(() => changePoints(series, { treshold: 2 } as never), refused);
  assert.throws(() => divergenceCurve(series, { step: 5 } as never), refused);
  assert.throws(() => kantzCurve(series, { radios: 0.1 } as never), refused);
  assert.throws(() => surrogateTest(series, { ...rosenstein, seed: 1, counts: 99 } as never), refused);
  assert.throws(() => lyapunov(series, null as never), /options must be an object, null came/);
  assert.throws(() => lyapunov(series, { ...rosenstein, window: 50 } as never), /no option 'window'/);
});

test('functions of a recording refuse a misspelt option, and anything but a recording', async () => {
  const iris = await loadDataset('iris');
  const recording = await recordTraining(network, iris, training);
  const windows = { ...rosenstein, window: 100, overlaps: 0.5 } as never;
  const refused = /perhaps 'overlap' was meant/;
  await assert.rejects(windowedLyapunov(recording, windows), refused);
  await assert.rejects(windowedSurrogateTest(recording, windows), refused);
  await assert.rejects(exponentsWhileTraining(network, iris, training, windows), refused);
  await assert.rejects(windowedLyapunov(iris as never), /a recording is required, a dataset came/);
  await assert.rejects(
    windowedSurrogateTest(iris as never, { ...rosenstein, seed: 1 }),
    /a recording is required, a dataset came/,
  );
});

test('embeddingOf fills in what the preset, the fit or the chain sets', () => {
  const of = (options: Parameters<typeof embeddingOf>[0]) => {
    const embedding = embeddingOf(options);
    return embedding && [embedding.dimension, embedding.steps];
  };
  assert.equal(of({}), null);
  assert.deepEqual(of(rosenstein), [2, 10]);
  assert.deepEqual(of({ estimator: 'rosenstein', preset: 'robust' }), [3, 10]);
  assert.deepEqual(of({ estimator: 'rosenstein', fit: 'auto' }), [2, 40]);
  assert.deepEqual(of({ estimator: 'rosenstein', preset: 'published' }), [2, 20]);
  assert.deepEqual(of({ estimator: 'rosenstein', preset: 'published', chain: 'PT' }), [2, 3]);
  assert.deepEqual(of({ estimator: 'kantz', dimension: 4 }), [4, 10]);
});
