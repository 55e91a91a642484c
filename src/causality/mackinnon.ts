import { normalUpperTail } from '../statistics/tails';

/**
 * What the Dickey-Fuller regression holds besides the level and the lagged differences:
 * - `n`: nothing
 * - `c`: a constant
 * - `ct`: a constant and a linear trend
 * - `ctt`: a constant, a linear and a quadratic trend
 */
export type AdfRegression = 'n' | 'c' | 'ct' | 'ctt';

/** Values below which the statistic falls by chance in so many of a hundred series with a unit root. */
export interface MackinnonCriticalValues {
  /** At level 0.01. */
  readonly '1%': number;
  /** At level 0.05. */
  readonly '5%': number;
  /** At level 0.1. */
  readonly '10%': number;
}

/** One row of MacKinnon's tables for a single series; polynomials by ascending powers. */
interface Surface {
  /** The statistic above which p is 1, below which it is 0, and where the two polynomials meet. */
  readonly largest: number;
  readonly smallest: number;
  readonly meeting: number;
  /** The normal quantile of p as polynomial of the statistic, up to and beyond `meeting`. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Critical values at 1, 5 and 10 % as polynomials of 1 / observations. */
  readonly critical: readonly [readonly number[], readonly number[], readonly number[]];
}

const surfaces: Readonly<Record<AdfRegression, Surface>> = {
  n: {
    largest: Number.POSITIVE_INFINITY,
    smallest: -19.04,
    meeting: -1.04,
    left: [0.6344, 1.2378, 0.032496],
    right: [0.4797, 0.93557, -0.06999, 0.033066],
    critical: [
      [-2.56574, -2.2358, -3.627, 0],
      [-1.941, -0.2686, -3.365, 31.223],
      [-1.61682, 0.2656, -2.714, 25.364],
    ],
  },
  c: {
    largest: 2.74,
    smallest: -18.83,
    meeting: -1.61,
    left: [2.1659, 1.4412, 0.038269],
    right: [1.7339, 0.93202, -0.12745, -0.010368],
    critical: [
      [-3.43035, -6.5393, -16.786, -79.433],
      [-2.86154, -2.8903, -4.234, -40.04],
      [-2.56677, -1.5384, -2.809, 0],
    ],
  },
  ct: {
    largest: 0.7,
    smallest: -16.18,
    meeting: -2.89,
    left: [3.2512, 1.6047, 0.049588],
    right: [2.5261, 0.61654, -0.37956, -0.060285],
    critical: [
      [-3.95877, -9.0531, -28.428, -134.155],
      [-3.41049, -4.3904, -9.036, -45.374],
      [-3.12705, -2.5856, -3.925, -22.38],
    ],
  },
  ctt: {
    largest: 0.54,
    smallest: -17.17,
    meeting: -3.21,
    left: [4.0003, 1.658, 0.048288],
    right: [3.0778, 0.49529, -0.41477, -0.059359],
    critical: [
      [-4.37113, -11.5882, -35.819, -334.047],
      [-3.83239, -5.9057, -12.49, -118.284],
      [-3.55326, -3.6596, -5.293, -63.559],
    ],
  },
};

/**
 * Asymptotic probability of a Dickey-Fuller statistic as small if the series has a unit root: the normal distribution
 * function of MacKinnon's polynomial of the statistic. NaN for NaN.
 *
 * MacKinnon 1994, J. Business & Economic Statistics 12, 167-176.
 *
 * @example
 * import { mackinnonPValue } from 'legcnet';
 * mackinnonPValue(-2.86, 'c'); // 0.0502
 */
export function mackinnonPValue(statistic: number, regression: AdfRegression): number {
  const { largest, smallest, meeting, left, right } = surfaces[regression];
  if (statistic > largest || statistic === Number.POSITIVE_INFINITY) return 1;
  if (statistic < smallest) return 0;
  return normalUpperTail(-polynomial(statistic <= meeting ? left : right, statistic));
}

/**
 * Critical values of the Dickey-Fuller statistic for a number of observations; the asymptotic ones for infinity.
 *
 * MacKinnon 2010, Queen's Economics Department working paper 1227.
 *
 * @param observations rows of the regression
 * @example
 * import { mackinnonCriticalValues } from 'legcnet';
 * mackinnonCriticalValues(Number.POSITIVE_INFINITY, 'c')['5%']; // -2.8615
 */
export function mackinnonCriticalValues(
  observations: number,
  regression: AdfRegression,
): MackinnonCriticalValues {
  const [one, five, ten] = surfaces[regression].critical.map(powers => polynomial(powers, 1 / observations));
  return { '1%': one, '5%': five, '10%': ten };
}

/** Horner's rule, ascending powers. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
