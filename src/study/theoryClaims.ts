import type { LongRunOptions } from '../core/longRun';
import { longRunOptions } from '../core/options';
import type { Procedure } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import { lipschitzConstant } from '../network/lipschitzConstant';
import { type ClaimDefinition, claim, countOf, number } from './claim';
import { figureRun } from './figureRun';
import type { LegcnetRun } from './legcnet';
import { savedTheorem } from './savedTheorem';
import type { TheoremFit } from './theoremFits';

/** Rules that choose the weights of claim 13. */
const rules = ['random', 'magnitude', 'legcnet'];

/** The theory, and the drawings of network and method. */
export const theoryClaims: readonly ClaimDefinition[] = [
  claim({
    item: 'Claim 12',
    says: 'The sigmoid is Lipschitz.',
    rule: 'Holds if no difference quotient of random pairs exceeds the largest slope, and that is at most the bound of the paper’s proof, 1.',
    notebook: '11-theory',
    evidence: 'legcnet claims --only 12',
    measure: async () => {
      const { largestSlope, largestQuotient, pairs } = lipschitzConstant('sigmoid');
      return {
        slope: number('best constant, the largest slope', largestSlope),
        steepest: number(`steepest of ${pairs} random pairs`, largestQuotient),
        bound: number('the paper’s bound', 1),
      };
    },
    judge: ({ slope, steepest, bound }) => (steepest <= slope && slope <= bound ? 'holds' : 'does not hold'),
    because: ({ slope, bound }) =>
      `The proof’s product of two bounds gives ${bound}; the best constant is ${slope}, at x = 0.`,
  }),
  claim({
    item: 'Claim 13',
    says: 'Theorem 0.1: a wide enough pruned network is within epsilon of the dense one, with probability 1 - delta.',
    rule: 'Holds if the error of sigmoid networks falls with their width (the 95 % interval of the slope of ln error against ln width lies below 0) under random, magnitude and LEGCNet masks of 40 %; with limits if it does so only where the removed share falls with the width; otherwise it does not hold.',
    notebook: '11-theory',
    evidence: 'legcnet theorem',
    measure: async () => {
      const [share, vanishing] = ['sigmoid, 40 % removed', 'sigmoid, h^-1/2 removed'].map(fitsOf);
      return {
        fixed: countOf('rules whose error falls with the width, 40 % removed', share, falls),
        vanishing: countOf('rules whose error falls, a share h^-1/2 removed', vanishing, falls),
        rules: number('rules', rules.length),
        random: number('slope of random masks, 40 % removed', slopeOf(share, 'random')),
        legcnet: number('slope of LEGCNet, as many removed', slopeOf(share, 'legcnet')),
      };
    },
    judge: numbers => {
      if (numbers.fixed === numbers.rules) return 'holds';
      return numbers.vanishing === numbers.rules ? 'holds with limits' : 'does not hold';
    },
    because: ({ fixed, rules: all }) =>
      fixed === all
        ? 'Wider networks lose less under every rule.'
        : 'The theorem leaves open how many weights go: it fails for a fixed share of sigmoid networks, the study’s case.',
  }),
  claim({
    item: 'Figure 1',
    says: 'A dense network: inputs, hidden layers, outputs, mask.',
    rule: 'Holds if a run gives a mask to draw that removes some weights and keeps some.',
    notebook: '11-theory',
    evidence: 'legcnet figure 1',
    measure: async longRun => {
      const { mask } = (await drawn('sound', 'FT', longRun)).search;
      return {
        removed: number('weights removed', mask.removed),
        weights: number('weights', mask.kept.length),
      };
    },
    judge: ({ removed, weights }) => (removed > 0 && removed < weights ? 'holds' : 'does not hold'),
    because: () => 'Drawn from a run on Iris.',
  }),
  claim({
    item: 'Figure 2',
    says: 'The method: train and record, perturb, difference, windows, exponents, tests, prune.',
    rule: 'Holds if a run by the text and a run by the study’s code both go through every box; with limits if one does; otherwise it does not hold.',
    notebook: '12-method',
    evidence: 'legcnet figure 2',
    measure: async longRun => {
      const runs = [await drawn('described', 'FT', longRun), await drawn('published', 'FT', longRun)];
      const isPerturbed = ({ search }: LegcnetRun): boolean => search.settings.perturbation !== null;
      return { whole: countOf('runs with a perturbed twin', runs, isPerturbed) };
    },
    judge: ({ whole }) => (whole === 2 ? 'holds' : whole === 1 ? 'holds with limits' : 'does not hold'),
    because: ({ whole }) =>
      whole === 2
        ? 'Text and code do the same.'
        : 'The study’s code makes no perturbed run: it measures the weights themselves.',
  }),
  flowClaim('Figure 3', 'FT'),
  flowClaim('Figure 4', 'PT'),
];

/** The flowchart of a variant, taken at its word and as a careful analyst would walk it. */
function flowClaim(item: string, variant: LegcnetVariant): ClaimDefinition {
  return claim({
    item,
    says: `The flow of LEGCNet-${variant}, from dense to pruned network.`,
    rule: 'Holds if the flow as the text describes it ends, on Iris, in a network that meets the benchmark; with limits if only a careful reading of it (sound) does; otherwise it does not hold.',
    notebook: '12-method',
    evidence: `legcnet figure ${variant === 'FT' ? 3 : 4}`,
    measure: async longRun => {
      const described = await drawn('described', variant, longRun);
      const sound = await drawn('sound', variant, longRun);
      return {
        described: countOf('networks that meet the benchmark, by the text', [described], isTrained),
        sound: countOf('networks that meet it, sound', [sound], isTrained),
        removed: number('weights removed by the text', described.search.mask.removed, 'of 42'),
        removedSound: number('weights removed, sound', sound.search.mask.removed, 'of 42'),
      };
    },
    judge: ({ described, sound }) =>
      described === 1 ? 'holds' : sound === 1 ? 'holds with limits' : 'does not hold',
    because: ({ described, removed }) =>
      described === 1
        ? 'The text’s own choices leave a network that learns.'
        : `By the text’s own choices ${removed} of 42 weights go and the rest never meets the benchmark.`,
  });
}

function isTrained({ sparse }: LegcnetRun): boolean {
  return sparse.stopped;
}

/** The run that Figures 1 to 4 draw, without controls, which they do not show. */
function drawn(procedure: Procedure, variant: LegcnetVariant, longRun: LongRunOptions): Promise<LegcnetRun> {
  return figureRun({ procedure, variant, ...longRunOptions(longRun) });
}

function fitsOf(name: string): readonly TheoremFit[] {
  const found = savedTheorem().find(each => each.name === name);
  return found?.simulation.fits.filter(({ rule }) => rules.includes(rule)) ?? [];
}

function falls({ epsilon }: TheoremFit): boolean {
  return epsilon.high < 0;
}

function slopeOf(fits: readonly TheoremFit[], rule: string): number {
  return fits.find(fit => fit.rule === rule)?.epsilon.estimate ?? Number.NaN;
}
