import { longRunOptions } from '../core/options';
import { loadDataset } from '../data/loadDataset';
import { type StudyName, studySettings } from '../data/studySettings';
import { createNetwork } from '../network/createNetwork';
import { mean } from '../statistics/moments';
import type { ChoiceRival } from './choiceRecord';
import { type ChoiceComparison, choiceStudy } from './choiceStudy';
import { type ClaimDefinition, claim, countOf, number, points } from './claim';
import { legcnetFT } from './legcnet';
import { epochsOrLimit, type PairedStart, pairedStarts, publishedInits } from './pairedStarts';
import { savedChoices } from './savedChoices';
import { smallDatasets } from './smallDatasets';
import { studyProcedure } from './studyProcedure';
import { studyRecords } from './studyRecords';
import { table1 } from './tables';

const withMasks: readonly StudyName[] = [...smallDatasets, 'mnist'];

/** Claims 3 to 8: accuracy, epochs, operations, lottery tickets, the partial run, and the rivals. */
export const pruningClaims: readonly ClaimDefinition[] = [
  claim({
    item: 'Claim 3',
    says: 'Pruning the chosen weights keeps accuracy and F1, sometimes betters them.',
    rule: 'Holds if no FT network under a published mask loses more than a point of accuracy or F1, and under procedure sound no data set’s mean accuracy does; with limits if the mean over the networks loses less than a point; otherwise it does not hold.',
    notebook: '04-table-1',
    evidence: 'legcnet table 1 --init all',
    measure: async () => {
      const pairs = await pairedStarts('FT', withMasks);
      const sound = await table1({ procedure: 'sound', datasets: [...smallDatasets, 'vowel'] });
      const losses = sound.rows.map(({ cells }) => (cells.accFT.ours ?? 0) - (cells.accDense.ours ?? 0));
      return {
        kept: countOf(
          'networks that lose at most 1 point of accuracy',
          pairs,
          pair => accuracyOf(pair) >= -0.01,
        ),
        keptF1: countOf('networks that lose at most 1 point of F1', pairs, pair => f1Of(pair) >= -0.01),
        networks: number('networks', pairs.length),
        mean: points('mean change of accuracy', mean(pairs.map(accuracyOf))),
        sound: points('largest mean loss of a data set under sound', Math.min(...losses)),
      };
    },
    judge: values =>
      values.kept === values.networks && values.keptF1 === values.networks && values.sound >= -1
        ? 'holds'
        : values.mean > -1
          ? 'holds with limits'
          : 'does not hold',
    because: values =>
      values.sound >= -1
        ? 'Single networks lose more than a point.'
        : 'Few weights are removed; where a careful test removes more, accuracy falls.',
  }),
  claim({
    item: 'Claim 4',
    says: 'The pruned network needs fewer epochs on six of seven data sets, on Cancer, Titanic and Vowel about half.',
    rule: 'Mean number of epochs over the published initialisations: holds if it falls on six data sets, on three by 40 % or more; with limits if it falls on six; otherwise it does not hold. Vowel counts as one where it does not fall: no run reaches the benchmark.',
    notebook: '04-table-1',
    evidence: 'legcnet table 1 --init all',
    measure: async () => {
      const pairs = await pairedStarts('FT', withMasks);
      const shares = withMasks.map(dataset => {
        const own = pairs.filter(pair => pair.dataset === dataset);
        return totalEpochs(own, 'pruned') / totalEpochs(own, 'dense');
      });
      return {
        faster: countOf('networks that need fewer epochs', pairs, ({ pruned, dense }) =>
          isEarlier(pruned, dense),
        ),
        slower: countOf('networks that need more', pairs, ({ pruned, dense }) => isEarlier(dense, pruned)),
        falling: number('data sets whose mean falls', below(shares, 1), 'of 7'),
        halved: number('by 40 % or more', below(shares, 0.6), 'of 7'),
      };
    },
    judge: ({ halved, falling }) =>
      falling >= 6 && halved >= 3 ? 'holds' : falling >= 6 ? 'holds with limits' : 'does not hold',
    because: ({ faster, slower }) =>
      `The printed starts are favourable ones: over all starts ${faster} networks are faster and ${slower} slower.`,
  }),
  claim({
    item: 'Claim 5',
    says: 'Operations (FLOPs) fall on every data set.',
    rule: 'Holds if every pruned network has fewer weights and choosing them costs less than one dense run; with limits if at least 9 of 10 have fewer weights; otherwise it does not hold.',
    notebook: '04-table-1',
    evidence: 'legcnet table 1 --init all',
    measure: async longRun => {
      const pairs = await pairedStarts('FT', withMasks);
      const iris = await loadDataset('iris', { procedure: 'published' });
      const start = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
      const run = await legcnetFT(start, iris, {
        ...studyProcedure('iris', 'published').FT,
        controls: 'none',
        ...longRunOptions(longRun),
      });
      const [dense] = run.cost.stages;
      return {
        fewer: countOf('networks with fewer weights', pairs, ({ removed }) => removed > 0),
        networks: number('networks', pairs.length),
        search: number('search and second training, Iris', run.cost.flops / dense.flops - 1, 'dense runs'),
      };
    },
    judge: ({ fewer, networks, search }) =>
      fewer === networks && search < 1
        ? 'holds'
        : fewer >= 0.9 * networks
          ? 'holds with limits'
          : 'does not hold',
    because: ({ search }) =>
      search < 1
        ? 'Single networks lose no weight.'
        : 'True of a forward pass; finding the weights costs far more than it saves.',
  }),
  claim({
    item: 'Claim 6',
    says: 'Lottery ticket: the sparse network is at least as accurate as the dense one, at an earlier epoch, from the same initial weights.',
    rule: 'Holds if 19 of 20 networks under published masks are such tickets; with limits if more than half are; otherwise it does not hold.',
    notebook: '04-table-1',
    evidence: 'legcnet table 1 --init all',
    measure: async () => {
      const pairs = await pairedStarts('FT', withMasks);
      const printed = pairs.filter(({ dataset, init }) => studySettings[dataset].initialisation === init);
      return {
        tickets: countOf('winning tickets', pairs, isTicket),
        networks: number('networks', pairs.length),
        printed: countOf('among the printed starts', printed, isTicket),
      };
    },
    judge: ({ tickets, networks }) =>
      tickets >= 0.95 * networks ? 'holds' : tickets > networks / 2 ? 'holds with limits' : 'does not hold',
    because: () => 'Most pruned networks are less accurate, or not earlier.',
  }),
  claim({
    item: 'Claim 7',
    says: 'PT finds the weights from about 10 % of the iterates, and needs no further tuning to match the dense network.',
    rule: 'Holds if every PT network under a published mask reaches the benchmark and loses at most a point of accuracy; with limits if 9 of 10 do; otherwise it does not hold.',
    notebook: '05-table-2',
    evidence: 'legcnet table 2 --init all',
    measure: async () => {
      const pairs = await pairedStarts('PT', withMasks);
      const shares = pairs
        .filter(({ dataset, init }) => studySettings[dataset].initialisation === init)
        .map(({ dataset, dense }) => {
          const { partialEpochs } = studySettings[dataset];
          return partialEpochs / (dense.epochs ?? Number.NaN);
        });
      return {
        match: countOf(
          'networks that reach the benchmark and lose at most 1 point',
          pairs,
          pair => pair.pruned.epochs !== null && accuracyOf(pair) >= -0.01,
        ),
        networks: number('networks', pairs.length),
        unstopped: countOf('never reach the benchmark', pairs, ({ pruned }) => pruned.epochs === null),
        least: number('share of the dense run, least', 100 * Math.min(...shares), '%'),
        most: number('most', 100 * Math.max(...shares), '%'),
      };
    },
    judge: ({ match, networks }) =>
      match === networks ? 'holds' : match >= 0.9 * networks ? 'holds with limits' : 'does not hold',
    because: ({ unstopped }) =>
      unstopped === 0
        ? 'Single networks lose more than a point.'
        : `${unstopped} networks never reach the benchmark within the study’s limit of epochs.`,
  }),
  claim({
    item: 'Claim 8',
    says: 'LEGCNet is at par with random (40 %) and magnitude (25 %) pruning, sometimes better, while it removes fewer weights.',
    rule: 'FT against both rivals of Table 3, each with its own number of removed weights, mean macro F1 over the published initialisations: holds if on all six data sets it is at most a point below, and at equal numbers of removed weights it is better than chance more often than worse; with limits if it is at most a point below in more than half of the comparisons; otherwise it does not hold.',
    notebook: '06-table-3',
    evidence: 'legcnet choice --procedure published',
    measure: async () => {
      const differences: number[] = [];
      for (const name of withMasks) {
        const records = await studyRecords(name, 'published', 'published', publishedInits, {
          recompute: false,
        });
        for (const rival of ['random', 'magnitude'] as const) {
          differences.push(
            mean(records.map(({ arms }) => arms.FT[0].f1 - mean(arms[rival].map(({ f1 }) => f1)))),
          );
        }
      }
      const study = choiceStudy(savedChoices().filter(({ procedure }) => procedure === 'published'));
      const rows = study.rows.filter(({ compared }) => compared > 1);
      const against = (rival: ChoiceRival) =>
        rows.flatMap(({ comparisons }) => comparisons.filter(each => each.rival === rival));
      const isBetter = ({ accuracy }: ChoiceComparison): boolean => accuracy.low > 0;
      const isWorse = ({ accuracy }: ChoiceComparison): boolean => accuracy.high < 0;
      const [random, magnitude] = [against('random'), against('trained-magnitude')];
      return {
        atPar: countOf('comparisons at most 1 point below', differences, each => each >= -0.01),
        comparisons: number('comparisons', differences.length),
        better: countOf('equal numbers: better than random masks', random, isBetter),
        worse: countOf('equal numbers: worse than random masks', random, isWorse),
        betterMagnitude: countOf('equal numbers: better than trained magnitude', magnitude, isBetter),
        worseMagnitude: countOf('equal numbers: worse than trained magnitude', magnitude, isWorse),
      };
    },
    judge: ({ atPar, comparisons, better, worse }) =>
      atPar === comparisons && better > worse
        ? 'holds'
        : atPar > comparisons / 2
          ? 'holds with limits'
          : 'does not hold',
    because: ({ better, worse }) =>
      better > worse
        ? 'On single data sets it is more than a point below.'
        : 'It removes fewer weights than its rivals; at equal numbers it has no advantage over chance.',
  }),
];

function accuracyOf({ pruned, dense }: PairedStart): number {
  return pruned.accuracy - dense.accuracy;
}

function f1Of({ pruned, dense }: PairedStart): number {
  return pruned.f1 - dense.f1;
}

function isEarlier(one: PairedStart['dense'], other: PairedStart['dense']): boolean {
  return (one.epochs ?? Number.POSITIVE_INFINITY) < (other.epochs ?? Number.POSITIVE_INFINITY);
}

function isTicket(pair: PairedStart): boolean {
  return isEarlier(pair.pruned, pair.dense) && accuracyOf(pair) >= 0;
}

function totalEpochs(pairs: readonly PairedStart[], which: 'dense' | 'pruned'): number {
  return pairs.reduce((sum, pair) => sum + epochsOrLimit(pair[which], pair.dataset), 0);
}

function below(shares: readonly number[], limit: number): number {
  return shares.filter(share => share < limit).length;
}
