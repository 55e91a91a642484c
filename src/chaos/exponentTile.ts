import { createEstimator, type LyapunovOptions } from './lyapunov';
import { exponentStatuses } from './windowedExponents';

/** Windows of several weights and where their exponents go; between threads the arrays share their memory. */
export interface ExponentTile {
  readonly options: LyapunovOptions;
  /** Iterates per window. */
  readonly window: number;
  /** In: rows x window. */
  readonly series: Float64Array;
  /** Out: one exponent a row. */
  readonly values: Float64Array;
  /** Out: index into `exponentStatuses`, one a row. */
  readonly status: Uint8Array;
}

/** Estimates the exponents of a tile. Workers call it by its name. */
export function estimateTile({ options, window, series, values, status }: ExponentTile): void {
  const estimator = createEstimator(window, options);
  for (let row = 0; row < values.length; row++) {
    const fit = estimator.run(series, row * window);
    values[row] = fit.exponent;
    status[row] = exponentStatuses.indexOf(fit.status);
  }
}
