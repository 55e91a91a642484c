import { meanLogDistance } from '../kernels/meanLogDistance';
import { rescaleToUnit } from '../kernels/unitRange';
import type { Embedding } from './divergence';

/**
 * Points of a divergence curve that are fitted: k = fit[0]..fit[1], or with `auto` k = 1..K for as long as the pairs part
 * freely (`GrowthRange`). `auto` suits periodic, drifting and decaying series; a fixed range gives exponents that differ
 * less from window to window.
 */
export type FitRange = readonly [number, number] | 'auto';

/** Steps that pairs are followed under `auto` unless told otherwise. */
export const AUTO_STEPS = 40;
/** K is at least this, so that a line has something to be fitted to. */
export const LEAST_END = 3;
/** Share of the way from S(0) to saturation that counts as free. */
const FREE_SHARE = 0.6;

/**
 * K, the last k before S(k) exceeds S(0) + 0.6 (saturation - S(0)), where saturation is the mean logarithmic distance of
 * all pairs of vectors in the window; at least 3.
 */
export type GrowthRange = (series: Float64Array, offset: number, curve: Float64Array) => number;

export function createGrowthRange(length: number, vectors: number, embedding: Embedding): GrowthRange {
  const { dimension, delay, theiler } = embedding;
  const y = new Float64Array(length);
  return (series, offset, curve) => {
    rescaleToUnit(series, offset, y);
    const saturation = meanLogDistance(y, vectors, dimension, delay, theiler);
    const limit = curve[0] + FREE_SHARE * (saturation - curve[0]);
    let last = 0;
    while (last + 1 < curve.length && !(curve[last + 1] > limit)) last++;
    return Math.max(last, LEAST_END);
  };
}
