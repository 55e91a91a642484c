import { lineFit } from '../kernels/lineFit';
import { type ExponentFit, noExponent, type WindowEstimator } from './windowEstimator';

/**
 * How eq. (5) of the paper is read:
 * - `least-squares`: slope of ln|delta_t| over t, zeros left out, at least 3 points
 * - `endpoint`: ln(|delta_last| / |delta_first|) / (length - 1), both ends nonzero; the paper divides by length
 */
export type DirectForm = 'least-squares' | 'endpoint';

/** Growth rate of a difference series; see `lyapunov`. */
export function createDirectEstimator(length: number, form: DirectForm): WindowEstimator {
  const curve = new Float64Array(length);
  const fitTo = length - 1;
  const words = form === 'endpoint' ? 'endpoint form' : 'least squares slope';
  return { description: `direct (eq. 5), ${words}`, curve, fitFrom: 0, fitTo, run };

  function run(series: Float64Array, offset: number): ExponentFit {
    let nonzero = 0;
    let finite = true;
    for (let t = 0; t < length; t++) {
      const size = Math.abs(series[offset + t]);
      if (size > 0) nonzero++;
      if (!(size < Number.POSITIVE_INFINITY)) finite = false;
      curve[t] = size > 0 ? Math.log(size) : Number.NaN;
    }
    if (!finite) {
      curve.fill(Number.NaN);
      return noExponent('non-finite');
    }
    if (length < 3) return noExponent('too-short');
    if (nonzero === 0) return noExponent('constant');
    if (form === 'endpoint') {
      const exponent = (curve[fitTo] - curve[0]) / (length - 1);
      if (Number.isNaN(exponent)) return noExponent('degenerate');
      return { status: 'ok', exponent, intercept: curve[0], points: 2 };
    }
    if (nonzero < 3) return noExponent('degenerate');
    const { slope, intercept, points } = lineFit(curve, 0, fitTo);
    return { status: 'ok', exponent: slope, intercept, points };
  }
}
