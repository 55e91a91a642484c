/** A reference whose only neighbours are exact duplicates: it contributes nothing. */
export const ONLY_DUPLICATES = -1;
/** A reference without any candidate inside `reach`: TISEAN's search would never end. */
export const OUT_OF_REACH = -2;

/** Buffers of one search over `vectors` delay vectors, reused from window to window. */
export interface NeighbourBuffers {
  /** Vector indices in ascending order of their first coordinate. */
  readonly order: Int32Array;
  /** Where each vector stands in `order`. */
  readonly position: Int32Array;
  /** Bucket boundaries of the sort; length vectors + 1. */
  readonly heads: Int32Array;
}

export function createNeighbourBuffers(vectors: number): NeighbourBuffers {
  return {
    order: new Int32Array(vectors),
    position: new Int32Array(vectors),
    heads: new Int32Array(vectors + 1),
  };
}

/**
 * Writes the nearest neighbour of each reference into `neighbours` and returns how many references were out of reach.
 *
 * Vector i is (y[i], y[i + delay], …, y[i + (dimension - 1) delay]). References are 0..references-1, candidates
 * 0..vectors-1. The neighbour of i is the candidate j with |i - j| > theiler at the smallest nonzero Euclidean distance;
 * of equally near ones the lowest j. Sorted by their first coordinate, candidates are walked outwards from the
 * reference until the first coordinate alone is too far.
 *
 * @param y series rescaled to [0, 1], length at least vectors + (dimension - 1) delay
 * @param reach squared distance that a neighbour must stay below (TISEAN: 1)
 * @param duplicateReach squared distance that the neighbour of a reference with an exact duplicate must not exceed,
 *   else `ONLY_DUPLICATES` (TISEAN: 1e-6, because a duplicate ends its search in the first pass)
 * @param neighbours out, length at least references: a vector index, `ONLY_DUPLICATES` or `OUT_OF_REACH`
 */
export function nearestNeighbours(
  y: Float64Array,
  vectors: number,
  references: number,
  dimension: number,
  delay: number,
  theiler: number,
  reach: number,
  duplicateReach: number,
  buffers: NeighbourBuffers,
  neighbours: Int32Array,
): number {
  const { order, position } = buffers;
  sortByFirstCoordinate(y, vectors, buffers);
  const span = (dimension - 1) * delay;
  let outOfReach = 0;
  for (let i = 0; i < references; i++) {
    const first = y[i];
    let best = reach;
    let nearest = -1;
    let duplicate = false;
    // The successor of the last reference's neighbour is often near: it only tightens the bound.
    const guess = i > 0 && neighbours[i - 1] >= 0 ? neighbours[i - 1] + 1 : vectors;
    if (guess < vectors && Math.abs(i - guess) > theiler) {
      let q = 0;
      for (let c = 0; c <= span; c += delay) q += (y[guess + c] - y[i + c]) * (y[guess + c] - y[i + c]);
      if (q > 0 && q < best) {
        best = q;
        nearest = guess;
      }
    }
    const start = position[i];
    for (let direction = 1; direction >= -1; direction -= 2) {
      const end = direction > 0 ? vectors : -1;
      for (let s = start + direction; s !== end; s += direction) {
        const j = order[s];
        const d = y[j] - first;
        let q = d * d;
        if (q > best) break;
        if (i - j <= theiler && j - i <= theiler) continue;
        for (let c = delay; c <= span; c += delay) {
          const e = y[j + c] - y[i + c];
          q += e * e;
        }
        if (q > best) continue;
        if (q === 0) duplicate = true;
        else if (q < best || j < nearest) {
          best = q;
          nearest = j;
        }
      }
    }
    if (duplicate && (nearest < 0 || best > duplicateReach)) neighbours[i] = ONLY_DUPLICATES;
    else if (nearest < 0) {
      neighbours[i] = OUT_OF_REACH;
      outOfReach++;
    } else neighbours[i] = nearest;
  }
  return outOfReach;
}

/** Stable: one bucket per vector (y lies in [0, 1]), then insertion inside and across bucket borders. */
function sortByFirstCoordinate(
  y: Float64Array,
  vectors: number,
  { order, position, heads }: NeighbourBuffers,
): void {
  heads.fill(0);
  for (let i = 0; i < vectors; i++) heads[bucketOf(y[i], vectors) + 1]++;
  for (let b = 1; b <= vectors; b++) heads[b] += heads[b - 1];
  for (let i = 0; i < vectors; i++) order[heads[bucketOf(y[i], vectors)]++] = i;
  for (let s = 1; s < vectors; s++) {
    const i = order[s];
    const key = y[i];
    let r = s - 1;
    while (r >= 0 && y[order[r]] > key) {
      order[r + 1] = order[r];
      r--;
    }
    order[r + 1] = i;
  }
  for (let s = 0; s < vectors; s++) position[order[s]] = s;
}

function bucketOf(value: number, buckets: number): number {
  return Math.min(buckets - 1, Math.floor(value * buckets));
}
