const STATE_LENGTH = 624;
const SHIFT = 397;
const UINT32 = 0x1_0000_0000;

/** What `NumpyRandom.shuffle` reorders: any array or typed array of numbers. */
export type Shufflable = {
  [index: number]: unknown;
  /** Number of items. */
  readonly length: number;
};

/**
 * NumPy's legacy generator (`numpy.random.RandomState`, the one behind `np.random.seed`), bit for bit: the Mersenne
 * Twister MT19937 with NumPy's own rules for seeding, doubles, bounded integers, shuffles and normal numbers. The study's
 * splits come from `np.random.seed(42)`.
 *
 * An integer seed fills the state by Knuth's multiplier (`init_genrand`); a list of integers goes through `init_by_array`,
 * so `new NumpyRandom(7)` and `new NumpyRandom([7])` differ, as in NumPy.
 *
 * Sources: M. Matsumoto and T. Nishimura, ACM Trans. Modeling and Computer Simulation 8 (1998) 3-30; NumPy 2,
 * `numpy/random/mtrand.pyx` and `src/legacy/legacy-distributions.c`, which NumPy has frozen since version 1.17 (NEP 19).
 *
 * @example
 * import { NumpyRandom } from 'legcnet';
 * new NumpyRandom(42).permutation(5); // Int32Array [1, 4, 2, 0, 3], as np.random.RandomState(42).permutation(5)
 */
export class NumpyRandom {
  readonly #state: Uint32Array = new Uint32Array(STATE_LENGTH);
  #position = STATE_LENGTH;
  #spareNormal: number | undefined;

  /**
   * @param seed one integer from 0 to 2^32 - 1, or a list of at least one such integer
   * @throws TypeError when a seed is not a number, RangeError when it is not such an integer
   */
  constructor(seed: number | ArrayLike<number>) {
    this.seed(seed);
  }

  /** Starts over from a seed, as `RandomState.seed`; a normal number held back is forgotten. Throws as the constructor. */
  seed(seed: number | ArrayLike<number>): void {
    if (typeof seed === 'number') {
      this.#seedByInteger(checkSeed(seed));
    } else {
      const isList = Array.isArray(seed) || ArrayBuffer.isView(seed);
      if (!isList)
        throw new TypeError(`A NumPy seed is an integer or a list of integers, not ${typeof seed}`);
      if (seed.length === 0) throw new RangeError('A NumPy seed list needs at least one integer, got none');
      this.#seedByArray(Uint32Array.from(seed, checkSeed));
    }
    this.#position = STATE_LENGTH;
    this.#spareNormal = undefined;
  }

  /** The next 32 random bits, an integer from 0 to 2^32 - 1. */
  uint32(): number {
    if (this.#position === STATE_LENGTH) this.#twist();
    let y = this.#state[this.#position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A double from [0, 1) with 53 random bits, as `RandomState.random_sample`. */
  random(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /**
   * An integer from 0 to `max`, both included, by masked rejection: the draw behind `shuffle` and `randint`.
   * A `max` of 0 draws nothing from the stream.
   *
   * @throws RangeError unless `max` is an integer from 0 to 2^53 - 1
   */
  interval(max: number): number {
    if (!Number.isSafeInteger(max) || max < 0) {
      throw new RangeError(`A random integer needs an upper end from 0 to 2^53 - 1, got ${max}`);
    }
    if (max === 0) return 0;
    if (max < UINT32) {
      const mask = maskOver(max);
      for (;;) {
        const value = (this.uint32() & mask) >>> 0;
        if (value <= max) return value;
      }
    }
    // Above 32 bits NumPy draws the high word first.
    const mask = maskOver(Math.floor(max / UINT32));
    for (;;) {
      const high = (this.uint32() & mask) >>> 0;
      const value = high * UINT32 + this.uint32();
      if (value <= max) return value;
    }
  }

  /**
   * An integer from [low, high), as `RandomState.randint(low, high)` of 64-bit integers; `randint(n)` draws from [0, n).
   *
   * @throws RangeError when the ends are not integers or the range is empty
   */
  randint(low: number, high?: number): number {
    const [from, to] = high === undefined ? [0, low] : [low, high];
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from >= to) {
      throw new RangeError(`A random integer needs whole numbers low < high, got low ${from} and high ${to}`);
    }
    return from + this.interval(to - 1 - from);
  }

  /** Reorders an array in place, as `RandomState.shuffle`, and returns it. Rows of a table: shuffle an array of rows. */
  shuffle<T extends Shufflable>(values: T): T {
    for (let i = values.length - 1; i >= 1; i--) {
      const j = this.interval(i);
      const held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
    return values;
  }

  /** The integers 0 to n - 1 in random order, or a shuffled copy of a list, as `RandomState.permutation`. */
  permutation(n: number): Int32Array;
  permutation<T>(values: readonly T[]): T[];
  permutation<T>(source: number | readonly T[]): Int32Array | T[] {
    if (typeof source !== 'number') return this.shuffle([...source]);
    if (!Number.isInteger(source) || source < 0 || source > 0x7fffffff) {
      throw new RangeError(`A permutation needs a length from 0 to 2^31 - 1, got ${source}`);
    }
    return this.shuffle(Int32Array.from({ length: source }, (_, i) => i));
  }

  /**
   * `size` different integers of 0 to n - 1, as `RandomState.choice(n, size, replace=False)`: the head of a permutation.
   *
   * @throws RangeError unless 0 <= size <= n
   */
  choice(n: number, size: number): Int32Array {
    if (!Number.isInteger(size) || size < 0 || size > n) {
      throw new RangeError(`Cannot choose ${size} different integers out of ${n}`);
    }
    return this.permutation(n).slice(0, size);
  }

  /**
   * A normal number with the given mean and standard deviation (0 and 1 by default), as `RandomState.normal`: Marsaglia's
   * polar method, which makes two at a time and holds the second back. The draws are NumPy's; the logarithm is this
   * platform's, so about 3 in 100 numbers differ from NumPy's on Linux in their last bit.
   */
  normal(mean = 0, sd = 1): number {
    const spare = this.#spareNormal;
    if (spare !== undefined) {
      this.#spareNormal = undefined;
      return mean + sd * spare;
    }
    let x: number;
    let y: number;
    let r2: number;
    do {
      x = 2 * this.random() - 1;
      y = 2 * this.random() - 1;
      r2 = x * x + y * y;
    } while (r2 >= 1 || r2 === 0);
    const factor = Math.sqrt((-2 * Math.log(r2)) / r2);
    this.#spareNormal = factor * x;
    return mean + sd * (factor * y);
  }

  #seedByInteger(seed: number): void {
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < STATE_LENGTH; i++) {
      const last = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = Math.imul(1812433253, last) + i;
    }
  }

  #seedByArray(key: Uint32Array): void {
    const state = this.#state;
    this.#seedByInteger(19650218);
    let i = 1;
    let j = 0;
    for (let k = Math.max(STATE_LENGTH, key.length); k > 0; k--) {
      const last = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = (state[i] ^ Math.imul(last, 1664525)) + key[j] + j;
      i = this.#nextIndex(i);
      j = j + 1 < key.length ? j + 1 : 0;
    }
    for (let k = STATE_LENGTH - 1; k > 0; k--) {
      const last = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = (state[i] ^ Math.imul(last, 1566083941)) - i;
      i = this.#nextIndex(i);
    }
    state[0] = 0x80000000;
  }

  /** The index after i; at the end the last word is carried to the front and counting goes on at 1. */
  #nextIndex(i: number): number {
    if (i + 1 < STATE_LENGTH) return i + 1;
    this.#state[0] = this.#state[STATE_LENGTH - 1];
    return 1;
  }

  #twist(): void {
    const state = this.#state;
    for (let k = 0; k < STATE_LENGTH; k++) {
      const y = (state[k] & 0x80000000) | (state[(k + 1) % STATE_LENGTH] & 0x7fffffff);
      state[k] = state[(k + SHIFT) % STATE_LENGTH] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#position = 0;
  }
}

function checkSeed(seed: number): number {
  if (typeof seed !== 'number') throw new TypeError(`A NumPy seed is an integer, not ${typeof seed}`);
  if (!Number.isInteger(seed) || seed < 0 || seed >= UINT32) {
    throw new RangeError(`A NumPy seed is an integer from 0 to 2^32 - 1, got ${seed}`);
  }
  return seed;
}

/** The smallest 2^k - 1 that is at least `max` (32 bits), as a signed word for `&`. */
function maskOver(max: number): number {
  return max === 0 ? 0 : -1 >>> Math.clz32(max);
}
