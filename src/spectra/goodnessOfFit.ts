import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireKind, requireWhole } from '../core/require';
import { result } from '../core/result';
import { quantileOf } from '../statistics/quantile';
import { type Random, randomStream } from '../statistics/random';
import { LEAST_TAIL, type PowerLawFit } from './fitPowerLaw';
import { scanPowerLaw } from './powerLawScan';

/** How many samples `goodnessOfFit` draws, and from which seed. */
export interface GoodnessOfFitOptions extends LongRunOptions {
  /** Seed of the draws. */
  readonly seed: number | string;
  /** Samples of the fitted law. Default 1000. */
  readonly draws?: number;
}

const optionNames: OptionNames<GoodnessOfFitOptions> = { ...longRunOptionNames, seed: true, draws: true };

/** A power law among samples of itself. */
export interface GoodnessOfFit {
  readonly kind: 'goodness-of-fit';
  /** `failed` where the fit is; then the numbers are NaN. */
  readonly status: 'ok' | 'failed';
  /** Samples drawn from the law. */
  readonly draws: number;
  /** Seed of the draws. */
  readonly seed: number | string;
  /** Exponent of the law. */
  readonly alpha: number;
  /** Values in its tail. */
  readonly tail: number;
  /** Share of the values that lie in the tail. */
  readonly share: number;
  /** Kolmogorov-Smirnov distance of values and law. */
  readonly distance: number;
  /** (1 + samples at least as far from their own fit) / (1 + draws). */
  readonly pValue: number;
  /**
   * `rejected` below p = 0.1, Clauset's level; `plausible` above, which is not proof: see `comparePowerLaw`; `none` with fewer
   * than 25 values in the tail, where hardly any law can be rejected.
   */
  readonly verdict: 'plausible' | 'rejected' | 'none';
  /** 2.5 % quantile of the exponents that samples of this law get, xmin chosen anew: bias and spread of alpha. */
  readonly alphaLow: number;
  /** Median exponent of such samples. */
  readonly alphaMedian: number;
  /** 97.5 % quantile of their exponents. */
  readonly alphaHigh: number;
}

/**
 * Could the values have come from the fitted law? Semi-parametric bootstrap: samples of the same size draw from the law with
 * the tail's share and else from the values below xmin, each is fitted from scratch, and the distances are compared.
 *
 * Clauset, Shalizi & Newman 2009, SIAM Review 51, 661, section 4.1.
 *
 * @throws TypeError for anything but a power law fit, RangeError for an option out of range, the signal's reason when aborted
 * @example
 * import { createNetwork, goodnessOfFit, layerSpectrum } from 'legcnet';
 * const network = createNetwork({ layers: [784, 50, 30, 10], seed: 1 });
 * const { pValue } = await goodnessOfFit(layerSpectrum(network, 1).powerLaw, { draws: 200, seed: 1 });
 * pValue; // 0.00995
 */
export async function goodnessOfFit(fit: PowerLawFit, options: GoodnessOfFitOptions): Promise<GoodnessOfFit> {
  const task = 'test a power law';
  requireKind(fit, 'power-law-fit', task);
  checkOptions(options, optionNames, task);
  const { seed, draws = 1000 } = options;
  requireWhole(draws, 1, 'draws', task);
  const { status, alpha, tail, count, distance } = fit;
  const isOk = status === 'ok';
  const random = randomStream(seed, 'samples of a power law');
  const run = new LongRun(options);
  const progress = (done: number) => ({ task: 'Goodness of fit', done, total: draws, unit: 'samples' });
  const alphas: number[] = [];
  let far = 0;
  for (let d = 0; isOk && d < draws; d++) {
    const { best, distances, alphas: found } = scanPowerLaw(sampleOf(fit, random));
    // A sample without a fit is as far as can be.
    if (best < 0 || distances[best] >= distance) far++;
    if (best >= 0) alphas.push(found[best]);
    if (run.isDue) await run.pause(progress(d));
  }
  run.finish(progress(draws));
  alphas.sort((a, b) => a - b);
  const pValue = isOk ? (1 + far) / (1 + draws) : Number.NaN;
  return result({
    kind: 'goodness-of-fit',
    status,
    draws: isOk ? draws : 0,
    seed,
    alpha,
    tail,
    share: tail / count,
    distance,
    pValue,
    verdict: tail < LEAST_TAIL ? 'none' : pValue < 0.1 ? 'rejected' : 'plausible',
    alphaLow: quantileOf(alphas, 0.025),
    alphaMedian: quantileOf(alphas, 0.5),
    alphaHigh: quantileOf(alphas, 0.975),
  });
}

function sampleOf({ values, tail, count, xmin, alpha }: PowerLawFit, random: Random): Float64Array {
  const body = count - tail;
  const sample = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const isTail = random() * count >= body;
    const value = isTail ? xmin * (1 - random()) ** (-1 / (alpha - 1)) : values[Math.floor(random() * body)];
    // A law of alpha near 1 exceeds all numbers now and then.
    sample[i] = Math.min(value, Number.MAX_VALUE);
  }
  return sample.sort();
}
