/** Below this a squared distance gets its own logarithm; above, products of distances share one. */
const SMALL = 1e-100;
const PRODUCT_LOW = 1e-200;
const PRODUCT_HIGH = 1e200;

/**
 * Follows each reference and its neighbour for `steps` steps and averages the logarithm of their distance:
 *
 *     curve[k] = mean over references of ln |v(i + k) - v(neighbours[i] + k)|,   k = 0..steps
 *
 * skipping zero distances at each k by itself; counts[k] is the number of distances that entered (curve[k] is NaN
 * where it is 0). The logarithm is taken of products of squared distances, so a window costs few logarithms.
 *
 * @param y series rescaled to [0, 1]; v(i) = (y[i], y[i + delay], …), `dimension` entries
 * @param neighbours per reference an index, or a negative number for none
 * @param squares buffer, length at least steps + 1 + (dimension - 1) delay
 * @param products buffer, length at least steps + 1
 * @param curve out, length steps + 1
 * @param counts out, length steps + 1
 */
export function followPairs(
  y: Float64Array,
  neighbours: Int32Array,
  references: number,
  dimension: number,
  delay: number,
  steps: number,
  squares: Float64Array,
  products: Float64Array,
  curve: Float64Array,
  counts: Int32Array,
): void {
  const span = (dimension - 1) * delay;
  curve.fill(0);
  counts.fill(0);
  products.fill(1);
  for (let i = 0; i < references; i++) {
    const j = neighbours[i];
    if (j < 0) continue;
    for (let t = 0; t <= steps + span; t++) {
      const e = y[j + t] - y[i + t];
      squares[t] = e * e;
    }
    for (let k = 0; k <= steps; k++) {
      let q = squares[k];
      for (let c = delay; c <= span; c += delay) q += squares[k + c];
      if (q === 0) continue;
      counts[k]++;
      if (q < SMALL) {
        curve[k] += Math.log(q);
        continue;
      }
      const product = products[k] * q;
      if (product > PRODUCT_LOW && product < PRODUCT_HIGH) products[k] = product;
      else {
        curve[k] += Math.log(product);
        products[k] = 1;
      }
    }
  }
  for (let k = 0; k <= steps; k++) {
    // Squared distances: ln d = ln d^2 / 2. Without any pair 0 / 0 is NaN, as it should be.
    curve[k] = (curve[k] + Math.log(products[k])) / (2 * counts[k]);
  }
}
