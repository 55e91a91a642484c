import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossMap } from '../../src/causality/crossMap';
import { readOracle } from '../chaos/oracle';
import { awkwardSeries, normals } from '../chaos/series';

interface Case {
  readonly n: number;
  readonly E: number;
  readonly tau: number;
  readonly from_manifold_of: 'X' | 'Y';
  readonly predicts: 'X' | 'Y';
  readonly rho: number;
  readonly pred_first3: number[];
}

const { cases } = readOracle<{ cases: Case[] }>('ccm_pyedm');

/** The coupled logistic maps of the reference file (Sugihara et al. 2012): x drives y five times as much as y drives x. */
function coupledMaps(length: number): { X: number[]; Y: number[] } {
  let [x, y] = [0.4, 0.2];
  const [X, Y]: number[][] = [[], []];
  for (let t = 0; t < length; t++) {
    [x, y] = [x * (3.8 - 3.8 * x - 0.02 * y), y * (3.5 - 3.5 * y - 0.1 * x)];
    X.push(x);
    Y.push(y);
  }
  return { X, Y };
}

test('skill and predictions equal pyEDM within 1e-12', () => {
  for (const { n, E, tau, from_manifold_of, predicts, rho, pred_first3 } of cases) {
    const series = coupledMaps(n);
    const found = crossMap(series[predicts], series[from_manifold_of], { dimension: E, delay: tau });
    assert.ok(Math.abs(found.skill - rho) <= 1e-12, `n ${n}, E ${E}: ${found.skill}, ${rho}`);
    pred_first3.forEach((value, i) => {
      assert.ok(Math.abs(found.predicted[i] - value) <= 1e-12);
    });
    assert.equal(found.predicted.length, n - (E - 1) * tau);
  }
  assert.equal(cases.length, 11);
});

test('the driven map remembers the driving one, with skill that rises, and hardly the other way round', () => {
  const { X, Y } = coupledMaps(200);
  const options = { surrogates: 99, seed: 1 };
  const there = crossMap(X, Y, options);
  const back = crossMap(Y, X, options);
  assert.deepEqual(there.libraries, [50, 100, 199]);
  assert.ok(there.skills[0] < there.skills[1] && there.skills[1] < there.skills[2]);
  assert.equal(there.skills[2], there.skill);
  assert.ok(there.pValue <= 0.02, `p ${there.pValue}`);
  assert.ok(back.skill < 0.1 && back.pValue > 0.05, `${back.skill}, p ${back.pValue}`);
});

test('moved causes keep the level on slow series, shuffled ones do not', () => {
  const noise = normals(27);
  const slow = () => {
    let x = 0;
    return Array.from({ length: 100 }, () => {
      x = 0.9 * x + noise();
      return x;
    });
  };
  const rejected = { shift: 0, shuffle: 0 };
  for (let seed = 0; seed < 200; seed++) {
    const [x, y] = [slow(), slow()];
    for (const surrogate of ['shift', 'shuffle'] as const) {
      const options = { libraries: [], surrogates: 39, seed, surrogate };
      if (crossMap(x, y, options).pValue <= 0.05) rejected[surrogate]++;
    }
  }
  assert.ok(rejected.shift <= 24, `${rejected.shift} of 200`);
  assert.ok(rejected.shuffle >= 50, `${rejected.shuffle} of 200`);
});

test('predictions equal a naive simplex projection with delay and Theiler window', () => {
  const { X, Y } = coupledMaps(80);
  const [dimension, delay, theiler] = [3, 2, 4];
  const offset = (dimension - 1) * delay;
  const vectors = X.length - offset;
  const distance = (i: number, j: number) =>
    Math.hypot(...[0, 2, 4].map(c => Y[i + offset - c] - Y[j + offset - c]));
  const { predicted } = crossMap(X, Y, { dimension, delay, theiler });
  for (let i = 0; i < vectors; i++) {
    const near = Array.from({ length: vectors }, (_, j) => j)
      .filter(j => Math.abs(i - j) > theiler)
      .sort((a, b) => distance(i, a) - distance(i, b))
      .slice(0, dimension + 1);
    const shares = near.map(j => Math.exp(-distance(i, j) / distance(i, near[0])));
    const total = shares.reduce((a, b) => a + b);
    const expected = near.reduce((sum, j, s) => sum + (shares[s] / total) * X[j + offset], 0);
    assert.ok(Math.abs(predicted[i] - expected) <= 1e-12);
  }
});

test('skill does not depend on units, however small', () => {
  const { X, Y } = coupledMaps(100);
  const { skill } = crossMap(X, Y);
  for (const change of [(v: number) => v * 1e-12, (v: number) => v * 1e300, (v: number) => 5 - v]) {
    assert.ok(Math.abs(crossMap(X.map(change), Y).skill - skill) <= 1e-9);
    assert.ok(Math.abs(crossMap(X, Y.map(change)).skill - skill) <= 1e-9);
  }
});

test('library sizes that do not fit have no skill, and draws need no seed', () => {
  const { X, Y } = coupledMaps(50);
  const found = crossMap(X, Y, { libraries: [2, 20, 49, 50], draws: 3 });
  assert.deepEqual(Array.from(found.skills, Number.isNaN), [true, false, false, true]);
  assert.deepEqual(crossMap(X, Y, { libraries: [2, 20, 49, 50], draws: 3 }).skills, found.skills);
  assert.notEqual(crossMap(X, Y, { libraries: [20], draws: 3, seed: 1 }).skills[0], found.skills[1]);
});

test('pairs without an answer have a status and no numbers', () => {
  const { X, Y } = coupledMaps(60);
  const gap = X.map((value, t) => (t === 9 ? Number.NaN : value));
  const still = X.map(() => 3);
  const statuses: [number[], number[], string][] = [
    [gap, Y, 'missing'],
    [X, gap, 'missing'],
    [still, Y, 'constant'],
    [X, still, 'constant'],
    [X, X, 'collinear'],
    [X.map((_, t) => 1 - 2 * (X[t - 1] ?? 0)), X, 'collinear'],
    [X.slice(0, 5), Y.slice(0, 5), 'too-short'],
    [X.slice(0, 6), Y.slice(0, 6), 'ok'],
  ];
  for (const [cause, effect, status] of statuses) {
    const found = crossMap(cause, effect, { surrogates: 3, seed: 1 });
    assert.equal(found.status, status);
    if (status === 'ok') continue;
    assert.ok(Number.isNaN(found.skill) && Number.isNaN(found.pValue));
    assert.ok(found.skills.every(Number.isNaN) && found.predicted.length === 0);
  }
  // The spike goes with states that are nobody's neighbours: every prediction is 0.
  const spike = X.map((_, t) => (t === 30 ? 1 : 0));
  const outlier = Y.map((value, t) => (t === 30 ? 100 : value));
  assert.equal(crossMap(spike, outlier).status, 'degenerate');
});

test('no pair of series makes crossMap throw or hang, and no input is changed', () => {
  const all = [...awkwardSeries().values()].map(series => Object.freeze(series));
  for (const cause of all) {
    for (const effect of all) {
      if (cause.length !== effect.length) continue;
      if (cause.length === 200 && (all.indexOf(cause) + all.indexOf(effect)) % 3 > 0) continue;
      for (const options of [
        { draws: 2, surrogates: 2, seed: 1 },
        { dimension: 3, delay: 2, theiler: 3, draws: 1 },
      ]) {
        const { status, skill, predicted } = crossMap(cause, effect, options);
        assert.equal(Number.isFinite(skill), status === 'ok');
        if (status === 'ok') assert.ok(Math.abs(skill) <= 1 && predicted.every(Number.isFinite));
      }
    }
  }
});

test('wrong shapes and options throw', () => {
  const x = [1, 2, 3];
  assert.throws(() => crossMap(x, [1, 2]), /3 and 2 samples came/);
  assert.throws(() => crossMap(x, ['a'] as never), TypeError);
  assert.throws(() => crossMap(x, x, { dimension: 0 }), RangeError);
  assert.throws(() => crossMap(x, x, { delay: 0 }), RangeError);
  assert.throws(() => crossMap(x, x, { theiler: -1 }), RangeError);
  assert.throws(() => crossMap(x, x, { draws: 0 }), RangeError);
  assert.throws(() => crossMap(x, x, { libraries: [0] }), RangeError);
  assert.throws(() => crossMap(x, x, { libraries: 20 as never }), TypeError);
  assert.throws(() => crossMap(x, x, { surrogates: 9 }), /surrogates need a seed/);
});
