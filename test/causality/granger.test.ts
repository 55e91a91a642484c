import assert from 'node:assert/strict';
import { test } from 'node:test';
import { granger } from '../../src/causality/granger';
import { readOracle } from '../chaos/oracle';
import { awkwardSeries, normals } from '../chaos/series';

interface Reference {
  readonly status: string;
  readonly message?: string;
  readonly cond_number: number;
  readonly nobs: number;
  readonly geweke_ln_ratio: number;
  readonly ssr_ftest: { F: number; p: number; df_denom: number };
  readonly ssr_chi2test: { chi2: number; p: number };
  readonly lrtest: { chi2: number; p: number };
  readonly aic_full: number;
  readonly bic_full: number;
}
interface Case {
  readonly id: string;
  readonly x: number[];
  readonly y: number[];
  readonly results: Record<string, Reference>;
}

const { cases } = readOracle<{ cases: Case[] }>('granger_statsmodels');

test('granger equals statsmodels within 1e-9 (1 + value) where the regression is well conditioned', () => {
  let compared = 0;
  for (const { id, x, y, results } of cases) {
    for (const [lag, reference] of Object.entries(results)) {
      if (reference.status !== 'ok' || reference.cond_number >= 1e4) continue;
      const found = granger(x, y, { lag: Number(lag) });
      const pairs: [number, number][] = [
        [found.f, reference.ssr_ftest.F],
        [found.chi2, reference.ssr_chi2test.chi2],
        [found.lr, reference.lrtest.chi2],
        [found.geweke, reference.geweke_ln_ratio],
        [found.aic, reference.aic_full],
        [found.bic, reference.bic_full],
        [found.pValues.f, reference.ssr_ftest.p],
        [found.pValues.chi2, reference.ssr_chi2test.p],
        [found.pValues.lr, reference.lrtest.p],
      ];
      for (const [actual, expected] of pairs) {
        assert.ok(Math.abs(actual - expected) <= 1e-9 * (1 + Math.abs(expected)), `${id}, lag ${lag}`);
      }
      // Small p-values by their digits, not only by their size.
      for (const [actual, expected] of pairs.slice(6)) {
        assert.ok(Math.abs(actual - expected) <= 1e-9 * expected, `${id}, lag ${lag}`);
      }
      assert.deepEqual(found.df, [Number(lag), reference.ssr_ftest.df_denom]);
      assert.equal(found.rows, reference.nobs);
      compared++;
    }
  }
  assert.equal(compared, 26);
});

test('where statsmodels raises, granger says why', () => {
  for (const { id, x, y, results } of cases) {
    for (const [lag, { status }] of Object.entries(results)) {
      const found = granger(x, y, { lag: Number(lag) });
      const expected = status === 'ok' ? 'ok' : status === 'ValueError' ? 'too-short' : 'constant';
      assert.equal(found.status, expected, `${id}, lag ${lag}`);
    }
  }
});

test('granger rejects when the cause drives the effect, and not the other way round', () => {
  const noise = normals(21);
  const x = Array.from({ length: 200 }, noise);
  const y = x.map((_, t) => 0.5 * (x[t - 1] ?? 0) + noise());
  assert.ok(granger(x, y).pValue < 1e-6);
  assert.ok(granger(y, x).pValue > 0.05);
});

test('offsets, scales and tiny ranges do not move the statistic', () => {
  const noise = normals(22);
  // Whole numbers keep all digits under the changes below.
  const x = Array.from({ length: 60 }, () => Math.round(1000 * noise()));
  const y = Array.from({ length: 60 }, () => Math.round(1000 * noise()));
  const { f } = granger(x, y, { lag: 2 });
  const changes: ((value: number) => number)[] = [
    value => value + 1e12,
    value => value * 1e-300,
    value => value * 1e304,
    value => 0.5 + value * 2 ** -52,
  ];
  for (const change of changes) {
    assert.ok(Math.abs(granger(x.map(change), y, { lag: 2 }).f - f) <= 1e-9 * (1 + f));
    assert.ok(Math.abs(granger(x, y.map(change), { lag: 2 }).f - f) <= 1e-9 * (1 + f));
  }
});

test('tests without an answer have a status and no numbers', () => {
  const noise = normals(23);
  const x = Array.from({ length: 40 }, noise);
  const y = Array.from({ length: 40 }, noise);
  const late = x.map((_, t) => (t === 39 ? 1 : 0));
  const driven = x.map((_, t) => 2 * (x[t - 1] ?? 0.1));
  const gap = x.map((value, t) => (t === 5 ? Number.NaN : value));
  const statuses: [number[], number[], number, string][] = [
    [x, x, 1, 'collinear'],
    [y.map(value => 3 - 2 * value), y, 2, 'collinear'],
    [late, y, 1, 'constant'],
    [y, late, 1, 'constant'],
    [x, driven, 1, 'exact-fit'],
    [x, x.map((_, t) => t), 2, 'exact-fit'],
    [x, x.map((_, t) => (t === 39 ? 5 : t % 2)), 2, 'collinear'],
    [gap, y, 1, 'missing'],
    [y, gap, 1, 'missing'],
    [x.slice(0, 7), y.slice(0, 7), 2, 'too-short'],
    [x.slice(0, 8), y.slice(0, 8), 2, 'ok'],
  ];
  for (const [cause, effect, lag, status] of statuses) {
    const found = granger(cause, effect, { lag });
    assert.equal(found.status, status);
    for (const value of [found.f, found.chi2, found.lr, found.geweke, found.pValue]) {
      assert.equal(Number.isNaN(value), status !== 'ok');
    }
  }
});

test('with several lags the smallest p-value is reported', () => {
  const { x, y } = cases.find(({ id }) => id === 'delay3_100') as Case;
  const found = granger(x, y, { maxLag: 4 });
  assert.equal(found.lag, 3);
  assert.deepEqual(
    found.tried.map(({ lag }) => lag),
    [1, 2, 3, 4],
  );
  assert.equal(found.pValue, Math.min(...found.tried.map(({ pValue }) => pValue)));
  assert.equal(granger(x, y, { lag: [1, 2] }).lag, 2);
  // Lags that are too long for the series are passed over.
  assert.equal(granger(x.slice(0, 8), y.slice(0, 8), { lag: [3, 1] }).lag, 1);
});

test('criteria are compared on the rows that the largest lag leaves, and the chosen lag is tested on its own', () => {
  for (const [id, maxLag] of [
    ['delay3_100', 4],
    ['coupled_30', 3],
    ['short_12', 3],
  ] as const) {
    const { x, y } = cases.find(each => each.id === id) as Case;
    for (const lagRule of ['aic', 'bic'] as const) {
      const found = granger(x, y, { maxLag, lagRule });
      // Without the first samples a lag's own rows are the common ones; the first test checks those against statsmodels.
      const criteria = found.tried.map(({ lag }) => {
        const cut = granger(x.slice(maxLag - lag), y.slice(maxLag - lag), { lag });
        return cut[lagRule];
      });
      found.tried.forEach(({ [lagRule]: criterion }, i) => {
        assert.ok(
          Math.abs(criterion - criteria[i]) <= 1e-12 * (1 + Math.abs(criterion)),
          `${id}, ${lagRule}`,
        );
      });
      const chosen = 1 + criteria.indexOf(Math.min(...criteria));
      const own = granger(x, y, { lag: chosen });
      assert.deepEqual(
        [found.lag, found.rows, found.f, found.pValues],
        [chosen, own.rows, own.f, own.pValues],
      );
      assert.equal(found.lagRule, lagRule);
    }
  }
});

test('AIC and BIC find the lag that drives the effect', () => {
  const { x, y } = cases.find(({ id }) => id === 'delay3_100') as Case;
  for (const lagRule of ['aic', 'bic'] as const) {
    assert.equal(granger(x, y, { maxLag: 8, lagRule }).lag, 3);
  }
  assert.equal(granger(x, y).lagRule, 'fixed');
  assert.equal(granger(x, y, { maxLag: 8 }).lagRule, 'smallest-p');
});

test('the common rows are those of the largest lag that the samples carry', () => {
  const { x, y } = cases.find(({ id }) => id === 'short_12') as Case;
  const { tried, lag } = granger(x, y, { maxLag: 14, lagRule: 'bic' });
  assert.equal(lag, granger(x, y, { maxLag: 3, lagRule: 'bic' }).lag);
  assert.deepEqual(
    tried.map(({ status, bic }) => [status, Number.isNaN(bic)]),
    tried.map((_, i) => (i < 3 ? ['ok', false] : ['too-short', true])),
  );
});

test('a criterion without any lag to compare gives no answer, and says why', () => {
  const noise = normals(24);
  const y = Array.from({ length: 30 }, noise);
  const early = y.map((_, t) => (t === 0 ? 1 : 0));
  // The first sample is part of lag 1's own rows, but not of the rows that lag 3 leaves.
  assert.equal(granger(early, y, { lag: 1 }).status, 'ok');
  const found = granger(early, y, { lag: [1, 2, 3], lagRule: 'aic' });
  assert.equal(found.status, 'constant');
  assert.ok(Number.isNaN(found.pValue) && Number.isNaN(found.aic));
});

test('no pair of series makes granger throw or hang', () => {
  const all = [...awkwardSeries().values()];
  for (const cause of all) {
    for (const effect of all) {
      if (cause.length !== effect.length || (cause.length === 200 && all.indexOf(cause) % 3 > 0)) continue;
      const { status, pValue } = granger(cause, effect, { lag: [1, 2] });
      if (status === 'ok') assert.ok(pValue >= 0 && pValue <= 1);
      else assert.ok(Number.isNaN(pValue));
    }
  }
});

test('wrong shapes and options throw', () => {
  assert.throws(() => granger([1, 2, 3], [1, 2]), /3 and 2 samples came/);
  assert.throws(() => granger([1, 2], [1, 2], { lag: 0 }), RangeError);
  assert.throws(() => granger([1, 2], [1, 2], { lag: [] }), RangeError);
  assert.throws(() => granger([1, 2], [1, 2], { lag: 1, maxLag: 2 }), TypeError);
  assert.throws(() => granger([1, 2], [1, 2], { lag: 2, lagRule: 'aic' }), TypeError);
  assert.throws(() => granger([1, 2], [1, 2], { maxLag: 2, lagRule: 'fixed' }), RangeError);
  assert.throws(() => granger([1, 2], [1, 2], { maxLag: 2, lagRule: 'hqic' as never }), RangeError);
  assert.throws(() => granger([1, 2], [1, 2], { test: 't' as never }), RangeError);
  assert.throws(() => granger(5 as never, [1, 2]), TypeError);
});
