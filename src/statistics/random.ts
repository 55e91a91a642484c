import { createHash } from 'node:crypto';

/** A source of random numbers: each call gives a double from [0, 1). */
export type Random = () => number;

/**
 * A named stream of one seed: the same seed and name give the same numbers, and every other name gives an independent
 * stream, so that one more draw in one place moves no draw in another.
 *
 * The 128-bit state of xoshiro128** is the head of SHA-256 over seed and name; a double takes the upper 27 and 26 bits of
 * two outputs, hence 53 random bits, evenly spaced in [0, 1).
 *
 * @param seed a whole number (up to 2^53) or any text; 7 and '7' are the same seed
 * @param name what the numbers are for, such as 'initial weights'
 * @throws TypeError for a seed or name of another kind, RangeError for a number that is not whole
 *
 * @example
 * import { randomStream } from 'legcnet';
 * const random = randomStream(42, 'split');
 * random(); // 0.688963053923734
 */
export function randomStream(seed: number | string, name: string): Random {
  if (typeof seed !== 'number' && typeof seed !== 'string') {
    throw new TypeError(`A random stream needs a number or text as its seed, not ${typeof seed}`);
  }
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) {
    throw new RangeError(`A random stream needs a whole number as its seed, got ${seed}`);
  }
  if (typeof name !== 'string')
    throw new TypeError(`A random stream needs text as its name, not ${typeof name}`);

  const digest = createHash('sha256')
    .update(JSON.stringify([String(seed), name]))
    .digest();
  const next = xoshiro128([0, 4, 8, 12].map(at => digest.readUInt32LE(at)));
  return () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
}

/**
 * The generator xoshiro128** 1.1 (D. Blackman and S. Vigna, ACM Trans. Mathematical Software 47 (2021), article 36; period
 * 2^128 - 1), started from four 32-bit words: each call gives an integer from 0 to 2^32 - 1.
 *
 * @throws RangeError unless there are four words, not all zero
 */
export function xoshiro128(state: readonly number[]): () => number {
  let [a, b, c, d] = state.map(word => word | 0);
  if (state.length !== 4 || (a | b | c | d) === 0) {
    throw new RangeError(`xoshiro128** needs four 32-bit words, not all zero, got [${state.join(', ')}]`);
  }
  return () => {
    const output = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return output;
  };
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Reorders an array in place, every order equally likely (Fisher and Yates), and returns it. */
export function shuffleInPlace<T extends { [index: number]: unknown; readonly length: number }>(
  values: T,
  random: Random,
): T {
  for (let i = values.length - 1; i >= 1; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = values[i];
    values[i] = values[j];
    values[j] = held;
  }
  return values;
}

/**
 * A source of normal numbers with the given mean and standard deviation (0 and 1 by default), drawn from `random` by
 * Marsaglia's polar method, two at a time.
 *
 * @throws RangeError when the mean is not finite or the standard deviation is negative or not finite
 * @example
 * import { mean, normal, randomStream } from 'legcnet';
 * const height = normal(randomStream(1, 'heights'), 170, 10);
 * mean(Array.from({ length: 10_000 }, height)); // 170.0, near 170
 */
export function normal(random: Random, mean = 0, sd = 1): Random {
  if (!Number.isFinite(mean) || !Number.isFinite(sd) || sd < 0) {
    throw new RangeError(
      `A normal number needs a finite mean and a standard deviation >= 0, got ${mean} and ${sd}`,
    );
  }
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const held = spare;
      spare = undefined;
      return mean + sd * held;
    }
    let x: number;
    let y: number;
    let r2: number;
    do {
      x = 2 * random() - 1;
      y = 2 * random() - 1;
      r2 = x * x + y * y;
    } while (r2 >= 1 || r2 === 0);
    const factor = Math.sqrt((-2 * Math.log(r2)) / r2);
    spare = factor * y;
    return mean + sd * factor * x;
  };
}
