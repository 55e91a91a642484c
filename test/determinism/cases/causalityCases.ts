import {
  compressionCausality,
  crossMap,
  crossMapScan,
  grangerScan,
  normal,
  randomStream,
  testSize,
  transferEntropy,
  transferEntropyScan,
} from '../../../src/index';
import { type Cases, seeded, threads, unseeded } from '../case';
import { given } from '../given';

const noise = normal(randomStream(1, 'cause and effect'));
const cause = Float64Array.from({ length: 120 }, noise);
const effect = cause.map((_, t) => (t === 0 ? 0 : cause[t - 1]) + noise());

export const causalityCases: Cases = {
  grangerScan: [
    unseeded<{ readonly workers: number }>(
      async change => {
        const { exponents, target } = await given();
        return grangerScan(exponents, target, { maxLag: 3, lagRule: 'aic', ...change });
      },
      { changes: threads, title: 'F, lag by AIC' },
    ),
    unseeded<{ readonly workers: number }>(
      async change => {
        const { exponents, target } = await given();
        return grangerScan(exponents, target, { preset: 'published', ...change });
      },
      { changes: threads, title: 'as published' },
    ),
  ],
  testSize: seeded(seed => testSize([12, 30], { seed, pairs: 200 })),
  transferEntropy: seeded(seed =>
    transferEntropy(cause, effect, { estimator: 'ksg', permutations: 19, seed }),
  ),
  transferEntropyScan: seeded(async seed => {
    const { exponents, target } = await given();
    return transferEntropyScan(exponents, target, { estimator: 'ksg', permutations: 9, seed });
  }),
  compressionCausality: seeded(seed =>
    compressionCausality(cause, effect, { past: 30, now: 10, step: 10, surrogates: 19, seed }),
  ),
  crossMap: seeded(seed => crossMap(cause, effect, { surrogates: 19, libraries: [20, 60], draws: 5, seed })),
  crossMapScan: seeded(async seed => {
    const { exponents, target } = await given();
    return crossMapScan(exponents, target, { surrogates: 9, libraries: [12, 20], draws: 3, seed });
  }),
};
