import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adf } from '../../src/causality/adf';
import { compressionCausality } from '../../src/causality/compressionCausality';
import { crossMap } from '../../src/causality/crossMap';
import { crossMapScan } from '../../src/causality/crossMapScan';
import { effortToCompress } from '../../src/causality/effortToCompress';
import { granger } from '../../src/causality/granger';
import { grangerScan } from '../../src/causality/grangerScan';
import { kpss } from '../../src/causality/kpss';
import { makeStationary } from '../../src/causality/makeStationary';
import { stationarity } from '../../src/causality/stationarity';
import { stationarityScan } from '../../src/causality/stationarityScan';
import { testSize } from '../../src/causality/testSize';
import { transferEntropy } from '../../src/causality/transferEntropy';
import { transferEntropyScan } from '../../src/causality/transferEntropyScan';
import { removalCounts } from '../../src/pruning/removalCounts';
import { selectWeights } from '../../src/pruning/selectWeights';
import { normal, randomStream } from '../../src/statistics/random';
import { exponentsOf } from './exponents';

const draw = normal(randomStream(1, 'options'));
const x = Float64Array.from({ length: 40 }, () => draw());
const y = Float64Array.from({ length: 40 }, () => draw());
const exponents = exponentsOf([x, y]);

const misspelt: readonly (readonly [name: string, meant: string, call: () => unknown])[] = [
  ['adf', 'maxLag', () => adf(x, { maxlag: 2 } as never)],
  ['kpss', 'lags', () => kpss(x, { lag: 2 } as never)],
  ['granger', 'lag', () => granger(x, y, { lags: 4 } as never)],
  ['grangerScan', 'lag', () => grangerScan(exponents, y, { lags: 4 } as never)],
  ['stationarity', 'kpssLags', () => stationarity(x, { kpsslags: 2 } as never)],
  ['stationarityScan', 'alpha', () => stationarityScan(exponents, { alhpa: 0.1 } as never)],
  ['makeStationary', 'order', () => makeStationary(exponents, y, { orders: 2 } as never)],
  ['testSize', 'pairs', () => testSize([12], { seed: 1, pair: 10 } as never)],
  ['transferEntropy', 'permutations', () => transferEntropy(x, y, { permutation: 9 } as never)],
  ['transferEntropyScan', 'history', () => transferEntropyScan(exponents, y, { histories: 2 } as never)],
  ['crossMap', 'dimension', () => crossMap(x, y, { dimensions: 3 } as never)],
  ['crossMapScan', 'surrogates', () => crossMapScan(exponents, y, { surrogats: 9 } as never)],
  ['compressionCausality', 'past', () => compressionCausality(x, y, { pasts: 10 } as never)],
  ['effortToCompress', 'bins', () => effortToCompress(x, { bin: 3 } as never)],
];

for (const [name, meant, call] of misspelt) {
  test(`${name} refuses a misspelt option and says which was meant`, async () => {
    await assert.rejects(async () => call(), {
      name: 'TypeError',
      message: new RegExp(`'${meant}' was meant`),
    });
  });
}

test('selectWeights and removalCounts refuse a misspelt option', async () => {
  const scan = await grangerScan(exponents, y);
  const options = { remove: 'causal', alhpa: 0.1 } as never;
  assert.throws(() => selectWeights(scan, options), /'alpha' was meant/);
  assert.throws(() => removalCounts(scan, { alhpa: 0.1 } as never), /'alpha' was meant/);
});

test('the Gaussian transfer entropy refuses options that mean something to KSG only', () => {
  assert.throws(
    () => transferEntropy(x, y, { permutations: 99, seed: 1 } as never),
    /'permutations' has no meaning for estimator 'gaussian'/,
  );
  assert.equal(transferEntropy(x, y, { permutations: undefined } as never).status, 'ok');
});

test('scans name what they need when something else than exponents or a scan comes', async () => {
  const recording = { kind: 'recording' } as never;
  for (const call of [
    () => grangerScan(recording, y),
    () => stationarityScan(recording),
    () => makeStationary(recording, y),
    () => transferEntropyScan(recording, y),
    () => crossMapScan(recording, y),
  ]) {
    await assert.rejects(async () => call(), /a windowed-exponents is required, a recording came/);
  }
  assert.throws(() => removalCounts(recording), /a granger-scan is required/);
  assert.throws(() => selectWeights(recording, { remove: 'causal' }), /a granger-scan is required/);
});
