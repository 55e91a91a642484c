import { followNeighbourhoods } from '../kernels/followNeighbourhoods';
import { rescaleToUnit } from '../kernels/unitRange';
import { type Divergence, type Embedding, vectorCount } from './divergence';

/** Largest distance of a neighbour unless told otherwise, as a share of the range: the largest of TISEAN's length scales. */
export const KANTZ_RADIUS = 0.01;

/**
 * Kantz's divergence curve for windows of one length; see `kantzCurve`.
 *
 * @param radius largest distance of a neighbour, as a share of the window's range
 * @param vectors number of delay vectors, at most those that fit
 */
export function createKantzDivergence(
  length: number,
  embedding: Embedding,
  radius: number,
  vectors: number = vectorCount(length, embedding),
): Divergence {
  const { dimension, delay, theiler, steps } = embedding;
  const searching = Math.max(0, vectors);
  const tooShort = vectors < 2 * theiler + 2;
  const curve = new Float64Array(steps + 1);
  const counts = new Int32Array(steps + 1);
  const y = new Float64Array(length);
  const sums = new Float64Array(steps + 1);
  const members = new Int32Array(steps + 1);
  return {
    curve,
    counts,
    searching,
    run(series, offset) {
      curve.fill(Number.NaN);
      counts.fill(0);
      const range = rescaleToUnit(series, offset, y);
      if (Number.isNaN(range)) return 'non-finite';
      if (tooShort) return 'too-short';
      if (range === 0) return 'constant';
      followNeighbourhoods(
        y,
        vectors,
        dimension,
        delay,
        theiler,
        steps,
        radius,
        sums,
        members,
        curve,
        counts,
      );
      return counts[0] === 0 ? 'degenerate' : 'ok';
    },
  };
}
