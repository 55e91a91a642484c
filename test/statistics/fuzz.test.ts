import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adjustPValues } from '../../src/statistics/adjustPValues';
import { NumpyRandom } from '../../src/statistics/numpyRandom';
import { normal, randomStream } from '../../src/statistics/random';
import { chi2UpperTail, fUpperTail, normalUpperTail } from '../../src/statistics/tails';
import { anyNumber, fuzz } from '../support/awkwardSeries';

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
