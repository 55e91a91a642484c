import { lineFit } from '../kernels/lineFit';
import { type Divergence, type Embedding, pairsSurvive, vectorCount } from './divergence';
import { createGrowthRange, type FitRange } from './growthRange';
import { noExponent, type WindowEstimator } from './windowEstimator';

/** Slope of a divergence curve over its fit range; the curve is Rosenstein's or Kantz's. */
export function createCurveEstimator(
  name: string,
  length: number,
  embedding: Embedding,
  divergence: Divergence,
  fit: FitRange,
): WindowEstimator {
  const { curve } = divergence;
  const fitFrom = fit === 'auto' ? 1 : fit[0];
  const endOf =
    fit === 'auto'
      ? createGrowthRange(length, Math.max(0, vectorCount(length, embedding)), embedding)
      : () => fit[1];
  return {
    description: describe(name, embedding, fit),
    curve,
    run(series, offset) {
      const status = divergence.run(series, offset);
      if (status !== 'ok') return noExponent(status);
      const fitTo = endOf(series, offset, curve);
      if (!pairsSurvive(divergence, fitFrom, fitTo)) return noExponent('degenerate');
      const { slope, intercept, points } = lineFit(curve, fitFrom, fitTo);
      return { status, exponent: slope, intercept, points, fitFrom, fitTo };
    },
  };
}

function describe(name: string, embedding: Embedding, fit: FitRange): string {
  const { dimension, delay, theiler, steps } = embedding;
  const range = fit === 'auto' ? 'slope over the free rise' : `slope over k = ${fit[0]}..${fit[1]}`;
  return `${name}, dimension ${dimension}, delay ${delay}, Theiler ${theiler}, ${steps} steps, ${range}`;
}
