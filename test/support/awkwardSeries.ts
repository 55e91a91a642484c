import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

/** Inputs per property: 500 unless LEGCNET_FUZZ_RUNS says otherwise. */
export const fuzzRuns: number = Number(process.env.LEGCNET_FUZZ_RUNS ?? 500);

/** No input of these sizes may take longer, on a busy machine either. */
const PATIENCE_MS = 10_000;

/**
 * A test that `check` holds for `fuzzRuns` inputs. The seed is fixed, so a failure comes back; LEGCNET_FUZZ_SEED sets another.
 */
export function fuzz<T>(
  title: string,
  inputs: fc.Arbitrary<T>,
  check: (input: T) => void | Promise<void>,
): void {
  test(title, async () => {
    const property = fc.asyncProperty(inputs, async input => {
      const started = performance.now();
      await check(input);
      const took = performance.now() - started;
      assert.ok(took < PATIENCE_MS, `took ${took} ms`);
    });
    await fc.assert(property, { numRuns: fuzzRuns, seed: Number(process.env.LEGCNET_FUZZ_SEED ?? 20250) });
  });
}

/** Any double: NaN, infinities, denormals and negative zero included. */
export function anyNumber(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.double(),
    fc.constantFrom(
      0,
      -0,
      1,
      Number.MIN_VALUE,
      -Number.MIN_VALUE,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      Number.EPSILON,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ),
  );
}

/** Series of finite numbers on which careless code divides by zero, takes ln 0, overflows or searches for ever. */
export function finiteSeries(longest = 260): fc.Arbitrary<Float64Array> {
  // Left to itself fast-check prefers short series, which most functions turn away.
  const length = fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 13 }) },
    { weight: 4, arbitrary: fc.noBias(fc.integer({ min: 0, max: longest })) },
  );
  const arrays = { maxLength: longest, size: 'max' } as const;
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const scale = fc.constantFrom(1, 1e-3, 1e-12, 1e-160, 1e-300, 1e-318, 1e12, 1e160, 1e300);
  const offset = fc.constantFrom(0, 1, -1, 1e6, -1e15, 1e18, 1e300);
  const unit = fc.noBias(fc.double({ min: -1, max: 1, noNaN: true }));
  const noise = fc.array(unit, { ...arrays, minLength: longest });
  const made = (value: (t: number, n: number) => number, n: number): Float64Array =>
    Float64Array.from({ length: n }, (_, t) => value(t, n));
  return fc.oneof(
    fc.array(number, arrays).map(values => Float64Array.from(values)),
    fc.array(fc.integer({ min: -2, max: 2 }), arrays).map(values => Float64Array.from(values)),
    fc.tuple(length, number).map(([n, value]) => made(() => value, n)),
    fc.tuple(length, number, number).map(([n, a, b]) => made(t => (t % 2 === 0 ? a : b), n)),
    fc.tuple(length, scale, offset).map(([n, s, o]) => made(t => o + s * t, n)),
    fc.tuple(length, fc.integer({ min: 1, max: 9 }), scale).map(([n, p, s]) => made(t => s * (t % p), n)),
    fc.tuple(length, fc.integer({ min: 1, max: 60 })).map(([n, p]) => made(t => Math.floor(t / p), n)),
    fc.tuple(length, fc.nat(longest), number).map(([n, at, v]) => made(t => (t === at ? v : 0), n)),
    fc.tuple(length, noise, scale, offset).map(([n, e, s, o]) => made(t => o + s * e[t], n)),
    fc.tuple(length, noise, fc.nat(longest)).map(([n, e, stop]) => made(t => e[Math.min(t, stop)], n)),
    fc.tuple(length, noise, scale).map(([n, e, s]) => {
      let x = 0;
      return made(t => {
        x += s * e[t];
        return x;
      }, n);
    }),
    fc
      .tuple(length, fc.double({ min: 0.3, max: 3, noNaN: true }), scale)
      .map(([n, a, s]) => made(t => clamp(s * a ** t * (t % 3 === 0 ? -1 : 1)), n)),
    fc
      .tuple(
        length,
        fc.noBias(fc.double({ min: 2.8, max: 4, noNaN: true })),
        fc.noBias(fc.double({ min: 0, max: 1, noNaN: true })),
      )
      .map(([n, r, start]) => {
        let x = start;
        return made(() => {
          x = r * x * (1 - x);
          return x;
        }, n);
      }),
    fc
      .tuple(length, fc.double({ min: 2, max: 40, noNaN: true }), scale, offset)
      .map(([n, period, s, o]) => made(t => o + s * Math.sin((2 * Math.PI * t) / period), n)),
  );
}

/** `finiteSeries`, some of them with NaN or infinities inside. */
export function anySeries(longest = 260): fc.Arbitrary<Float64Array> {
  return fc.oneof(
    { weight: 8, arbitrary: finiteSeries(longest) },
    {
      weight: 1,
      arbitrary: fc.array(anyNumber(), { maxLength: longest }).map(values => Float64Array.from(values)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          finiteSeries(longest),
          fc.nat(longest),
          fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
        )
        .map(([series, at, value]) => series.map((x, t) => (t === at % series.length ? value : x))),
    },
  );
}

/** Series of one common length, such as the weights of a recording or cause and effect. */
export function seriesTogether(
  series: fc.Arbitrary<Float64Array>,
  count: number,
): fc.Arbitrary<Float64Array[]> {
  return fc.array(series, { minLength: count, maxLength: count }).map(all => {
    const shortest = Math.min(...all.map(({ length }) => length));
    return all.map(values => values.slice(0, shortest));
  });
}

/** Whether all values are numbers and none is infinite. */
export function isFiniteSeries(series: ArrayLike<number>): boolean {
  return Array.from(series).every(Number.isFinite);
}

function clamp(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
