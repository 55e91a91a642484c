import { lineFit } from '../kernels/lineFit';
import { createDivergence, type Embedding, pairsSurvive } from './divergence';
import { type ExponentFit, noExponent, type WindowEstimator } from './windowEstimator';

/** Slope of the divergence curve S(k) over k = fit[0]..fit[1]; see `lyapunov`. */
export function createRosensteinEstimator(
  length: number,
  embedding: Embedding,
  fit: readonly [number, number],
): WindowEstimator {
  const [fitFrom, fitTo] = fit;
  const { dimension, delay, theiler, steps, references } = embedding;
  const divergence = createDivergence(length, embedding);
  const { curve } = divergence;
  const every = references === 'all-references' ? ', all references' : '';
  const description =
    `Rosenstein, dimension ${dimension}, delay ${delay}, Theiler ${theiler}, ` +
    `${steps} steps, slope over k = ${fitFrom}..${fitTo}${every}`;
  return { description, curve, fitFrom, fitTo, run };

  function run(series: Float64Array, offset: number): ExponentFit {
    const status = divergence.run(series, offset);
    if (status !== 'ok') return noExponent(status);
    if (!pairsSurvive(divergence, fitFrom, fitTo)) return noExponent('degenerate');
    const { slope, intercept, points } = lineFit(curve, fitFrom, fitTo);
    return { status, exponent: slope, intercept, points };
  }
}
