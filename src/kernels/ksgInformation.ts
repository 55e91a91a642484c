/** Buffers of one estimate over `rows` points, reused from series to series. */
export interface KsgBuffers {
  /** Distances from one point to all others in the past, in past and source, in past and next. */
  readonly past: Float64Array;
  readonly pastSource: Float64Array;
  readonly pastNext: Float64Array;
  /** The k smallest distances in the joint space, ascending. */
  readonly nearest: Float64Array;
}

export function createKsgBuffers(rows: number, k: number): KsgBuffers {
  return {
    past: new Float64Array(rows),
    pastSource: new Float64Array(rows),
    pastNext: new Float64Array(rows),
    nearest: new Float64Array(k),
  };
}

/**
 * I(next; source | past) in nats by the first algorithm of Kraskov, Stögbauer & Grassberger (2004, Phys. Rev. E 69,
 * 066138) in its conditional form (Frenzel & Pompe 2007, Phys. Rev. Lett. 99, 204101):
 *
 *     psi(k) + mean of psi(n_past + 1) - psi(n_pastSource + 1) - psi(n_pastNext + 1)
 *
 * where n counts the other points strictly nearer, in the maximum norm of that subspace, than the k-th neighbour in the
 * joint space. NaN when a k-th neighbour is at distance 0.
 *
 * All four distances are at least that in the first past column. Rows come sorted by it, so both the search and the counts
 * walk outwards from a row until that column alone is too far.
 *
 * @param next length rows
 * @param past rows x history, row-major, rows in ascending order of the first column
 * @param source rows x causeHistory, row-major
 * @param order which row of `source` belongs to each row of the others; a shuffled one makes a surrogate
 * @param k below rows
 * @param psi digamma at 0..rows, the first entry unused
 */
export function ksgInformation(
  next: Float64Array,
  past: Float64Array,
  source: Float64Array,
  order: Int32Array,
  history: number,
  causeHistory: number,
  k: number,
  psi: Float64Array,
  buffers: KsgBuffers,
): number {
  const rows = next.length;
  const { past: z, pastSource: xz, pastNext: yz, nearest } = buffers;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const nextAt = next[i];
    const pastAt = i * history;
    const sourceAt = order[i] * causeHistory;
    nearest.fill(Number.POSITIVE_INFINITY);
    z[i] = 0;
    xz[i] = 0;
    yz[i] = 0;
    let below = i - 1;
    let above = i + 1;
    for (;;) {
      const toBelow = below < 0 ? Number.POSITIVE_INFINITY : past[pastAt] - past[below * history];
      const toAbove = above >= rows ? Number.POSITIVE_INFINITY : past[above * history] - past[pastAt];
      const isBelow = toBelow < toAbove;
      let distance = isBelow ? toBelow : toAbove;
      if (distance >= nearest[k - 1]) break;
      const j = isBelow ? below-- : above++;
      for (let c = 1; c < history; c++) {
        const d = Math.abs(past[j * history + c] - past[pastAt + c]);
        if (d > distance) distance = d;
      }
      z[j] = distance;
      const d = Math.abs(next[j] - nextAt);
      yz[j] = d > distance ? d : distance;
      const from = order[j] * causeHistory;
      for (let c = 0; c < causeHistory; c++) {
        const e = Math.abs(source[from + c] - source[sourceAt + c]);
        if (e > distance) distance = e;
      }
      xz[j] = distance;
      if (d > distance) distance = d;
      if (distance < nearest[k - 1]) insert(nearest, k, distance);
    }
    const reach = nearest[k - 1];
    if (reach === 0) return Number.NaN;
    // Each count includes the point itself and so is n + 1.
    let nearPast = 0;
    let nearPastSource = 0;
    let nearPastNext = 0;
    for (let j = below + 1; j < above; j++) {
      if (z[j] < reach) nearPast++;
      if (xz[j] < reach) nearPastSource++;
      if (yz[j] < reach) nearPastNext++;
    }
    sum += psi[nearPast] - psi[nearPastSource] - psi[nearPastNext];
  }
  return psi[k] + sum / rows;
}

function insert(ascending: Float64Array, k: number, value: number): void {
  let at = k - 1;
  while (at > 0 && ascending[at - 1] > value) {
    ascending[at] = ascending[at - 1];
    at--;
  }
  ascending[at] = value;
}
