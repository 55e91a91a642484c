const PRODUCT_LOW = 1e-150;
const PRODUCT_HIGH = 1e150;

/** Mean of ln|x| over the nonzero values of a stretch, and where they lie. */
export interface MeanLog {
  /** NaN without a nonzero value. */
  readonly mean: number;
  /** Mean index of the nonzero values, counted from the start of the stretch. */
  readonly centre: number;
  /** Number of nonzero values. */
  readonly points: number;
}

/** Mean of ln|series[from .. to - 1]|, zeros left out. Logarithms are taken of products, so a stretch costs few of them. */
export function meanLog(series: Float64Array, from: number, to: number): MeanLog {
  let points = 0;
  let indices = 0;
  let sum = 0;
  let product = 1;
  for (let t = from; t < to; t++) {
    const size = Math.abs(series[t]);
    if (size === 0) continue;
    points++;
    indices += t - from;
    const longer = product * size;
    if (longer > PRODUCT_LOW && longer < PRODUCT_HIGH) product = longer;
    else {
      sum += Math.log(product) + Math.log(size);
      product = 1;
    }
  }
  return { mean: (sum + Math.log(product)) / points, centre: indices / points, points };
}
