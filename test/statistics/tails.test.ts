import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chi2UpperTail, fUpperTail, normalUpperTail } from '../../src/statistics/tails';
import { readOracle } from '../chaos/oracle';

interface Tails {
  readonly f_sf: [f: number, d1: number, d2: number, tail: number, lnTail: number][];
  readonly chi2_sf: [x: number, df: number, tail: number, lnTail: number][];
  readonly norm_cdf: [z: number, lower: number][];
}

const tails = readOracle<Tails>('distributions_mpmath');
const smallestNormal = 2.2250738585072014e-308;

function assertTail(actual: number, expected: number, title: string) {
  // Below the normal numbers a double has fewer digits than the tolerance asks for.
  const absolute = expected < smallestNormal ? 1e-320 : 0;
  assert.ok(
    Math.abs(actual - expected) <= 1e-12 * expected + absolute,
    `${title}: ${actual}, expected ${expected}`,
  );
}

test('the F tail keeps twelve digits, from tiny statistics to 5000 degrees of freedom', () => {
  assert.ok(tails.f_sf.length > 300);
  for (const [f, d1, d2, tail] of tails.f_sf)
    assertTail(fUpperTail(f, d1, d2), tail, `F(${d1}, ${d2}) > ${f}`);
});

test('the chi-square tail keeps twelve digits', () => {
  for (const [x, df, tail] of tails.chi2_sf) assertTail(chi2UpperTail(x, df), tail, `chi2(${df}) > ${x}`);
});

test('the normal tail keeps twelve digits on both sides', () => {
  for (const [z, lower] of tails.norm_cdf) assertTail(normalUpperTail(-z), lower, `z < ${z}`);
});

test('closed forms hold for many degrees of freedom', () => {
  for (const x of [0.01, 1, 30, 700, 5000]) {
    // F(2, d2): (1 + 2 x / d2)^(-d2 / 2); chi-square(2): exp(-x / 2)
    for (const d2 of [1, 7, 96, 5e4, 1e6]) {
      const exact = Math.exp((-d2 / 2) * Math.log1p((2 * x) / d2));
      const actual = fUpperTail(x, 2, d2);
      assert.ok(
        Math.abs(actual - exact) <= 1e-10 * exact + 1e-320,
        `F(2, ${d2}) > ${x}: ${actual}, ${exact}`,
      );
    }
    if (x < 1400) assertTail(chi2UpperTail(x, 2), Math.exp(-x / 2), `chi2(2) > ${x}`);
  }
});

test('the examples of the docstrings hold', () => {
  assert.equal(fUpperTail(4, 1, 10).toFixed(4), '0.0734');
  assert.equal(chi2UpperTail(4, 1).toFixed(4), '0.0455');
  assert.equal(normalUpperTail(2).toFixed(5), '0.02275');
});

test('tails are 1 at the left end, 0 at infinity and NaN for NaN', () => {
  for (const tail of [(x: number) => fUpperTail(x, 2, 9), (x: number) => chi2UpperTail(x, 3)]) {
    assert.equal(tail(0), 1);
    assert.equal(tail(-1), 1);
    assert.equal(tail(Number.POSITIVE_INFINITY), 0);
    assert.ok(Number.isNaN(tail(Number.NaN)));
  }
  assert.equal(normalUpperTail(0), 0.5);
  assert.equal(normalUpperTail(Number.NEGATIVE_INFINITY), 1);
  assert.equal(normalUpperTail(Number.POSITIVE_INFINITY), 0);
  assert.throws(() => fUpperTail(1, 0, 5), RangeError);
  assert.throws(() => chi2UpperTail(1, Number.NaN), RangeError);
});
