import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createMask,
  createNetwork,
  layerMatrix,
  layerSpectrum,
  marchenkoPastur,
  randomizedSpectrum,
} from '../../src';
import { applyMask } from '../../src/network/applyMask';
import { bulkEdge } from '../../src/spectra/bulkEdge';
import { gramEigenvalues } from '../../src/spectra/eigenvalues';
import { bulkEdges, marchenkoPasturDensity } from '../../src/spectra/marchenkoPastur';
import type { WeightMatrix } from '../../src/spectra/weightMatrix';
import { normal, randomStream } from '../../src/statistics/random';
import { readOracle } from '../chaos/oracle';
import { gauss, permuted, recipe, spiked } from './recipes';

function near(actual: number, expected: number, tolerance: number, name = ''): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1e-300, Math.abs(expected)),
    `${name} ${actual}, not ${expected}`,
  );
}

const shapes = [
  [50, 784],
  [30, 50],
  [10, 30],
  [30, 10],
] as const;

test('eigenvalues of a diagonal matrix are the squares of its entries, whatever its signs', () => {
  const entries = [3, -1, 4, -1.5, 9, 2.6, 5, 3.5, 8, 9.7];
  const values = new Float64Array(10 * 30);
  entries.forEach((entry, i) => {
    values[i * 30 + i] = entry;
  });
  const squares = entries.map(entry => entry * entry).sort((a, b) => a - b);
  const { eigenvalues, norm, stableRank, rank } = layerSpectrum({ rows: 10, cols: 30, values });
  eigenvalues.forEach((value, i) => {
    near(value, squares[i], 1e-14);
  });
  near(
    norm,
    squares.reduce((a, b) => a + b),
    1e-14,
  );
  near(stableRank, norm / 9.7 ** 2, 1e-14);
  assert.equal(rank, 10);
});

test('eigenvalues sum to the squared Frobenius norm; both ways to compute them agree', () => {
  for (const [rows, cols] of shapes) {
    const matrix = spiked(rows, cols, 7);
    const { eigenvalues, norm } = layerSpectrum(matrix);
    near(
      norm,
      matrix.values.reduce((sum, value) => sum + value * value, 0),
      1e-13,
    );
    gramEigenvalues(matrix.values, rows, cols).forEach((value, i) => {
      near(value, eigenvalues[i], 1e-11, `${rows}x${cols} ${i}`);
    });
  }
});

test('a spectrum does not change when the matrix is transposed or its rows are reordered', () => {
  for (const [rows, cols] of shapes) {
    const matrix = spiked(rows, cols, 8);
    const { values } = matrix;
    const turned: WeightMatrix = {
      rows: cols,
      cols: rows,
      values: values.map((_, k) => values[(k % rows) * cols + Math.floor(k / rows)]),
    };
    const reversed = {
      ...matrix,
      values: values.map((_, k) => values[(rows - 1 - Math.floor(k / cols)) * cols + (k % cols)]),
    };
    const spectrum = layerSpectrum(matrix);
    for (const other of [turned, reversed].map(each => layerSpectrum(each))) {
      near(other.powerLaw.alpha, spectrum.powerLaw.alpha, 1e-9);
      near(other.bulk.sigma, spectrum.bulk.sigma, 1e-9);
      near(other.edge.statistic, spectrum.edge.statistic, 1e-9);
      near(other.entropy, spectrum.entropy, 1e-9);
    }
  }
});

test('scaling the weights scales eigenvalues and edges and leaves alpha, ranks and p-value alone', () => {
  const matrix = spiked(30, 50, 9);
  const spectrum = layerSpectrum(matrix);
  const scaled = layerSpectrum({ ...matrix, values: matrix.values.map(value => 3 * value) });
  for (const [ours, before] of [
    [scaled.spectralNorm, spectrum.spectralNorm],
    [scaled.powerLaw.xmin, spectrum.powerLaw.xmin],
    [scaled.bulk.upper, spectrum.bulk.upper],
    [scaled.edge.upper95, spectrum.edge.upper95],
  ]) {
    near(ours, 9 * before, 1e-9);
  }
  near(scaled.powerLaw.alpha, spectrum.powerLaw.alpha, 1e-12);
  near(scaled.stableRank, spectrum.stableRank, 1e-12);
  near(scaled.entropy, spectrum.entropy, 1e-12);
  near(scaled.edge.pValue, spectrum.edge.pValue, 1e-6);
  near(scaled.alphaWeighted, spectrum.alphaWeighted + spectrum.powerLaw.alpha * Math.log10(9), 1e-12);
});

test('equal eigenvalues have entropy 1 and full stable rank; the power law fails and says so', () => {
  const values = new Float64Array(100);
  for (let i = 0; i < 10; i++) values[i * 11] = 2;
  const { entropy, stableRank, powerLaw, alphaWeighted, determinantTail } = layerSpectrum({
    rows: 10,
    cols: 10,
    values,
  });
  near(entropy, 1, 1e-8);
  near(stableRank, 10, 1e-12);
  assert.equal(powerLaw.failure, 'constant');
  assert.ok(Number.isNaN(alphaWeighted));
  assert.equal(determinantTail.count, 0);
});

test('the Marchenko-Pastur density integrates to 1 and has mean sigma^2 for every shape', () => {
  for (const aspect of [1.2, 5 / 3, 3, 15.68]) {
    for (const sigma of [0.5, 1, 2]) {
      const [lower, upper] = bulkEdges(aspect, sigma);
      let [mass, mean] = [0, 0];
      const n = 20_000;
      // x = middle - half cos(t) takes the square roots at the edges away.
      for (let k = 0; k < n; k++) {
        const t = (Math.PI * (k + 0.5)) / n;
        const x = (lower + upper) / 2 - ((upper - lower) / 2) * Math.cos(t);
        const part =
          marchenkoPasturDensity(x, aspect, sigma) * ((upper - lower) / 2) * Math.sin(t) * (Math.PI / n);
        mass += part;
        mean += x * part;
      }
      near(mass, 1, 1e-6);
      near(mean, sigma * sigma, 1e-6);
      assert.equal(marchenkoPasturDensity(0.999 * lower, aspect, sigma), 0);
      assert.equal(marchenkoPasturDensity(1.001 * upper, aspect, sigma), 0);
    }
  }
});

test('the eigenvalues of a large random matrix fill the bulk: sigma 1, edges, no spikes', () => {
  const draw = normal(randomStream(1, 'large matrix'));
  const [rows, cols] = [150, 400];
  const values = new Float64Array(rows * cols).map(() => draw() / Math.sqrt(cols));
  const spectrum = layerSpectrum({ rows, cols, values });
  near(spectrum.bulk.sigma, 1, 0.03);
  const [lower, upper] = bulkEdges(cols / rows, 1);
  near(spectrum.bulk.upper, upper, 0.06);
  near(spectrum.edge.upper, upper, 0.02);
  near(spectrum.edge.lower, lower, 0.02);
  near(spectrum.spectralNorm, upper, 0.05);
  assert.equal(spectrum.bulk.spikes, 0);
});

test('under chance the Tracy-Widom p-value keeps its level and halves the matrices; a planted direction is found', () => {
  const draw = normal(randomStream(1, 'small matrices'));
  const p = Array.from({ length: 400 }, () => {
    const matrix = { rows: 30, cols: 50, values: new Float64Array(1500).map(draw) };
    return bulkEdge(matrix, gramEigenvalues(matrix.values, 30, 50)).pValue;
  });
  const share = (level: number) => p.filter(value => value < level).length / p.length;
  // Standard errors 0.011 and 0.025.
  assert.ok(share(0.05) > 0.005 && share(0.05) < 0.07, `${share(0.05)}`);
  assert.ok(Math.abs(share(0.5) - 0.5) < 0.08, `${share(0.5)}`);
  const { edge } = layerSpectrum(recipe('spiked_50x784'));
  assert.ok(edge.pValue < 1e-6);
  assert.ok(edge.above >= 3);
});

test('dead rows leave the closed edge where the live part has it', () => {
  const live = gauss(7, 30, 11);
  const values = new Float64Array(300);
  values.set(live.values);
  const ours = layerSpectrum({ rows: 10, cols: 30, values });
  const alone = layerSpectrum(live);
  near(ours.edge.upper95, alone.edge.upper95, 1e-12);
  near(ours.edge.pValue, alone.edge.pValue, 1e-9);
  near(ours.powerLaw.alpha, alone.powerLaw.alpha, 1e-9);
  assert.equal(ours.rankLoss, 3);
});

test('layerMatrix reads the layer and its part of the mask; layers count from 1', () => {
  const dense = createNetwork({ layers: [4, 6, 3], seed: 1 });
  const network = applyMask(dense, createMask([4, 6, 3], [0, 24, 41], 'for the test'));
  const second = layerMatrix(network, 2);
  assert.deepEqual([second.rows, second.cols, second.name], [3, 6, 'layer 2 (6→3)']);
  assert.equal(second.values, network.weights[1]);
  assert.deepEqual([second.kept?.[0], second.kept?.[1], second.kept?.[17]], [0, 1, 0]);
  assert.throws(() => layerMatrix(network, 0), RangeError);
  assert.throws(() => layerMatrix(network, 3), RangeError);
  assert.throws(() => layerSpectrum({ layers: [1] } as never, 1), TypeError);
  assert.throws(() => layerSpectrum({ rows: 2, cols: 2, values: new Float64Array(3) }), TypeError);
  assert.equal(layerSpectrum(network, 2).status, 'too-small');
});

test('an outsized entry is a trap: shuffling leaves its eigenvalue above the bulk, once a copy', () => {
  const matrix = gauss(30, 50, 12);
  assert.equal(randomizedSpectrum(layerSpectrum(matrix), { seed: 1 }).bulk.spikes, 0);
  matrix.values[77] = 3;
  const trapped = randomizedSpectrum(layerSpectrum(matrix), { seed: 1 });
  assert.equal(trapped.bulk.spikes, 5);
  assert.equal(trapped.largestOfEach.filter(value => value > trapped.bulk.threshold).length, 5);
});

test('randomizedSpectrum keeps the norm, repeats itself and follows its seed', () => {
  const spectrum = layerSpectrum(recipe('spiked_50x784'));
  const once = randomizedSpectrum(spectrum, { seed: 1 });
  assert.deepEqual(randomizedSpectrum(spectrum, { seed: 1 }), once);
  assert.notDeepEqual(randomizedSpectrum(spectrum, { seed: 2 }).shuffled, once.shuffled);
  near(
    once.shuffled.reduce((sum, value) => sum + value, 0),
    5 * spectrum.norm,
    1e-12,
  );
  assert.equal(once.shuffled.length, 250);
  assert.ok(once.above >= 3);
  assert.equal(once.largestShuffled, Math.max(...once.largestOfEach));
  // More copies leave those before them as they are.
  assert.equal(
    randomizedSpectrum(spectrum, { seed: 1, replicas: 2 }).largestOfEach[1],
    once.largestOfEach[1],
  );
});

test('marchenkoPastur of shuffled copies pooled is WeightWatcher’s call; bad values are failed', () => {
  assert.equal(marchenkoPastur([1, Number.NaN], { rows: 2, cols: 3 }).status, 'failed');
  assert.equal(marchenkoPastur([0, 0], { rows: 2, cols: 3 }).status, 'failed');
  assert.throws(() => marchenkoPastur([1], { rows: 0, cols: 3 }), RangeError);
  const { values } = permuted(gauss(10, 10, 3), 1);
  const square = marchenkoPastur(gramEigenvalues(values, 10, 10), { rows: 10, cols: 10 });
  assert.equal(square.lower, 0);
  assert.equal(square.status, 'ok');
});

test('Gaussian matrices show no trap when shuffled, one outsized entry always does, as often as in WeightWatcher', () => {
  const { rows: rates } = readOracle<{
    correlation_trap_rates: {
      rows: readonly { shape: readonly number[]; kind: string; share_rand_num_spikes_gt0: number }[];
    };
  }>('alpha_null').correlation_trap_rates;
  for (const [rows, cols] of [
    [30, 50],
    [10, 30],
  ]) {
    for (const kind of ['gauss', 'one_outlier_entry']) {
      const share = rates.find(each => each.kind === kind && `${each.shape}` === `${[rows, cols]}`);
      const trapped = Array.from({ length: 25 }, (_, k) => {
        const matrix = gauss(rows, cols, 700 + k);
        if (kind !== 'gauss') matrix.values[0] = 3;
        return randomizedSpectrum(layerSpectrum(matrix), { seed: k }).bulk.spikes > 0;
      });
      assert.equal(
        trapped.filter(Boolean).length / 25,
        share?.share_rand_num_spikes_gt0,
        `${kind} ${rows} x ${cols}`,
      );
    }
  }
});
