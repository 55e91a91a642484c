import { longRunOptions } from '../core/options';
import { importance } from '../explanation/importance';
import { marchenkoPastur } from '../spectra/marchenkoPastur';
import { type ClaimDefinition, claim, countOf, number } from './claim';
import { type RecordedLayer, savedLayers } from './savedLayers';
import { type BarNetwork, barNetwork, explainAsPublished } from './shapBars';
import type { SmallDataset } from './smallDatasets';
import { savedTable4 } from './table4';

/** Claims 9 to 11: explanations, alpha and the correlation trap. */
export const diagnosisClaims: readonly ClaimDefinition[] = [
  claim({
    item: 'Claim 9',
    says: 'FT and PT keep the importance of the features, random pruning does not; of magnitude the text says both.',
    rule: 'Order of mean |SHAP| over three data sets and five initialisations, each network against its own dense one: holds if FT and PT keep it in 9 of 10 and random in less than half; with limits if FT and PT together keep it more often than random; otherwise it does not hold.',
    notebook: '09-figure-6',
    evidence: 'legcnet notebook figure-6',
    measure: async longRun => {
      const order = async (dataset: SmallDataset, network: BarNetwork, init: number): Promise<string> => {
        const options = longRunOptions(longRun);
        const explained = await barNetwork(dataset, network, { init, seed: init, ...options });
        const values = await explainAsPublished(explained, dataset, options);
        return importance(values, { draws: FEW_DRAWS }).order.join(' ');
      };
      const kept: Record<BarNetwork, boolean[]> = { dense: [], FT: [], PT: [], random: [], magnitude: [] };
      for (const dataset of ['cancer', 'banknote', 'titanic'] as const) {
        for (let init = 1; init <= INITS; init++) {
          const own = await order(dataset, 'dense', init);
          for (const network of ['FT', 'PT', 'random', 'magnitude'] as const) {
            kept[network].push((await order(dataset, network, init)) === own);
          }
        }
      }
      const count = (network: BarNetwork) =>
        countOf(`${network} keeps the order`, kept[network], each => each);
      return {
        FT: count('FT'),
        PT: count('PT'),
        random: count('random'),
        magnitude: count('magnitude'),
        networks: number('networks each', kept.FT.length),
      };
    },
    judge: ({ FT, PT, random, networks }) =>
      FT >= 0.9 * networks && PT >= 0.9 * networks && random < networks / 2
        ? 'holds'
        : FT + PT > 2 * random
          ? 'holds with limits'
          : 'does not hold',
    because: ({ FT, PT, magnitude, networks }) =>
      `FT and PT keep the order in ${FT + PT} of ${2 * networks}; magnitude, which needs no search, in ${magnitude} of ${networks}.`,
  }),
  claim({
    item: 'Claim 10',
    says: 'Alpha lies between 2 and 6 on every layer: well trained, heavy-tailed; the middle layer under-trained.',
    rule: 'Holds if all layers of our networks and of the paper’s own table lie there; with limits if 9 of 10 of ours do; otherwise it does not hold.',
    notebook: '08-table-4-and-figure-5',
    evidence: 'legcnet table 4',
    measure: async () => {
      const { rows } = savedTable4();
      const ours = rows.flatMap(({ diagnoses }) => diagnoses);
      const printed = rows.flatMap(({ alpha }) => (alpha.published === null ? [] : [alpha.published]));
      const middle = rows.filter(({ layer }) => layer === 2).flatMap(({ diagnoses }) => diagnoses);
      return {
        inside: countOf('layers of ours with 2 <= alpha <= 6', ours, ({ alpha }) => isInside(alpha)),
        layers: number('layers', ours.length),
        printed: countOf('layers in the paper’s table', printed, isInside),
        printedLayers: number('layers it prints', printed.length),
        middle: countOf(
          'middle layers below 2, which WeightWatcher calls over-trained',
          middle,
          ({ alpha }) => alpha < 2,
        ),
      };
    },
    judge: ({ inside, layers, printed, printedLayers }) =>
      inside === layers && printed === printedLayers
        ? 'holds'
        : inside >= 0.9 * layers
          ? 'holds with limits'
          : 'does not hold',
    because: ({ printed, printedLayers }) =>
      printed === printedLayers
        ? 'It is so of the printed network only.'
        : 'It is not so in the paper’s own table, where the middle layer is below 2, that is over-trained.',
  }),
  claim({
    item: 'Claim 11',
    says: 'Figure 5 shows a correlation trap: the largest eigenvalue of the shuffled weights stands apart from their bulk.',
    rule: 'First layers of our networks: holds if in 9 of 10 a shuffled eigenvalue lies above the bulk fitted to the shuffled ones; with limits if in more than half; otherwise it does not hold.',
    notebook: '08-table-4-and-figure-5',
    evidence: 'legcnet figure 5',
    measure: async () => {
      const layers = savedLayers();
      const first = layers.filter(({ layer }) => layer === 1);
      const gaps = first.map(({ shuffled }) => shuffled[shuffled.length - 1] / shuffled[shuffled.length - 2]);
      return {
        traps: countOf('first layers with a trap', first, hasTrap),
        first: number('first layers', first.length),
        any: countOf('layers with a trap', layers, hasTrap),
        gap: number('largest shuffled eigenvalue of a first layer over the next, at most', Math.max(...gaps)),
      };
    },
    judge: ({ traps, first }) =>
      traps >= 0.9 * first ? 'holds' : traps > first / 2 ? 'holds with limits' : 'does not hold',
    because: ({ traps, first }) =>
      `The shuffled spectrum ends in its bulk in ${first - traps} of ${first} first layers.`,
  }),
];

const INITS = 5;
/** Intervals are not asked for: only the order of features counts. */
const FEW_DRAWS = 39;

function isInside(alpha: number): boolean {
  return alpha >= 2 && alpha <= 6;
}

function hasTrap({ shuffled, rows, cols }: RecordedLayer): boolean {
  return marchenkoPastur(Float64Array.from(shuffled), { rows, cols }).spikes > 0;
}
