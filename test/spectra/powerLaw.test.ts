import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparePowerLaw } from '../../src/spectra/comparePowerLaw';
import { fitPowerLaw } from '../../src/spectra/fitPowerLaw';
import { randomStream } from '../../src/statistics/random';
import { readOracle } from '../chaos/oracle';

interface OracleList {
  readonly data: readonly number[];
  readonly powerlaw_1_5: {
    readonly default: Readonly<Record<'alpha' | 'xmin' | 'D' | 'n_tail' | 'sigma', number>>;
    readonly power_law_loglik: number;
    readonly compare_power_law_vs: Readonly<
      Record<string, { R: number; R_normalized: number; p: number; loglik: number }>
    >;
  };
}

const { lists } = readOracle<{ lists: Readonly<Record<string, OracleList>> }>('powerlaw_fits');

function near(actual: number, expected: number, tolerance: number, name: string): void {
  const gap = Math.abs(actual - expected);
  assert.ok(gap <= tolerance * Math.max(1, Math.abs(expected)), `${name}: ${actual}, not ${expected}`);
}

const lawNames = { exponential: 'exponential', lognormal: 'lognormal', truncated: 'truncated_power_law' };

for (const [name, { data, powerlaw_1_5: expected }] of Object.entries(lists)) {
  const fit = fitPowerLaw(data);

  test(`fitPowerLaw(${name}) is that of powerlaw 1.5 to 1e-9`, () => {
    near(fit.alpha, expected.default.alpha, 1e-9, 'alpha');
    near(fit.xmin, expected.default.xmin, 1e-9, 'xmin');
    near(fit.distance, expected.default.D, 1e-9, 'D');
    near(fit.sigma, expected.default.sigma, 1e-9, 'sigma');
    assert.equal(fit.tail, expected.default.n_tail);
  });

  test(`comparePowerLaw(${name}) is that of powerlaw 1.5 to 1e-3`, () => {
    const comparison = comparePowerLaw(fit);
    near(comparison.logLikelihood, expected.power_law_loglik, 1e-9, 'power law');
    for (const { law, ...ours } of comparison.comparisons) {
      // There powerlaw's normal tail is a denormal number: it reports a likelihood above the true supremum.
      if (name === 'evals_spiked_50x784' && law === 'lognormal') continue;
      const theirs = expected.compare_power_law_vs[lawNames[law]];
      near(ours.logLikelihood, theirs.loglik, 1e-3, `${law} likelihood`);
      near(ours.ratio, theirs.R, 1e-3, `${law} ratio`);
      // Where the other law runs into the power law, the spread is next to nothing and any search stops elsewhere.
      if (Math.abs(theirs.R) < 0.02) continue;
      near(ours.normalizedRatio, theirs.R_normalized, 1e-3, `${law} normalised ratio`);
      near(ours.pValue, theirs.p, 1e-3, `${law} p-value`);
    }
  });
}

test('a lognormal never fits better than its supremum: in the limit of large sigma it is the power law', () => {
  const fit = fitPowerLaw(lists.evals_spiked_50x784.data);
  const { logLikelihood, comparisons } = comparePowerLaw(fit);
  assert.ok(Math.abs(comparisons[1].logLikelihood - logLikelihood) < 0.01);
  assert.equal(comparisons[1].favours, 'neither');
});

test('alpha of the quantiles of an exact Pareto law is the law’s', () => {
  for (const law of [1.5, 2, 3, 5]) {
    const n = 4000;
    const values = Array.from({ length: n }, (_, i) => (1 - (i + 0.5) / n) ** (-1 / (law - 1)));
    near(fitPowerLaw(values).alpha, law, 1e-3, `alpha ${law}`);
  }
});

test('alpha of samples of a Pareto law lies within three of its own standard errors', () => {
  const random = randomStream(1, 'pareto');
  for (const law of [2, 3, 4]) {
    const fit = fitPowerLaw(Array.from({ length: 3000 }, () => (1 - random()) ** (-1 / (law - 1))));
    assert.ok(Math.abs(fit.alpha - law) < 3 * fit.sigma + 0.02, `${law}: ${fit.alpha} +- ${fit.sigma}`);
  }
});

test('a power law starting inside the values is found where it starts', () => {
  const random = randomStream(2, 'pareto');
  const body = Array.from({ length: 1000 }, () => 5 * random());
  const tail = Array.from({ length: 1000 }, () => 5 * (1 - random()) ** (-1 / 1.5));
  const fit = fitPowerLaw([...body, ...tail]);
  assert.ok(Math.abs(fit.xmin - 5) < 0.7, `${fit.xmin}`);
  assert.ok(Math.abs(fit.alpha - 2.5) < 0.15, `${fit.alpha}`);
});

test('an exponential tail is told from a power law, and the other way round', () => {
  const random = randomStream(3, 'laws');
  const byName = (values: readonly number[]) =>
    comparePowerLaw(fitPowerLaw(values)).comparisons.map(({ favours }) => favours);
  const heavy = byName(Array.from({ length: 2000 }, () => (1 - random()) ** (-1 / 1.2)));
  assert.equal(heavy[0], 'power law');
  // The scan shortens a light tail until little speaks against a power law, but nothing speaks for it.
  const light = Array.from({ length: 2000 }, (_, i) => 1 - Math.log(1 - (i + 0.5) / 2000));
  const [exponential] = comparePowerLaw(fitPowerLaw(light)).comparisons;
  assert.ok(exponential.ratio < 0, `${exponential.ratio}`);
});

test('the truncated law nests the power law: it never fits worse by more than the search leaves', () => {
  for (const { data } of Object.values(lists)) {
    const { logLikelihood, comparisons } = comparePowerLaw(fitPowerLaw(data));
    assert.ok(comparisons[2].logLikelihood > logLikelihood - 0.05);
  }
});

test('a tail shorter than 25 has a label and no verdict; a failed fit has neither', () => {
  const short = fitPowerLaw([1, 2, 4, 8, 16]);
  near(short.alpha, 1.7213475204444817, 1e-12, 'alpha: 1 + 5 / (10 ln 2)');
  assert.deepEqual([short.label, short.verdict], ['over-trained', 'none']);
  const long = fitPowerLaw(lists.pareto_q_n200_a3.data);
  assert.deepEqual([long.label, long.verdict], ['well-trained', 'well-trained']);
  const failures = [[], [1], [2, 2, 2], [-1, 0], [1, Number.NaN, 2], [1, Number.POSITIVE_INFINITY]].map(
    values => {
      const { status, failure, label, alpha, tail } = fitPowerLaw(values);
      assert.deepEqual([status, label, alpha, tail], ['failed', 'none', Number.NaN, 0]);
      return failure;
    },
  );
  assert.deepEqual(failures, ['too-few', 'too-few', 'constant', 'too-few', 'non-finite', 'non-finite']);
});

test('values at or below the threshold are left out', () => {
  const values = [1e-6, 1, 2, 4, 8, 16];
  assert.equal(fitPowerLaw(values, { threshold: 1e-5 }).alpha, fitPowerLaw(values.slice(1)).alpha);
  assert.throws(() => fitPowerLaw(values, { threshold: -1 }), RangeError);
  assert.throws(() => fitPowerLaw(values, { treshold: 1 } as object), TypeError);
});
