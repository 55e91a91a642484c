import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compressionCausality } from '../../src/causality/compressionCausality';
import { readOracle } from '../chaos/oracle';
import { awkwardSeries, normals } from '../chaos/series';

interface Case {
  readonly n: number;
  readonly coupling: number;
  readonly bins: number;
  readonly direction: 'x_to_y' | 'y_to_x';
  readonly L: number;
  readonly w: number;
  readonly delta: number;
  readonly ccc: number;
}

const { ccc: cases } = readOracle<{ ccc: Case[] }>('etc_ccc_etcpy');

/** The series of the reference file: x drives y. */
function coupledPair(length: number, coupling: number): [number[], number[]] {
  const draw = (seed: number) => Array.from({ length }, normals(seed));
  const [ex, ey] = [draw(501), draw(502)];
  const x = [0];
  const y = [0];
  for (let t = 1; t < length; t++) {
    x[t] = 0.8 * x[t - 1] + 0.1 * ex[t];
    y[t] = 0.9 * y[t - 1] + coupling * x[t - 1] + 0.1 * ey[t];
  }
  return [x, y];
}

test('compression-complexity causality equals ETCPy within 1e-12', () => {
  for (const { n, coupling, bins, direction, L, w, delta, ccc } of cases) {
    const [x, y] = coupledPair(n, coupling);
    const [cause, effect] = direction === 'x_to_y' ? [x, y] : [y, x];
    const found = compressionCausality(cause, effect, { past: L, now: w, step: delta, bins });
    assert.ok(Math.abs(found.ccc - ccc) <= 1e-12, `${direction}, n ${n}, bins ${bins}: ${found.ccc}, ${ccc}`);
  }
  assert.equal(cases.length, 8);
});

test('the size does not tell coupled from uncoupled, as the caution says', () => {
  const coupled = compressionCausality(...coupledPair(600, 0.8));
  const uncoupled = compressionCausality(...coupledPair(600, 0));
  assert.ok(uncoupled.ccc > coupled.ccc, `${uncoupled.ccc}, ${coupled.ccc}`);
  assert.match(coupled.caution, /neither size nor sign .* p-value from surrogates/);
});

test('a copied switch stands out from surrogates of either kind, an unrelated one does not', () => {
  const noise = normals(17);
  const flips = () => Array.from({ length: 1200 }, () => (noise() > 0 ? 1 : 0));
  const [x, unrelated] = [flips(), flips()];
  const y = x.map((_, t) => (noise() < 1.5 ? (x[t - 1] ?? 0) : 1 - (x[t - 1] ?? 0)));
  for (const surrogate of ['shift', 'shuffle'] as const) {
    const options = { surrogates: 39, seed: 2, surrogate };
    const coupled = compressionCausality(x, y, options);
    assert.equal(coupled.blocks, 52);
    assert.equal(coupled.surrogateValues.length, 39);
    assert.equal(coupled.pValue, 1 / 40);
    const { pValue } = compressionCausality(unrelated, y, options);
    assert.ok(pValue > 0.05, `${surrogate}: p ${pValue}`);
  }
});

test('unrelated slow series reject at about the level', () => {
  const noise = normals(19);
  const slow = () => {
    let x = 0;
    return Array.from({ length: 300 }, () => {
      x = 0.9 * x + noise();
      return x;
    });
  };
  let rejected = 0;
  for (let seed = 0; seed < 100; seed++) {
    if (compressionCausality(slow(), slow(), { surrogates: 39, seed }).pValue <= 0.05) rejected++;
  }
  assert.ok(rejected <= 12, `${rejected} of 100`);
});

test('the seed alone decides the p-value', () => {
  const [x, y] = coupledPair(400, 0.8);
  const options = { surrogates: 9, seed: 1 };
  const found = compressionCausality(x, y, options);
  assert.deepEqual(compressionCausality(x, y, options).surrogateValues, found.surrogateValues);
  const other = compressionCausality(x, y, { ...options, seed: 2 }).surrogateValues;
  assert.notDeepEqual(other, found.surrogateValues);
  assert.ok(Number.isNaN(compressionCausality(x, y).pValue));
});

test('100 windows are too few for a past of 150, and the caution says how many are needed', () => {
  const [x, y] = coupledPair(200, 0.8);
  const short = compressionCausality(x.slice(0, 100), y.slice(0, 100));
  assert.equal(short.status, 'too-short');
  assert.match(short.caution, /need at least 166 samples, 100 came/);
  assert.equal(compressionCausality(x.slice(0, 165), y.slice(0, 165)).status, 'too-short');
  assert.equal(compressionCausality(x.slice(0, 166), y.slice(0, 166)).blocks, 1);
});

test('pairs without an answer have a status and no numbers', () => {
  const [x, y] = coupledPair(200, 0.8);
  const gap = x.map((value, t) => (t === 9 ? Number.NaN : value));
  const still = x.map(() => 3);
  const statuses: [number[], number[], string][] = [
    [gap, y, 'missing'],
    [x, gap, 'missing'],
    [still, y, 'constant'],
    [x, still, 'constant'],
    [x, x, 'collinear'],
    [x.map(value => 1 - value / 2), x, 'collinear'],
  ];
  for (const [cause, effect, status] of statuses) {
    const found = compressionCausality(cause, effect, { surrogates: 3, seed: 1 });
    assert.equal(found.status, status);
    assert.ok(Number.isNaN(found.ccc) && Number.isNaN(found.pValue) && found.surrogateValues.length === 0);
  }
});

test('no pair of series makes compressionCausality throw or hang', () => {
  const all = [...awkwardSeries().values()].map(series => Object.freeze(series));
  for (const cause of all) {
    for (const effect of all) {
      if (cause.length !== effect.length) continue;
      const past = cause.length > 12 ? 50 : 3;
      const { status, ccc } = compressionCausality(cause, effect, { past, now: 2 });
      assert.equal(Number.isFinite(ccc), status === 'ok');
    }
  }
});

test('wrong shapes and options throw', () => {
  const x = [1, 2, 3];
  assert.throws(() => compressionCausality(x, [1, 2]), /3 and 2 samples came/);
  assert.throws(() => compressionCausality(null as never, x), TypeError);
  assert.throws(() => compressionCausality(x, x, { past: 1 }), RangeError);
  assert.throws(() => compressionCausality(x, x, { now: 0 }), RangeError);
  assert.throws(() => compressionCausality(x, x, { step: 0 }), RangeError);
  assert.throws(() => compressionCausality(x, x, { bins: 1 }), RangeError);
  assert.throws(() => compressionCausality(x, x, { surrogates: 9 }), /surrogates need a seed/);
  assert.throws(() => compressionCausality(x, x, { surrogates: -1, seed: 1 }), RangeError);
  assert.throws(() => compressionCausality(x, x, { surrogate: 'iaaft' as never }), RangeError);
});
