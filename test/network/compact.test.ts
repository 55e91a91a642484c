import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { applyMask } from '../../src/network/applyMask';
import { compact } from '../../src/network/compact';
import { compactionReport } from '../../src/network/compactionReport';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { macs } from '../../src/network/metrics';
import { saveNetwork } from '../../src/network/networkFile';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { predict } from '../../src/network/predict';
import { toyDataset, toyPart } from './toyDataset';

const layers = [3, 4, 2];
const dense = createNetwork({
  layers,
  activation: 'tanh',
  output: 'identity',
  init: { name: 'normal', sd: 1 },
  seed: 4,
});

describe('compact', () => {
  test('leaves a network without dead units as it is', () => {
    assert.deepEqual(compact(dense), dense);
    const mask = createMask(layers, [0, 4, 13], 'by hand');
    const small = compact(applyMask(dense, mask));
    assert.deepEqual(small.layers, layers);
    assert.deepEqual(small.mask?.kept, mask.kept);
  });

  test('folds a unit that nothing reaches into the biases: b + w f(b)', () => {
    const network = networkFromWeights({
      layers: [1, 2, 1],
      activation: 'sigmoid',
      output: 'identity',
      weights: [Float64Array.of(0, 3), Float64Array.of(5, 7)],
      biases: [Float64Array.of(0, 1), Float64Array.of(11)],
    });
    const small = compact(network);
    assert.deepEqual(small.layers, [1, 1, 1]);
    assert.deepEqual(small.weights, [Float64Array.of(3), Float64Array.of(7)]);
    assert.deepEqual(small.biases, [Float64Array.of(1), Float64Array.of(11 + 5 * 0.5)]);
    assert.equal(small.mask, null);
  });

  test('takes a unit that nothing leaves, and what is only read by it', () => {
    // 2-2-2-1: the first unit of layer 2 is not read, and it alone reads the second of layer 1.
    const network = networkFromWeights({
      layers: [2, 2, 2, 1],
      activation: 'relu',
      output: 'identity',
      weights: [Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 6, 7, 0), Float64Array.of(0, 8)],
      biases: [Float64Array.of(1, 1), Float64Array.of(1, 1), Float64Array.of(1)],
    });
    const small = compact(network);
    assert.deepEqual(small.layers, [2, 1, 1, 1]);
    assert.deepEqual(small.weights, [Float64Array.of(1, 2), Float64Array.of(7), Float64Array.of(8)]);
  });

  test('keeps one unit of a layer that died as a whole, and says that outputs are constant', async () => {
    const all = Array.from({ length: 12 }, (_, weight) => weight);
    const network = applyMask(dense, createMask(layers, all, 'all of layer 1'));
    const small = compact(network);
    assert.deepEqual(small.layers, [3, 1, 2]);
    assert.equal(macs(small), 0);
    const { inputs } = toyPart(5, 3, 2, 1);
    const [before, after] = [predict(network, inputs, 5), predict(small, inputs, 5)];
    before.forEach((value, k) => {
      assert.ok(Math.abs(value - after[k]) < 1e-15);
    });
    const report = await compactionReport(network, toyPart(5, 3, 2, 1), { rounds: 1 });
    assert.equal(report.collapsed, true);
    assert.deepEqual(report.deadUnits, [4]);
  });

  test('masks what is still removed between the units that stay', () => {
    // Weights 0..2 are all that reaches unit 0; 4 reaches unit 1 and 18 is read from unit 2.
    const network = applyMask(dense, createMask(layers, [0, 1, 2, 4, 18], 'by hand'));
    const small = compact(network);
    assert.deepEqual(small.layers, [3, 3, 2]);
    assert.deepEqual(Array.from(small.mask!.kept), [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1]);
    assert.equal(small.mask!.rule, 'compacted to 13 weights; before: by hand');
  });

  test('refuses anything but a network', () => {
    assert.throws(() => compact(toyDataset() as never), TypeError);
  });
});

describe('compactionReport', () => {
  test('counts units, multiplications and bytes, and measures time', async () => {
    const network = applyMask(dense, createMask(layers, [0, 1, 2, 4], 'by hand'));
    const data = toyPart(50, 3, 2, 1);
    const report = await compactionReport(network, data, { rounds: 3 });
    const { before, after } = report;
    assert.deepEqual(report.deadUnits, [1]);
    assert.equal(report.collapsed, false);
    assert.equal(report.rows, 50);
    assert.ok(report.largestDifference < 1e-14);
    assert.deepEqual([before.macs, before.flops, before.multiplications], [16, 38, 20]);
    assert.deepEqual([after.macs, after.flops, after.multiplications], [14, 33, 15]);
    assert.ok(before.seconds > 0 && after.seconds > 0);
    const folder = mkdtempSync(join(tmpdir(), 'legcnet-compact-'));
    try {
      const path = join(folder, 'before.safetensors');
      await saveNetwork(network, path);
      assert.equal(statSync(path).size, before.fileBytes);
      assert.ok(existsSync(path) && after.fileBytes < before.fileBytes);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('refuses rows that do not fit and rounds below 1', async () => {
    await assert.rejects(compactionReport(dense, toyPart(5, 4, 2, 1)), TypeError);
    await assert.rejects(compactionReport(dense, toyPart(5, 3, 2, 1), { rounds: 0 }), RangeError);
  });
});
