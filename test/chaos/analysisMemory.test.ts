import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { AnalysisReport, AnalysisTask } from '../../bench/analysisChild';
import { analysisMemory } from '../../src/chaos/analysisMemory';
import { packageRoot } from '../../src/core/packageRoot';
import { loadDataset } from '../../src/data/loadDataset';
import { createNetwork } from '../../src/network/createNetwork';
import { tfjsSkip } from '../network/tfjsSkip';

const above = mkdtempSync(join(tmpdir(), 'legcnet-memory-'));
after(() => rmSync(above, { recursive: true }));

/** Runs an analysis in a process of its own and measures its memory. */
function measured(task: AnalysisTask): AnalysisReport {
  const child = join(packageRoot, 'dist', 'bench', 'analysisChild.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, JSON.stringify(task)], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

/** The process took at most 1.5 times what was predicted, and the prediction is no wild guess. */
function checkMemory({ growth, predicted }: AnalysisReport): string {
  const text = `${(growth / 1e6).toFixed(0)} MB measured, ${(predicted.peak / 1e6).toFixed(0)} MB predicted`;
  assert.ok(growth < 1.5 * predicted.peak, text);
  assert.ok(growth > 0.4 * predicted.peak, text);
  return text;
}

/**
 * Every weight of the residual network is tested or has a status that says why not. Counts on one machine (float32 rounds
 * otherwise on others), of 1,003,984 weights:
 * - 364,812 are tested
 * - 535,361 are missing, because no update moves them, so that both runs stay equal there. 511,488 of these meet no data at all:
 *   strides have shrunk the image to 2 x 2 before the last block and to 1 x 1 inside of it, where of the nine taps of a kernel 5,
 *   then 8 lie over padding. Of the others the gradient is 0 in every batch: ReLU silences the unit before or the unit behind
 * - 103,689 are missing, although they move: for a window, but for two iterates at most, by the same float32 numbers in both runs.
 *   Adam's first update is 0.001 times the sign of the gradient, whatever its size: after it 278,419 of the 468,588 weights
 *   that ever move are equal, after twelve 15,443; 60,696 lack the first window alone
 * - 122 are constant: an exponent of 0 in every window
 */
function checkSplit({ predicted, exponents, windows, tests, incomplete, unmoved }: AnalysisReport): void {
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  assert.equal(sum(Object.values(exponents)), windows * predicted.weights);
  assert.equal(exponents.ok + exponents.constant + exponents.degenerate, windows * predicted.weights);
  assert.equal(tests.ok + tests.constant + tests.missing, predicted.weights);
  assert.equal(tests.missing, incomplete);
  // Mathematics: 3 x 3 taps, of which the image of 2 x 2 is met by 4 and that of 1 x 1 by one.
  const overPadding = [(5 * 1152 * 216) / 9, (8 * 1944 * 216) / 9];
  assert.ok(unmoved[9] >= overPadding[0] && unmoved[10] >= overPadding[1], `${unmoved}`);
  // Pinned: the counts above, with room for other rounding.
  assert.ok(Math.abs(tests.ok / 364_812 - 1) < 0.05, `${tests.ok} weights tested`);
  assert.ok(Math.abs(sum(unmoved) / 535_361 - 1) < 0.01, `${sum(unmoved)} weights unmoved`);
}

describe('analysisMemory', () => {
  test('follows its formula', async () => {
    const iris = await loadDataset('iris');
    const network = createNetwork({ layers: [4, 6, 3], seed: 1 }); // 42 weights, 9 biases
    const training = { epochs: 20, learningRate: 0.05 }; // 2401 iterates
    const twin = await analysisMemory(network, iris, training, { window: 100 });
    assert.equal(twin.recording, (8 * (51 + 42) + 16) * 2401);
    assert.equal(twin.recording, 1824760);
    assert.equal(twin.training, 8 * 51 * 9);
    assert.equal(twin.exponents, 9 * 42 * 24 + 8 * 42 * 100);
    assert.equal(twin.tests, 29 * 42);
    const alone = await analysisMemory(network, iris, training, {
      window: 200,
      twin: false,
      storage: 'float32',
      workers: 2,
    });
    assert.deepEqual(
      [alone.recording, alone.training, alone.tests, alone.windows],
      [4 * 51 * 2401, 8 * 51 * 7, 29 * 42 + 8 * 42 * 12, 12],
    );
    const stored = await analysisMemory(network, iris, training, { store: 'not made', memoryLimit: 50_000 });
    assert.equal(stored.recording, 760 * 65); // the iterates that fit below the limit
    const single = await analysisMemory(network, iris, { ...training, engine: 'fused32' });
    assert.equal(single.recording, (4 * (51 + 42) + 16) * 2401);
    // Iris has no 0: both runs list the training rows, the first the test rows too.
    const listed = (2 * iris.train.rows + iris.test.rows + (iris.validation?.rows ?? 0)) * 4;
    assert.ok(iris.train.inputs.every(x => x !== 0) && iris.test.inputs.every(x => x !== 0));
    assert.equal(single.training, 8 * 51 * 9 + 8 * listed);
    await assert.rejects(analysisMemory(network, iris, training, { window: 3000 }), RangeError);
    await assert.rejects(analysisMemory(network, iris, training, { wndow: 30 } as never), TypeError);
  });

  test('a recording on disk of 640 MB is made and analysed in a quarter of that', t => {
    const options = { window: 50, store: join(above, 'dense'), memoryLimit: 16e6 };
    const report = measured({ layers: [144, 270, 10], rows: 750, epochs: 2, batch: 1, options });
    const recorded = report.iterates * (2 * 41_580 + 280) * 8;
    assert.ok(recorded > 640e6 && report.growth < recorded / 4, `${report.growth} of ${recorded}`);
    assert.deepEqual([report.incomplete, report.tests.ok], [0, 41_580]);
    t.diagnostic(checkMemory(report));
  });

  for (const place of ['in memory', 'on disk']) {
    const title = `a residual network of a million weights, recorded ${place}, keeps to it`;
    test(title, { skip: tfjsSkip }, t => {
      const options = { window: 4, ...(place === 'on disk' && { store: join(above, 'resnet') }) };
      const report = measured({ resNet: 32, rows: 160, epochs: 2, batch: 8, options });
      assert.deepEqual([report.predicted.weights, report.iterates, report.windows], [1_003_984, 27, 6]);
      checkSplit(report);
      t.diagnostic(checkMemory(report));
    });
  }
});
