/** One part of a whole from which two sets are drawn at random, without regard to each other. */
export interface Stratum {
  /** Members of the part. */
  readonly size: number;
  /** Members in the first and in the second set. */
  readonly first: number;
  readonly second: number;
}

/** What two random sets share. */
export interface SharedByChance {
  /** Mean and variance of shared / in either (Jaccard); 1 and 0 when both sets are empty. */
  readonly jaccard: number;
  readonly variance: number;
  /** P(at least so many are shared). */
  readonly upperTail: (shared: number) => number;
}

/**
 * The exact distribution of the number of members that two random sets share, given how many of each part they hold: in one
 * part hypergeometric,
 *
 *     P(k) = C(first, k) C(size - first, second - k) / C(size, second),
 *
 * in several the convolution. Terms below 1e-20 of the largest are left out.
 */
export function sharedByChance(strata: readonly Stratum[]): SharedByChance {
  let from = 0;
  let p: Float64Array = Float64Array.of(1);
  for (const stratum of strata) {
    const part = hypergeometric(stratum);
    p = convolve(p, part.p);
    from += part.from;
  }
  const both = strata.reduce((sum, { first, second }) => sum + first + second, 0);
  const ratio = (k: number): number => (both === 0 ? 1 : k / (both - k));
  const jaccard = p.reduce((sum, share, i) => sum + share * ratio(from + i), 0);
  const variance = p.reduce((sum, share, i) => sum + share * (ratio(from + i) - jaccard) ** 2, 0);
  return { jaccard, variance, upperTail };

  function upperTail(shared: number): number {
    let sum = 0;
    for (let i = p.length - 1; i >= 0 && from + i >= shared; i--) sum += p[i];
    return Math.min(1, sum);
  }
}

const NEGLIGIBLE = 1e-20;

/** Terms by their ratios to the largest, outwards from it, so that nothing overflows. */
function hypergeometric({ size, first, second }: Stratum): { from: number; p: Float64Array } {
  const least = Math.max(0, first + second - size);
  const most = Math.min(first, second);
  const ratio = (k: number): number =>
    ((first - k) * (second - k)) / ((k + 1) * (size - first - second + k + 1)); // P(k + 1) / P(k)
  const mode = Math.min(most, Math.max(least, Math.floor(((first + 1) * (second + 1)) / (size + 2))));
  const below: number[] = [];
  const above: number[] = [1];
  let term = 1;
  for (let k = mode - 1; k >= least && term > NEGLIGIBLE; k--) {
    term /= ratio(k);
    below.push(term);
  }
  term = 1;
  for (let k = mode; k < most && term > NEGLIGIBLE; k++) {
    term *= ratio(k);
    above.push(term);
  }
  const p = Float64Array.from([...below.reverse(), ...above]);
  const total = p.reduce((sum, term) => sum + term, 0);
  return { from: mode - below.length, p: p.map(term => term / total) };
}

function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) sum[i + j] += a[i] * b[j];
  return sum;
}
