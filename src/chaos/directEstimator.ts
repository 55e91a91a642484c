import { lineFit } from '../kernels/lineFit';
import { meanLog } from '../kernels/meanLog';
import { type ExponentFit, noExponent, type WindowEstimator } from './windowEstimator';

/**
 * How eq. (5) of the paper is read. With independent noise on ln|delta| the variances over n iterates are as
 * 1 : 1.13 : n / 6 for the first three:
 * - `least-squares`: slope of ln|delta_t| over t, zeros left out, at least 3 points
 * - `thirds`: mean of ln|delta_t| over the last third minus that over the first, divided by the time between their centres,
 *   zeros left out; nearly as good, and it needs few logarithms
 * - `endpoint`: ln(|delta_last| / |delta_first|) / (n - 1), both ends nonzero
 * - `paper`: eq. (5) as printed, ln(|delta_last| / |delta_first|) / n
 */
export type DirectForm = 'least-squares' | 'thirds' | 'endpoint' | 'paper';

/** All forms, in the order of their documentation. */
export const directForms: readonly DirectForm[] = ['least-squares', 'thirds', 'endpoint', 'paper'];

/** Growth rate of a difference series; see `lyapunov`. */
export function createDirectEstimator(length: number, form: DirectForm): WindowEstimator {
  const logs = new Float64Array(length);
  const sizes = new Float64Array(length);
  let logsDue = false;
  return {
    description: `direct (eq. 5), ${words[form]}`,
    get curve() {
      if (logsDue) takeLogs();
      return logs;
    },
    run(series, offset) {
      let nonzero = 0;
      let finite = true;
      for (let t = 0; t < length; t++) {
        const size = Math.abs(series[offset + t]);
        if (size > 0) nonzero++;
        if (!(size < Number.POSITIVE_INFINITY)) finite = false;
        sizes[t] = size;
      }
      logsDue = true;
      if (!finite) {
        sizes.fill(0);
        return noExponent('non-finite');
      }
      if (length < 3) return noExponent('too-short');
      if (nonzero === 0) return noExponent('constant');
      if (form === 'thirds') return thirds(sizes);
      if (form === 'endpoint' || form === 'paper') return endpoints(sizes, form);
      if (nonzero < 3) return noExponent('degenerate');
      takeLogs();
      const { slope, intercept, points } = lineFit(logs, 0, length - 1);
      return { status: 'ok', exponent: slope, intercept, points, fitFrom: 0, fitTo: length - 1 };
    },
  };

  function takeLogs(): void {
    for (let t = 0; t < length; t++) logs[t] = sizes[t] > 0 ? Math.log(sizes[t]) : Number.NaN;
    logsDue = false;
  }
}

const words: Record<DirectForm, string> = {
  'least-squares': 'least squares slope',
  thirds: 'last third against first',
  endpoint: 'endpoint form',
  paper: 'endpoint form divided by n, as printed',
};

function endpoints(sizes: Float64Array, form: 'endpoint' | 'paper'): ExponentFit {
  const last = sizes.length - 1;
  if (sizes[0] === 0 || sizes[last] === 0) return noExponent('degenerate');
  const intercept = Math.log(sizes[0]);
  const growth = Math.log(sizes[last]) - intercept;
  const exponent = growth / (form === 'paper' ? sizes.length : last);
  return { status: 'ok', exponent, intercept, points: 2, fitFrom: 0, fitTo: last };
}

function thirds(sizes: Float64Array): ExponentFit {
  const n = sizes.length;
  const third = Math.floor(n / 3);
  const first = meanLog(sizes, 0, third);
  const last = meanLog(sizes, n - third, n);
  if (first.points === 0 || last.points === 0) return noExponent('degenerate');
  const exponent = (last.mean - first.mean) / (n - third + last.centre - first.centre);
  const intercept = first.mean - exponent * first.centre;
  return { status: 'ok', exponent, intercept, points: first.points + last.points, fitFrom: 0, fitTo: n - 1 };
}
