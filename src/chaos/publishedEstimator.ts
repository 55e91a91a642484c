import { roundDecimals } from '../kernels/roundDecimals';
import { changePoints } from './changePoints';
import { createDivergence } from './divergence';
import { type ExponentFit, noExponent, type WindowEstimator } from './windowEstimator';

/** Values reached the study's programs as text with this many decimals, and exponents left them so. */
const DECIMALS = 6;
/** Windows with a smaller range got the exponent 0. */
const SMALLEST_RANGE = 1e-5;
/** `lyap_r -m2 -r20 -d1 -s3` */
const EMBEDDING = { dimension: 2, delay: 1, theiler: 0, steps: 3, references: 'tisean' } as const;
const RADIUS = 20;

/**
 * The exponent as the study's code made it (not its text): window values rounded to 6 decimals; 0 where their range is
 * below 1e-5 (status `constant`) or `changePoints` finds a change of mean (status `degenerate`); else S(1) - S(0) of
 * TISEAN `lyap_r -m2 -r20 -d1 -s3`, from S as TISEAN prints it (7 significant digits), rounded to 6 decimals. Where
 * TISEAN has no S or would not end, NaN with status `degenerate`. Vanishing pairs are not looked at: the study did not.
 */
export function createPublishedEstimator(length: number): WindowEstimator {
  const rounded = new Float64Array(length);
  const divergence = createDivergence(length, EMBEDDING, RADIUS);
  const { curve } = divergence;
  const description = 'published chain: TISEAN lyap_r -m2 -r20 -d1 -s3, S(1) - S(0)';
  return { description, curve, run };

  function run(series: Float64Array, offset: number): ExponentFit {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < length; t++) {
      rounded[t] = roundDecimals(series[offset + t], DECIMALS);
      min = Math.min(min, rounded[t]);
      max = Math.max(max, rounded[t]);
    }
    const status = divergence.run(rounded, 0);
    if (status === 'non-finite' || status === 'too-short') return noExponent(status);
    if (max - min < SMALLEST_RANGE) return { ...noExponent('constant'), exponent: 0 };
    if (changePoints(rounded).length > 0) return { ...noExponent('degenerate'), exponent: 0 };
    const exponent = roundDecimals(asPrinted(curve[1]) - asPrinted(curve[0]), DECIMALS);
    if (status !== 'ok' || Number.isNaN(exponent)) return noExponent('degenerate');
    return { status, exponent, intercept: curve[0], points: 2, fitFrom: 0, fitTo: 1 };
  }
}

/** C's `%e`. */
function asPrinted(value: number): number {
  return Number(value.toExponential(6));
}
