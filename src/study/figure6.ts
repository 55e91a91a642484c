import type { LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, longRunOptions, type OptionNames } from '../core/options';
import { requireOneOf } from '../core/require';
import { result } from '../core/result';
import { type Drift, drift, type ImportanceDrift, importanceDrift } from '../explanation/drift';
import { importance, largestFirst, type ShapleyImportance } from '../explanation/importance';
import type { ShapleyValues } from '../explanation/shapleyValues';
import {
  type BarDataset,
  type BarNetwork,
  barDatasets,
  barInit,
  barNetwork,
  barNetworks,
  explainAsPublished,
  publishedBars,
} from './shapBars';

/** Data sets, networks and seed of `figure6`. */
export interface Figure6Options extends LongRunOptions {
  /** Default: Cancer, Banknote and Titanic, which the paper shows. */
  readonly datasets?: readonly BarDataset[];
  /** Default: all five. The first of the list is what drift is measured from. */
  readonly networks?: readonly BarNetwork[];
  /** Seed of the random masks. Default 1. */
  readonly seed?: number;
}

const optionNames: OptionNames<Figure6Options> = {
  ...longRunOptionNames,
  datasets: true,
  networks: true,
  seed: true,
};

/** One panel: a network of one data set explained, beside the paper's bars. */
export interface Figure6Panel {
  /** The data set. */
  readonly dataset: BarDataset;
  /** Which network it is. */
  readonly network: BarNetwork;
  /** Published initialisation that the network started from. */
  readonly init: number;
  /** Weights that its mask removes. */
  readonly removed: number;
  /** Our bars. */
  readonly ours: ShapleyImportance;
  /** The paper's bars, one a feature in column order, read by pixel; null where it shows none. */
  readonly published: readonly number[] | null;
  /** Largest |ours - published|; null without published bars. */
  readonly deviation: number | null;
  /** Whether our bars and the paper's order the features alike; null without published bars. */
  readonly sameOrder: boolean | null;
  /** From the first network of the data set to this one, by our values. */
  readonly drift: Drift;
  /** The same drift by the paper's bars; null without them. */
  readonly publishedDrift: ImportanceDrift | null;
  /** From the dense network of the same initialisation to this one, which is what pruning did. */
  readonly driftFromOwnDense: Drift;
  /** One sentence where the two differ for a reason that is known. */
  readonly note: string | null;
}

/** Figure 6 of the paper and the bar charts of its appendix. */
export interface Figure6 {
  readonly kind: 'figure-6';
  /** One entry a data set and network. */
  readonly panels: readonly Figure6Panel[];
  /**
   * Panels whose bars lie two pixels of the paper's picture or more from its own, or in another order, without a note, as
   * `figure 6 cancer FT`.
   */
  readonly unexplained: readonly string[];
}

/**
 * Figure 6 and the appendix: mean |SHAP| of each feature for the dense network, LEGCNet-FT and -PT, random 40 % and magnitude
 * 25 %, every bar computed here, beside the paper's. Exact Shapley values of all test rows; background: 100 training rows.
 *
 * @throws RangeError for a data set or network that does not exist
 * @example
 * import { figure6 } from 'legcnet';
 * const { panels } = await figure6({ datasets: ['titanic'], networks: ['dense', 'FT'] });
 * panels[1].sameOrder; // true, our bars stand in the paper's order
 * panels[1].drift.sameOrder; // false, but not in the dense network's
 */
export async function figure6(options: Figure6Options = {}): Promise<Figure6> {
  const task = 'make figure 6';
  checkOptions(options, optionNames, task);
  const { datasets = ['cancer', 'banknote', 'titanic'], networks = barNetworks, seed = 1 } = options;
  for (const name of datasets) requireOneOf(name, barDatasets, 'a data set', task);
  for (const name of networks) requireOneOf(name, barNetworks, 'a network', task);
  const longRun = longRunOptions(options);
  const panels: Figure6Panel[] = [];
  for (const dataset of datasets) {
    let first: ShapleyValues | undefined;
    const dense = new Map<number, ShapleyValues>();
    for (const network of networks) {
      const init = barInit(dataset, network);
      const own = dense.get(init) ?? (await explainDense(dataset, init, longRun));
      dense.set(init, own);
      const explained = await barNetwork(dataset, network, { ...longRun, init, seed });
      const values = await explainAsPublished(explained, dataset, longRun);
      first ??= values;
      const ours = importance(values);
      const published = publishedBars(dataset, network)?.values ?? null;
      const publishedFirst = publishedBars(dataset, networks[0])?.values ?? null;
      panels.push({
        dataset,
        network,
        init,
        removed: explained.mask?.removed ?? 0,
        ours,
        published,
        deviation: published && largestDeviation(ours.values, published),
        sameOrder: published && largestFirst(published).every((place, k) => place === ours.order[k]),
        drift: drift(first, values),
        driftFromOwnDense: drift(own, values),
        publishedDrift: published && publishedFirst && importanceDrift(publishedFirst, published),
        note: noteOf(dataset, network),
      });
    }
  }
  return result({ kind: 'figure-6', panels, unexplained: panels.flatMap(unexplainedPanel) });
}

/** A reading is good to a pixel; where the bar begins, to another. */
const PIXELS = 2;

function unexplainedPanel(panel: Figure6Panel): string[] {
  const { dataset, network, deviation, sameOrder, note } = panel;
  if (deviation === null || note !== null) return [];
  const { resolution } = publishedBars(dataset, network)!;
  return sameOrder && deviation < PIXELS * resolution ? [] : [panelName(panel)];
}

/** A panel as it is called in `unexplained`. */
export function panelName({ dataset, network }: Pick<Figure6Panel, 'dataset' | 'network'>): string {
  return `figure 6 ${dataset} ${network}`;
}

async function explainDense(
  dataset: BarDataset,
  init: number,
  longRun: LongRunOptions,
): Promise<ShapleyValues> {
  return explainAsPublished(await barNetwork(dataset, 'dense', { ...longRun, init }), dataset, longRun);
}

export function largestDeviation(ours: ArrayLike<number>, published: ArrayLike<number>): number {
  return Array.from(ours).reduce((most, value, i) => Math.max(most, Math.abs(value - published[i])), 0);
}

function noteOf(dataset: BarDataset, network: BarNetwork): string | null {
  if (dataset === 'vowel') {
    return network === 'FT' || network === 'PT'
      ? 'The study lists no masks for vowel; this one is made here, from its first initialisation, as those of Iris are.'
      : null;
  }
  if (publishedBars(dataset, network) === null) return null;
  if (network === 'random') {
    return dataset === 'banknote'
      ? 'The paper repeats its magnitude panel here, title included.'
      : "The paper's random mask is not published; ours is another draw of the same size.";
  }
  if (dataset === 'banknote' && network === 'PT') {
    return 'No published mask of any initialisation gives these bars; the nearest of its own initialisation is shown.';
  }
  return null;
}
