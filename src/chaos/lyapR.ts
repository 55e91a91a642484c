import { createPlaneNeighbours } from '../kernels/planeNeighbours';
import { roundDigits } from '../kernels/roundDigits';

/** What decides between neighbours that are nearly equally near; it matters on values of 6 decimals, where ties abound. */
export interface LyapROptions {
  /** TISEAN's -s: the last `steps` vectors neither search nor are found, although only S(0) and S(1) are used. */
  readonly steps: number;
  /**
   * - `last`: of equally near neighbours the one of the highest index, which stands first in TISEAN's box lists
   * - `first`: the one of the lowest index
   */
  readonly ties: 'last' | 'first';
  /**
   * - `exact`: squared distances compared without rounding, as good as the 80-bit registers of the study's Windows program
   * - `double`: rounded to double before they are compared, as a 64-bit build does
   */
  readonly distances: 'exact' | 'double';
}

/** S(0) and S(1) of one window after another. */
export interface LyapR {
  /** Of the last window, with the 7 digits that are printed; NaN where no pair is left. */
  readonly curve: Float64Array;
  /**
   * Takes a window in, its values rounded to `decimals` unless null, and returns the range it then has: 0 for a constant one, NaN for
   * one that is not finite. Other instances may share the memory, so call `run` right after it.
   */
  load(series: Float64Array, decimals: number | null): number;
  /** S(1) - S(0) of a window that is not constant; NaN where no vector finds a neighbour, or all pairs become equal. */
  run(): number;
}

/**
 * S(1) - S(0) of `lyap_r -m2 -r20 -d1 -s<steps>` as the TISEAN program for Windows finds it, printed digits and ties
 * included. Vectors are (y[i], y[i + 1]) of the window stretched to [0, 1]; a radius of 20 exceeds every range, so that
 * each search ends in its first pass, with the nearest vector at a nonzero distance below 1. `ties` and `distances`
 * apart it is `divergenceCurve`, whose order of ties is that of a fast search.
 *
 * @param length of a window
 */
export function createLyapR(length: number, { steps, ties, distances }: LyapROptions): LyapR {
  const vectors = Math.max(0, length - 1 - steps);
  const margin = distances === 'exact' ? ROUNDING : 0;
  const search = createPlaneNeighbours(length, vectors, margin);
  const { series: y, neighbours, ambiguous, order, position } = search;
  const curve = new Float64Array(2);
  const distance = new Float64Array(2);
  const compare = distances === 'exact' ? compareExactly : compareDoubles;

  return { curve, load: search.load, run };

  function run(): number {
    curve.fill(Number.NaN);
    if (vectors < 2) return Number.NaN;
    const undecided = search.search();
    for (let a = 0; a < undecided; a++)
      neighbours[ambiguous[a]] = decide(ambiguous[a], neighbours[ambiguous[a]]);
    search.follow();
    for (let k = 0; k <= 1; k++) curve[k] = roundDigits(search.curve[k], PRINTED_DIGITS);
    return curve[1] - curve[0];
  }

  /** Among the vectors as near to i as `near` is, or so nearly that rounding could hide it, the one to take. */
  function decide(i: number, near: number): number {
    const limit = squaredDistance(y, i, near) * (1 + margin);
    let chosen = near;
    for (let direction = 1; direction >= -1; direction -= 2) {
      const end = direction > 0 ? vectors : -1;
      for (let s = position[i] + direction; s !== end; s += direction) {
        const j = order[s];
        if ((y[j] - y[i]) ** 2 > limit) break;
        const squared = squaredDistance(y, i, j);
        if (squared === 0 || squared > limit || j === chosen) continue;
        const difference = compare(y, i, j, chosen, distance);
        if (difference < 0 || (difference === 0 && j > chosen === (ties === 'last'))) chosen = j;
      }
    }
    return chosen;
  }
}

/** Of C's `%e`. */
const PRINTED_DIGITS = 7;
/** More than the relative error of a sum of two squares of differences in doubles. */
const ROUNDING = 1e-14;

/** Of the vectors (y[i], y[i + 1]) and (y[j], y[j + 1]). */
function squaredDistance(y: Float64Array, i: number, j: number): number {
  const a = y[i] - y[j];
  const b = y[i + 1] - y[j + 1];
  return a * a + b * b;
}

/** Negative where vector j is nearer to i than k is, positive where it is farther. */
function compareDoubles(y: Float64Array, i: number, j: number, k: number): number {
  return squaredDistance(y, i, j) - squaredDistance(y, i, k);
}

/** As `compareDoubles`, from squared distances of some 100 bits; `distance` is scratch memory. */
function compareExactly(y: Float64Array, i: number, j: number, k: number, distance: Float64Array): number {
  exactDistance(y, i, j, distance);
  const high = distance[0];
  const low = distance[1];
  exactDistance(y, i, k, distance);
  return high === distance[0] ? low - distance[1] : high - distance[0];
}

/** Squared, as an unevaluated sum total[0] + total[1]. */
function exactDistance(y: Float64Array, i: number, j: number, total: Float64Array): void {
  total[0] = 0;
  total[1] = 0;
  for (let c = 0; c <= 1; c++) addSquare(y[i + c] - y[j + c], differenceError(y[i + c], y[j + c]), total);
}

/** Adds (a + e)^2 to total[0] + total[1]. */
function addSquare(a: number, e: number, total: Float64Array): void {
  const high = total[0];
  const low = total[1];
  const square = a * a;
  // Dekker's product: a = head + tail of 26 bits each, so that square + error is a^2 exactly.
  const c = SPLIT * a;
  const head = c - (c - a);
  const tail = a - head;
  const error = head * head - square + 2 * head * tail + tail * tail;
  const sum = high + square;
  const part = sum - high;
  const rest = high - (sum - part) + (square - part) + (low + error + 2 * a * e);
  total[0] = sum + rest;
  total[1] = rest - (total[0] - sum);
}

const SPLIT = 2 ** 27 + 1;

/** (a - b) minus its rounded value, exactly (Knuth). */
function differenceError(a: number, b: number): number {
  const difference = a - b;
  const part = difference - a;
  return a - (difference - part) - (b + part);
}
