import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adjustPValues } from '../../src/statistics/adjustPValues';
import { bootstrapInterval } from '../../src/statistics/bootstrapInterval';
import { equivalenceTest } from '../../src/statistics/equivalenceTest';
import { mean } from '../../src/statistics/moments';
import { NumpyRandom } from '../../src/statistics/numpyRandom';
import { normalQuantile, tQuantile } from '../../src/statistics/quantiles';
import { normal, randomStream } from '../../src/statistics/random';
import { sharedByChance } from '../../src/statistics/sharedByChance';
import { shareInterval } from '../../src/statistics/shareInterval';
import { signedRankTest } from '../../src/statistics/signedRankTest';
import { chi2UpperTail, fUpperTail, normalUpperTail, tUpperTail } from '../../src/statistics/tails';
import { anyNumber, anySeries, fuzz, seriesTogether } from '../support/awkwardSeries';

/** Degrees of freedom of tests, and of all sizes that are allowed. */
const degrees = fc.oneof(
  fc.integer({ min: 1, max: 5000 }),
  fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
  fc.constantFrom(1e-6, 0.5, 1e6, 1e9),
);
const statistics = fc.oneof(anyNumber(), fc.double({ min: 0, max: 1e4, noNaN: true }), degrees);

function isProbability(p: number, statistic: number): void {
  if (Number.isNaN(statistic)) assert.ok(Number.isNaN(p));
  else assert.ok(p >= 0 && p <= 1, `${p}`);
}

fuzz(
  'fUpperTail is a probability for every number',
  fc.tuple(statistics, degrees, degrees),
  ([f, d1, d2]) => {
    isProbability(fUpperTail(f, d1, d2), f);
  },
);

fuzz('chi2UpperTail is a probability for every number', fc.tuple(statistics, degrees), ([x, df]) => {
  isProbability(chi2UpperTail(x, df), x);
});

fuzz('normalUpperTail is a probability, and its mirror image the rest', anyNumber(), z => {
  const p = normalUpperTail(z);
  isProbability(p, z);
  if (!Number.isNaN(z)) assert.ok(Math.abs(p + normalUpperTail(-z) - 1) <= 1e-15);
});

fuzz(
  'tails fall as the statistic grows',
  fc.tuple(
    fc.double({ min: 0, max: 100, noNaN: true }),
    fc.integer({ min: 1, max: 8 }),
    fc.integer({ min: 1, max: 5000 }),
  ),
  ([x, d1, d2]) => {
    assert.ok(fUpperTail(1.01 * x + 0.01, d1, d2) < fUpperTail(x, d1, d2) * (1 + 1e-12));
    assert.ok(chi2UpperTail(1.01 * x + 0.01, d1) < chi2UpperTail(x, d1) * (1 + 1e-12));
  },
);

const pValues = fc.array(
  fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(0, 1, 0.05, Number.MIN_VALUE, Number.NaN),
  ),
  { maxLength: 60 },
);

fuzz('adjustPValues never lowers a p-value, keeps their order, and leaves NaN alone', pValues, p => {
  for (const method of ['bh', 'by', 'holm', 'bonferroni'] as const) {
    const adjusted = adjustPValues(p, method);
    const order = p
      .map((_, i) => i)
      .filter(i => !Number.isNaN(p[i]))
      .sort((i, j) => p[i] - p[j]);
    for (const i of order) assert.ok(adjusted[i] >= p[i] * (1 - 1e-15) && adjusted[i] <= 1);
    order.forEach((i, rank) => {
      if (rank > 0) assert.ok(adjusted[i] >= adjusted[order[rank - 1]]);
    });
    assert.ok(p.every((value, i) => Number.isNaN(value) === Number.isNaN(adjusted[i])));
  }
});

fuzz(
  'randomStream draws from [0, 1), the same for the same seed and name',
  fc.tuple(fc.oneof(fc.maxSafeInteger(), fc.string()), fc.string()),
  ([seed, name]) => {
    const [a, b] = [randomStream(seed, name), randomStream(seed, name)];
    for (let i = 0; i < 5; i++) {
      const drawn = a();
      assert.ok(drawn >= 0 && drawn < 1);
      assert.equal(drawn, b());
    }
  },
);

fuzz(
  'normal draws finite numbers around its mean',
  fc.tuple(
    fc.maxSafeInteger(),
    fc.double({ min: -1e300, max: 1e300, noNaN: true }),
    fc.double({ min: 0, max: 1e300, noNaN: true }),
  ),
  ([seed, mean, sd]) => {
    const draw = normal(randomStream(seed, 'fuzz'), mean, sd);
    for (let i = 0; i < 5; i++) assert.ok(Math.abs(draw() - mean) <= 40 * sd + 1e-15 * Math.abs(mean));
  },
);

fuzz(
  'NumpyRandom draws within its bounds for every seed',
  fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.maxSafeNat(), fc.nat(40)),
  ([seed, max, length]) => {
    const random = new NumpyRandom(seed);
    const drawn = random.interval(max);
    assert.ok(Number.isInteger(drawn) && drawn >= 0 && drawn <= max);
    const share = random.random();
    assert.ok(share >= 0 && share < 1);
    const order = random.permutation(length);
    assert.deepEqual(
      Array.from(order).sort((a, b) => a - b),
      Array.from({ length }, (_, i) => i),
    );
  },
);

fuzz(
  'quantiles invert their tails',
  fc.tuple(fc.double({ min: 1e-300, max: 1, noNaN: true }), degrees),
  ([p, df]) => {
    const z = normalQuantile(p);
    assert.ok(Math.abs(normalUpperTail(-z) - p) <= 1e-11 * p, `${z}`);
    const tDegrees = Math.min(1e5, Math.max(0.5, df));
    const t = tQuantile(p, tDegrees);
    if (Math.abs(t) < 1e150) assert.ok(Math.abs(tUpperTail(-t, tDegrees) - p) <= 1e-9 * p, `${t}`);
  },
);

fuzz(
  'bootstrapInterval answers every sample with an interval or a status',
  fc.tuple(anySeries(40), fc.constantFrom('expanded', 'bca', 'percentile')),
  ([sample, method]) => {
    const { low, high, status } = bootstrapInterval(sample, mean, { seed: 1, draws: 199, method });
    if (status === 'ok') {
      assert.ok(low <= high);
      const slack = 1e-12 * Math.max(...sample.map(Math.abs));
      assert.ok(low >= Math.min(...sample) - slack && high <= Math.max(...sample) + slack);
    } else assert.ok(Number.isNaN(low) && Number.isNaN(high));
    if (sample.length < 8) assert.equal(status, 'too-short');
  },
);

fuzz(
  'equivalenceTest and signedRankTest answer every pair of lists with probabilities or a status',
  seriesTogether(anySeries(40), 2),
  ([first, second]) => {
    for (const design of ['paired', 'welch', 'pooled'] as const) {
      const { pValue, lowerPValue, upperPValue, equivalent, low, high, status } = equivalenceTest(
        first,
        second,
        {
          margin: [-1, 2],
          design,
        },
      );
      if (status === 'ok') {
        for (const p of [lowerPValue, upperPValue]) assert.ok(p >= 0 && p <= 1, `${p}`);
        assert.equal(pValue, Math.max(lowerPValue, upperPValue));
        assert.ok(low <= high);
      } else assert.ok(Number.isNaN(pValue) && !equivalent && Number.isNaN(low));
    }
    const { pValue, greaterPValue, lessPValue, status } = signedRankTest(first);
    if (status === 'ok')
      for (const p of [pValue, greaterPValue, lessPValue]) assert.ok(p >= 0 && p <= 1, `${p}`);
    else assert.ok(Number.isNaN(pValue));
  },
);

fuzz(
  'a share lies in its interval, and two random sets share what they can',
  fc.tuple(fc.nat(3000), fc.nat(3000), fc.nat(3000)),
  ([a, b, rest]) => {
    const size = Math.max(a, b) + rest;
    if (size > 0) {
      const { share, low, high } = shareInterval(a, size);
      assert.ok(low >= 0 && low <= share && share <= high && high <= 1);
    }
    const { jaccard, variance, upperTail } = sharedByChance([{ size, first: a, second: b }]);
    assert.ok(jaccard >= 0 && jaccard <= 1 + 1e-12 && variance >= 0 && variance <= 0.25);
    assert.ok(Math.abs(upperTail(0) - 1) < 1e-12 && upperTail(Math.min(a, b) + 1) === 0);
    const mirrored = sharedByChance([{ size, first: b, second: a }]);
    assert.ok(Math.abs(mirrored.jaccard - jaccard) < 1e-11);
  },
);
