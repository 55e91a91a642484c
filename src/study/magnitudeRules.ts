import type { LongRunOptions } from '../core/longRun';
import { longRunOptions } from '../core/options';
import { result } from '../core/result';
import type { Dataset } from '../data/dataset';
import { loadDataset } from '../data/loadDataset';
import { importance } from '../explanation/importance';
import { applyMask } from '../network/applyMask';
import { accuracy, macroF1 } from '../network/metrics';
import type { Network } from '../network/network';
import { publishedNetwork } from '../network/publishedNetwork';
import { retrain } from '../network/retrain';
import { train } from '../network/train';
import { magnitudeMask } from '../pruning/magnitudeMask';
import { largestDeviation } from './figure6';
import { publishedTable } from './publishedNumbers';
import { barInit, explainAsPublished, publishedBars } from './shapBars';
import { type SmallDataset, smallDatasets } from './smallDatasets';
import { studyTraining } from './studyTraining';

/** One way of pruning by magnitude. */
export interface MagnitudeRule {
  /** Whose weights are compared: before or after the dense run. */
  readonly weights: 'initial' | 'trained';
  /** Among all weights or within each layer. */
  readonly scope: 'global' | 'layer';
  /** Share of weights removed. */
  readonly share: number;
  /**
   * What becomes of the network:
   * - `cut`: the trained network without them, as it is
   * - `fine-tuned`: trained on from there until the stop
   * - `retrained`: trained from the initial weights without them
   */
  readonly after: 'cut' | 'fine-tuned' | 'retrained';
}

/** What one rule gives on one data set. */
export interface MagnitudeOutcome {
  /** Weights removed. */
  readonly removed: number;
  /** On the test part, by the largest output. */
  readonly accuracy: number;
  /** Macro F1 on the test part, classes by the largest output. */
  readonly f1: number;
  /** Whether both print as in Table 3; null for a data set that it lacks. */
  readonly matchesTable3: boolean | null;
  /** Largest |bar - published bar| of the magnitude panel; null for a data set without one. */
  readonly deviation: number | null;
}

/** What one rule of cutting the smallest weights gives on every data set. */
export interface MagnitudeRulesRow extends MagnitudeRule {
  /** By data set. */
  readonly datasets: Readonly<Partial<Record<SmallDataset, MagnitudeOutcome>>>;
  /** Data sets whose accuracy and F1 print as in Table 3. */
  readonly matches: number;
  /** Largest deviation from the bars over the data sets that have them. */
  readonly deviation: number;
}

/** Which way of pruning by magnitude gives Table 3, and which the magnitude panels of SHAP bars. */
export interface MagnitudeRules {
  readonly kind: 'magnitude-rules';
  /** One entry a rule. */
  readonly rows: readonly MagnitudeRulesRow[];
}

/** Data sets and shares that `magnitudeRules` tries. */
export interface MagnitudeRulesOptions extends LongRunOptions {
  /** Default: all five. */
  readonly datasets?: readonly SmallDataset[];
  /** Default: 0.1 and 0.25. */
  readonly shares?: readonly number[];
}

/**
 * Tries every rule on the initialisation behind the tables. One rule, weights of the trained network compared over all layers
 * and cut without training on, gives both: the magnitude columns of Table 3 with a share of 10 % (accuracy by the largest
 * output), the SHAP bars with the 25 % that the paper names. A minute for all.
 *
 * @example
 * import { magnitudeRules } from 'legcnet';
 * const { rows } = await magnitudeRules({ datasets: ['titanic'] });
 * Math.max(...rows.map(({ matches }) => matches)); // 1
 */
export async function magnitudeRules(options: MagnitudeRulesOptions = {}): Promise<MagnitudeRules> {
  const { datasets = smallDatasets, shares = [0.1, 0.25] } = options;
  const longRun = longRunOptions(options);
  const rules = shares.flatMap(share => ways.map(way => ({ ...way, share })));
  const found: Partial<Record<SmallDataset, MagnitudeOutcome>>[] = rules.map(() => ({}));
  for (const name of datasets) {
    const dataset = await loadDataset(name, { procedure: 'published', ...longRun });
    const initial = await publishedNetwork(name, barInit(name, 'magnitude'), longRun);
    const training = { ...studyTraining(name, 'published'), ...longRun };
    const { final: trained } = await train(initial, dataset, training);
    for (const [r, { weights, scope, share, after }] of rules.entries()) {
      const mask = magnitudeMask(weights === 'initial' ? initial : trained, { share, scope });
      const cut = applyMask(trained, mask);
      const network =
        after === 'cut'
          ? cut
          : after === 'fine-tuned'
            ? (await train(cut, dataset, training)).final
            : (await retrain(initial, mask, dataset, training)).final;
      found[r][name] = await outcomeOf(name, dataset, network, longRun);
    }
  }
  const rows = rules.map((rule, r) => {
    const outcomes = Object.values(found[r]);
    return {
      ...rule,
      datasets: found[r],
      matches: outcomes.filter(each => each.matchesTable3).length,
      deviation: outcomes.reduce((most, each) => Math.max(most, each.deviation ?? 0), 0),
    };
  });
  return result({ kind: 'magnitude-rules', rows });
}

const ways: readonly Omit<MagnitudeRule, 'share'>[] = (['trained', 'initial'] as const).flatMap(weights =>
  (['global', 'layer'] as const).flatMap(scope =>
    (['cut', 'fine-tuned', 'retrained'] as const).map(after => ({ weights, scope, after })),
  ),
);

async function outcomeOf(
  name: SmallDataset,
  dataset: Dataset,
  network: Network,
  longRun: LongRunOptions,
): Promise<MagnitudeOutcome> {
  const right = accuracy(network, dataset.test, { rule: 'argmax' });
  const f1 = macroF1(network, dataset.test);
  const printed = publishedTable('table3')[name];
  const bars = publishedBars(name, 'magnitude');
  const ours = bars && importance(await explainAsPublished(network, name, longRun), { draws: 39 }).values;
  return {
    removed: network.mask?.removed ?? 0,
    accuracy: right,
    f1,
    matchesTable3:
      printed === undefined
        ? null
        : right.toFixed(4) === printed.accMagnitude.toFixed(4) &&
          f1.toFixed(4) === printed.f1Magnitude.toFixed(4),
    deviation: ours && largestDeviation(ours, bars.values),
  };
}
