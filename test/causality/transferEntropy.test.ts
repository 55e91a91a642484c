import assert from 'node:assert/strict';
import { test } from 'node:test';
import { granger } from '../../src/causality/granger';
import { transferEntropy } from '../../src/causality/transferEntropy';
import { readOracle } from '../chaos/oracle';
import { awkwardSeries, normals } from '../chaos/series';

interface Case {
  readonly n: number;
  readonly pair: 'x_to_y' | 'y_to_x' | 'z_to_y';
  readonly k: number;
  readonly k_history: number;
  readonly l_history: number;
  readonly normalise: boolean;
  readonly te_ksg1_nats: number;
  readonly te_gaussian_nats: number;
}

const { cases } = readOracle<{ cases: Case[] }>('transfer_entropy_jidt');

/** The series of the reference file: x drives y, z is unrelated. */
function referencePair(length: number, pair: Case['pair']): [Float64Array, Float64Array] {
  const draw = (seed: number) => {
    const noise = normals(seed);
    return Float64Array.from({ length }, noise);
  };
  const x = draw(111);
  const e = draw(222);
  const y = new Float64Array(length);
  for (let t = 1; t < length; t++) y[t] = 0.5 * y[t - 1] + 0.6 * x[t - 1] + e[t];
  if (pair === 'x_to_y') return [x, y];
  return pair === 'y_to_x' ? [y, x] : [draw(333), y];
}

test('KSG equals JIDT within 1e-12', () => {
  for (const { n, pair, k, k_history, l_history, normalise, te_ksg1_nats } of cases) {
    const [cause, effect] = referencePair(n, pair);
    const { nats, rows, caution } = transferEntropy(cause, effect, {
      estimator: 'ksg',
      history: k_history,
      causeHistory: l_history,
      k,
      standardise: normalise,
    });
    assert.ok(Math.abs(nats - te_ksg1_nats) <= 1e-12, `${pair}, n ${n}, k ${k}: ${nats}, ${te_ksg1_nats}`);
    assert.equal(caution === null, rows >= 500);
  }
  assert.equal(cases.length, 43);
});

test('the Gaussian equals JIDT within 1e-12', () => {
  for (const { n, pair, k_history, l_history, te_gaussian_nats } of cases) {
    const [cause, effect] = referencePair(n, pair);
    const { nats } = transferEntropy(cause, effect, { history: k_history, causeHistory: l_history });
    assert.ok(Math.abs(nats - te_gaussian_nats) <= 1e-12, `${pair}, n ${n}: ${nats}, ${te_gaussian_nats}`);
  }
});

test("the Gaussian is half of Geweke's measure, with the p-value of the F test", () => {
  const [x, y] = referencePair(100, 'x_to_y');
  for (const lag of [1, 2, 5]) {
    const found = transferEntropy(x, y, { history: lag, causeHistory: lag });
    const expected = granger(x, y, { lag });
    assert.ok(Math.abs(found.nats - expected.geweke / 2) <= 1e-13);
    assert.ok(Math.abs(found.pValue - expected.pValue) <= 1e-12 * expected.pValue);
    assert.equal(found.rows, expected.rows);
  }
});

test('an independent source of strength c gives ln(1 + c²) / 2', () => {
  const drive = (length: number, c: number) => {
    const source = normals(41);
    const noise = normals(4242);
    const x = Array.from({ length }, source);
    return [x, x.map((_, t) => c * (x[t - 1] ?? 0) + noise())];
  };
  for (const c of [0, 0.3, 1, 2]) {
    const truth = Math.log(1 + c * c) / 2;
    const [x, y] = drive(20000, c);
    const gaussian = transferEntropy(x, y).nats;
    assert.ok(Math.abs(gaussian - truth) <= 0.015, `Gaussian, c ${c}: ${gaussian}, ${truth}`);
    const ksg = transferEntropy(x.slice(0, 2000), y.slice(0, 2000), { estimator: 'ksg' }).nats;
    assert.ok(Math.abs(ksg - truth) <= 0.05, `KSG, c ${c}: ${ksg}, ${truth}`);
    assert.ok(Math.abs(transferEntropy(y, x).nats) <= 0.001);
  }
});

test('KSG from 100 samples scatters and reads low by as much as its caution says', () => {
  const draw = normals(77);
  const estimates = (own: number, c: number) =>
    Array.from({ length: 200 }, () => {
      const x = Float64Array.from({ length: 130 }, draw);
      const y = new Float64Array(130);
      for (let t = 1; t < 130; t++) y[t] = own * y[t - 1] + c * x[t - 1] + draw();
      return transferEntropy(x.slice(30), y.slice(30), { estimator: 'ksg' }).nats;
    });
  // 0.154 nats are ln(1 + 0.6²) / 2 and 0.80 are ln(1 + 2²) / 2; three standard errors of a mean of 200 are 0.013.
  for (const [own, c, mean, sd] of [
    [0, 0.6, 0.14, 0.06],
    [0.9, 0.6, 0.09, 0.05],
    [0, 2, 0.67, 0.07],
    [0, 0, 0, 0.04],
  ]) {
    const found = estimates(own, c);
    const centre = found.reduce((sum, nats) => sum + nats, 0) / found.length;
    const spread = Math.sqrt(found.reduce((sum, nats) => sum + (nats - centre) ** 2, 0) / (found.length - 1));
    assert.ok(Math.abs(centre - mean) <= 0.02, `mean, own ${own}, c ${c}: ${centre}`);
    assert.ok(Math.abs(spread - sd) <= 0.015, `spread, own ${own}, c ${c}: ${spread}`);
  }
});

test('KSG sees a coupling without correlation, to which the Gaussian is blind', () => {
  const source = normals(51);
  const noise = normals(5151);
  const x = Array.from({ length: 200 }, source);
  const y = x.map((_, t) => (x[t - 1] ?? 0) ** 2 + 0.1 * noise());
  const options = { estimator: 'ksg', permutations: 99, seed: 1 } as const;
  for (const surrogate of ['shift', 'shuffle'] as const) {
    const there = transferEntropy(x, y, { ...options, surrogate });
    const back = transferEntropy(y, x, { ...options, surrogate });
    assert.ok(there.nats > 0.4 && there.pValue <= 0.02, `${surrogate}: ${there.nats}, p ${there.pValue}`);
    assert.ok(back.nats < 0.05 && back.pValue > 0.05, `${surrogate}: ${back.nats}, p ${back.pValue}`);
  }
  assert.ok(transferEntropy(x, y).nats < 0.1);
});

test('moved sources keep the level on random walks, shuffled ones do not', () => {
  const noise = normals(61);
  const walk = () => {
    let x = 0;
    return Array.from({ length: 100 }, () => {
      x += noise();
      return x;
    });
  };
  const rejected = { shift: 0, shuffle: 0 };
  for (let seed = 0; seed < 60; seed++) {
    const [x, y] = [walk(), walk()];
    for (const surrogate of ['shift', 'shuffle'] as const) {
      const options = { estimator: 'ksg', permutations: 39, seed, surrogate } as const;
      if (transferEntropy(x, y, options).pValue <= 0.05) rejected[surrogate]++;
    }
  }
  assert.ok(rejected.shift <= 9, `${rejected.shift} of 60`);
  assert.ok(rejected.shuffle >= 15, `${rejected.shuffle} of 60`);
});

test('negative estimates are kept, and the seed alone decides the p-value', () => {
  const [z, y] = referencePair(100, 'z_to_y');
  const options = { estimator: 'ksg', permutations: 19, seed: 3 } as const;
  const found = transferEntropy(z, y, options);
  assert.ok(found.nats < 0);
  assert.equal(found.permuted.length, 19);
  const reached = found.permuted.filter(nats => nats >= found.nats).length;
  assert.equal(found.pValue, (1 + reached) / 20);
  assert.deepEqual(transferEntropy(z, y, options).permuted, found.permuted);
  assert.notDeepEqual(transferEntropy(z, y, { ...options, seed: 4 }).permuted, found.permuted);
  assert.ok(Number.isNaN(transferEntropy(z, y, { estimator: 'ksg' }).pValue));
});

test('pairs without an answer have the status of granger and no numbers', () => {
  const noise = normals(71);
  const x = Array.from({ length: 40 }, noise);
  const y = Array.from({ length: 40 }, noise);
  const late = x.map((_, t) => (t === 39 ? 1 : 0));
  const statuses: [number[], number[], string][] = [
    [x, y, 'ok'],
    [x, x, 'collinear'],
    [y.map(value => 3 - 2 * value), y, 'collinear'],
    [late, y, 'constant'],
    [y, late, 'constant'],
    [x, x.map((_, t) => 2 * (x[t - 1] ?? 0.1)), 'exact-fit'],
    [x.map((value, t) => (t === 5 ? Number.POSITIVE_INFINITY : value)), y, 'missing'],
    [x.slice(0, 4), y.slice(0, 4), 'too-short'],
  ];
  for (const [cause, effect, status] of statuses) {
    assert.equal(granger(cause, effect).status, status);
    for (const estimator of ['gaussian', 'ksg'] as const) {
      const found = transferEntropy(cause, effect, { estimator });
      assert.equal(found.status, status);
      assert.equal(Number.isNaN(found.nats), status !== 'ok');
    }
  }
  const four = x.map((_, t) => [0, 1, 5, 2][t % 4]);
  const three = x.map((_, t) => [0, 1, 5][t % 3]);
  assert.equal(transferEntropy(three, four, { estimator: 'ksg' }).status, 'ok');
  const rare = x.map((_, t) => (t % 17 === 3 ? 1 : 0));
  const rarer = x.map((_, t) => (t % 19 === 2 ? 1 : 0));
  assert.equal(transferEntropy(rare, rarer, { estimator: 'ksg' }).status, 'degenerate');
  assert.equal(transferEntropy(x.slice(0, 5), y.slice(0, 5), { estimator: 'ksg' }).status, 'too-short');
  assert.equal(transferEntropy(x.slice(0, 6), y.slice(0, 6), { estimator: 'ksg' }).status, 'ok');
});

test('no pair of series makes transferEntropy throw or hang, and no input is changed', () => {
  const all = [...awkwardSeries().values()].map(series => Object.freeze(series));
  for (const cause of all) {
    for (const effect of all) {
      if (cause.length !== effect.length) continue;
      if (cause.length === 200 && (all.indexOf(cause) + all.indexOf(effect)) % 3 > 0) continue;
      for (const options of [
        {},
        { history: 2, causeHistory: 3 },
        { estimator: 'ksg', permutations: 1, seed: 1 },
        { estimator: 'ksg', k: 2, standardise: false, history: 2 },
      ] as const) {
        const { status, nats, pValue, permuted } = transferEntropy(cause, effect, options);
        assert.equal(Number.isFinite(nats), status === 'ok');
        if (status !== 'ok') assert.ok(Number.isNaN(pValue) && permuted.length === 0);
      }
    }
  }
});

test('offsets and scales do not move standardised estimates', () => {
  const noise = normals(81);
  // Whole numbers keep all digits under the changes below; from so many no two distances are equal.
  const x = Array.from({ length: 60 }, () => Math.round(1e6 * noise()));
  const y = Array.from({ length: 60 }, () => Math.round(1e6 * noise()));
  const changes: ((value: number) => number)[] = [v => v + 1e9, v => v * 1e-300, v => v * 1e301, v => -v];
  for (const estimator of ['gaussian', 'ksg'] as const) {
    const { nats } = transferEntropy(x, y, { estimator });
    for (const change of changes) {
      assert.ok(Math.abs(transferEntropy(x.map(change), y, { estimator }).nats - nats) <= 1e-9);
      assert.ok(Math.abs(transferEntropy(x, y.map(change), { estimator }).nats - nats) <= 1e-9);
    }
  }
});

test('wrong shapes and options throw', () => {
  const x = [1, 2, 3];
  assert.throws(() => transferEntropy(x, [1, 2]), /3 and 2 samples came/);
  assert.throws(() => transferEntropy('abc' as never, x), TypeError);
  assert.throws(() => transferEntropy(x, x, { estimator: 'kernel' as never }), RangeError);
  assert.throws(() => transferEntropy(x, x, { history: 0 }), RangeError);
  assert.throws(() => transferEntropy(x, x, { causeHistory: 1.5 }), RangeError);
  assert.throws(() => transferEntropy(x, x, { estimator: 'ksg', k: 0 }), RangeError);
  assert.throws(
    () => transferEntropy(x, x, { estimator: 'ksg', permutations: 9 }),
    /permutations need a seed/,
  );
  assert.throws(
    () => transferEntropy(x, x, { estimator: 'ksg', permutations: 9, seed: 1, surrogate: 'iaaft' as never }),
    RangeError,
  );
});
