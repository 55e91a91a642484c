const PRODUCT_LOW = 1e-200;
const PRODUCT_HIGH = 1e200;
/** Below this a squared distance gets its own logarithm. */
const SMALL = 1e-100;

/**
 * Mean of ln |v(i) - v(j)| over all pairs of delay vectors more than `theiler` iterates apart, zero distances left out: the
 * level at which a divergence curve saturates. NaN without such a pair.
 *
 * @param y series rescaled to [0, 1]; v(i) = (y[i], y[i + delay], …), `dimension` entries, i < vectors
 */
export function meanLogDistance(
  y: Float64Array,
  vectors: number,
  dimension: number,
  delay: number,
  theiler: number,
): number {
  const span = (dimension - 1) * delay;
  let pairs = 0;
  let sum = 0;
  let product = 1;
  for (let i = 0; i < vectors; i++) {
    for (let j = i + theiler + 1; j < vectors; j++) {
      let q = 0;
      for (let c = 0; c <= span; c += delay) q += (y[j + c] - y[i + c]) * (y[j + c] - y[i + c]);
      if (q === 0) continue;
      pairs++;
      if (q < SMALL) {
        sum += Math.log(q);
        continue;
      }
      const longer = product * q;
      if (longer > PRODUCT_LOW && longer < PRODUCT_HIGH) product = longer;
      else {
        sum += Math.log(longer);
        product = 1;
      }
    }
  }
  // Squared distances: ln d = ln d^2 / 2.
  return (sum + Math.log(product)) / (2 * pairs);
}
