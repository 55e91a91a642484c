/**
 * Follows each reference and all its neighbours within a radius for `steps` steps:
 *
 *     curve[k] = mean over references of 1/2 ln( mean over neighbours j of |v(i + k) - v(j + k)|^2 ),   k = 0..steps
 *
 * Zero distances are left out of the inner mean, references without a neighbour out of the outer one; counts[k] is the
 * number of references that entered (curve[k] is NaN where it is 0).
 *
 * @param y series rescaled to [0, 1]; v(i) = (y[i], y[i + delay], …), `dimension` entries, i < vectors + steps
 * @param theiler neighbours lie more than this many iterates apart
 * @param radius largest Euclidean distance of a neighbour at k = 0
 * @param sums buffer, length steps + 1
 * @param members buffer, length steps + 1
 * @param curve out, length steps + 1
 * @param counts out, length steps + 1
 */
export function followNeighbourhoods(
  y: Float64Array,
  vectors: number,
  dimension: number,
  delay: number,
  theiler: number,
  steps: number,
  radius: number,
  sums: Float64Array,
  members: Int32Array,
  curve: Float64Array,
  counts: Int32Array,
): void {
  const span = (dimension - 1) * delay;
  const reach = radius * radius;
  curve.fill(0);
  counts.fill(0);
  for (let i = 0; i < vectors; i++) {
    sums.fill(0);
    members.fill(0);
    let found = false;
    for (let j = 0; j < vectors; j++) {
      if (i - j <= theiler && j - i <= theiler) continue;
      let q = 0;
      for (let c = 0; c <= span && q <= reach; c += delay) q += (y[j + c] - y[i + c]) * (y[j + c] - y[i + c]);
      if (q > reach) continue;
      found = true;
      for (let k = 0; k <= steps; k++) {
        q = 0;
        for (let c = k; c <= k + span; c += delay) q += (y[j + c] - y[i + c]) * (y[j + c] - y[i + c]);
        if (q === 0) continue;
        sums[k] += q;
        members[k]++;
      }
    }
    if (!found) continue;
    for (let k = 0; k <= steps; k++) {
      if (members[k] === 0) continue;
      curve[k] += Math.log(sums[k] / members[k]);
      counts[k]++;
    }
  }
  for (let k = 0; k <= steps; k++) curve[k] /= 2 * counts[k];
}
