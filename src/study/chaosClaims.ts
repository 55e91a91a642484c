import { transferEntropyScan } from '../causality/transferEntropyScan';
import { lyapunov } from '../chaos/lyapunov';
import { windowedLyapunov } from '../chaos/windowedLyapunov';
import { longRunOptions } from '../core/options';
import { loadDataset } from '../data/loadDataset';
import { createNetwork } from '../network/createNetwork';
import { misclassification } from '../network/misclassification';
import type { Network } from '../network/network';
import { recordTraining } from '../network/recordTraining';
import { recordTwin } from '../network/recordTwin';
import { normal, randomStream } from '../statistics/random';
import { type ClaimDefinition, claim, number } from './claim';
import { savedMaskChoices } from './maskChoices';

/** The study's network for irises from a seed of ours, and how notebook 02 trains it. */
function irisNetwork(): Network {
  return createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
}

const training = {
  epochs: 167,
  batch: 1,
  learningRate: 0.05,
  loss: 'squared-error',
  shuffle: 'never',
  accuracyRule: 'all-outputs',
} as const;

const WINDOW = 200;
const NOISE_SERIES = 400;

/** Claims 1, 2 and 14: chaos, causes, and what the paper leaves to later work. */
export const chaosClaims: readonly ClaimDefinition[] = [
  claim({
    item: 'Claim 1',
    says: 'Exponents of recorded weights are positive throughout, so backpropagation is weakly chaotic and depends sensitively on the initial weights.',
    rule: 'Holds if the slope of ln |δ| (eq. 5) is positive in every window; with limits if it is not, but the study’s estimator is at least 5 points more often positive on training than on white noise; otherwise it does not hold.',
    notebook: '02-is-gradient-descent-chaotic',
    evidence: 'legcnet notebook is-gradient-descent-chaotic',
    measure: async longRun => {
      const iris = await loadDataset('iris', { procedure: 'published' });
      const options = { ...training, ...longRunOptions(longRun) };
      const recording = await recordTraining(irisNetwork(), iris, options);
      const estimator = { estimator: 'rosenstein', preset: 'published' } as const;
      const study = await windowedLyapunov(recording, { ...estimator, window: WINDOW });
      const perturbation = { weight: 0, delta: 1e-6 };
      const twin = await recordTwin(irisNetwork(), iris, { ...options, perturbation });
      const direct = await windowedLyapunov(twin, { window: WINDOW });
      const draw = normal(randomStream(1, 'noise'), 0, 0.01);
      const noise = Array.from(
        { length: NOISE_SERIES },
        () => lyapunov(Float64Array.from({ length: WINDOW }, draw), estimator).exponent,
      );
      const { logNorm } = twin;
      const half = logNorm.length >> 1;
      return {
        study: number('windows above zero, the study’s estimator', percentAboveZero(study.values), '%'),
        noise: number('the same on white noise', percentAboveZero(noise), '%'),
        direct: number('windows above zero, slope of ln |δ|', percentAboveZero(direct.values), '%'),
        growth: number(
          'growth of ln |δ| over the second half of the run',
          (logNorm[logNorm.length - 1] - logNorm[half]) / (logNorm.length - 1 - half),
          'per update',
        ),
      };
    },
    judge: ({ study, noise, direct }) =>
      direct === 100 ? 'holds' : study >= noise + 5 ? 'holds with limits' : 'does not hold',
    because: ({ study, noise }) =>
      study >= noise + 5
        ? 'Training is above noise.'
        : 'The sign of the study’s estimator says nothing: white noise is as often positive.',
  }),
  claim({
    item: 'Claim 2',
    says: 'Some weights’ exponents Granger-cause misclassification and others’ do not, which gives a natural threshold for pruning.',
    rule: 'Holds if some weights go and some stay and the number removed changes by less than a factor of 2 between ways of testing that the text leaves open; with limits if only the first is so; otherwise it does not hold.',
    notebook: '03-from-exponents-to-causes',
    evidence: 'legcnet masks',
    measure: async () => {
      const counts = savedMaskChoices().rows.filter(({ variant }) => variant === 'FT');
      const removed = counts.map(({ total }) => total.recomputed);
      const all = removed.reduce((most, count) => Math.max(most, count), 0);
      const fewest = removed.reduce((least, count) => Math.min(least, count), all);
      const weights = `of ${WEIGHTS_OF_25}`;
      return {
        printed: number('weights that FT removes, as published', removed[0], weights),
        fewest: number(`fewest under ${removed.length} ways of testing`, fewest, weights),
        most: number('most', all, weights),
      };
    },
    judge: ({ printed, fewest, most }) =>
      printed === 0 || printed === WEIGHTS_OF_25
        ? 'does not hold'
        : most < 2 * fewest
          ? 'holds'
          : 'holds with limits',
    because: ({ fewest, most }) =>
      `There are weights of both kinds, but the test sets the number: most and fewest differ by a factor of ${(most / fewest).toFixed(1)}.`,
  }),
  claim({
    item: 'Claim 14',
    says: 'Later work: transfer entropy, compression-complexity causality, large architectures, language models, carbon.',
    rule: 'A plan, not a claim: not testable. The number says what one of its items, transfer entropy, finds on one run.',
    notebook: '03-from-exponents-to-causes',
    evidence: 'legcnet notebook from-exponents-to-causes',
    measure: async longRun => {
      const iris = await loadDataset('iris', { procedure: 'published' });
      const options = { ...training, ...longRunOptions(longRun) };
      const recording = await recordTraining(irisNetwork(), iris, options);
      const twin = await recordTwin(irisNetwork(), iris, options);
      const exponents = await windowedLyapunov(twin, { window: WINDOW });
      const errors = await misclassification(recording, iris.test, exponents.ends);
      const scan = await transferEntropyScan(exponents, errors);
      const found = scan.pValue.filter(p => p < 0.05).length;
      return {
        causes: number('weights with transfer entropy to the errors, p < 0.05', found, `of ${scan.weights}`),
      };
    },
    judge: () => 'not testable',
    because: () =>
      'Transfer entropy, compression-complexity causality and carbon can be tried here; none is in the paper.',
  }),
];

/** Of the five networks with published masks, five initialisations each. */
const WEIGHTS_OF_25 = 5 * (60 + 56 + 40 + 42 + 36);

function percentAboveZero(values: ArrayLike<number>): number {
  const known = Array.from(values).filter(Number.isFinite);
  return (100 * known.filter(value => value > 0).length) / known.length;
}
