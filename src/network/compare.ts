import { requireKind } from '../core/require';
import { result } from '../core/result';
import { layersName, weightCount } from '../core/weightLayers';
import { type AccuracyRule, flops } from './metrics';
import type { Network } from './network';
import { flattenParameters } from './parameters';
import type { TrainingRun } from './train';
import type { Trainable } from './trainable';

/** One quantity of two runs. */
export interface ComparisonRow {
  /** What is compared, with its unit or rule. */
  readonly quantity: string;
  /** What a value counts: `epochs`, `fraction`, `weights`, `operations` or `percent`. */
  readonly unit: 'epochs' | 'fraction' | 'weights' | 'operations' | 'percent';
  /** Of the dense network. */
  readonly dense: number;
  /** Of the pruned network. */
  readonly sparse: number;
  /** sparse - dense. */
  readonly difference: number;
}

/** A dense network beside its pruned one. */
export interface Comparison {
  readonly kind: 'comparison';
  /** Name of the data set. */
  readonly dataset: string;
  /** How the removed weights were chosen. */
  readonly rule: string;
  /** Whether each run met its stop rule; where not, its epochs are only the limit it was given. */
  readonly stopped: {
    /** Of the dense run. */
    readonly dense: boolean;
    /** Of the pruned run. */
    readonly sparse: boolean;
  };
  /** Whether each run ended in weights that are not finite; its accuracies are then worthless. */
  readonly diverged: {
    /** Of the dense run. */
    readonly dense: boolean;
    /** Of the pruned run. */
    readonly sparse: boolean;
  };
  /** What else than the mask tells the runs apart, one text each, as 'learning rate 0.1 (dense), 0.05 (sparse)'. */
  readonly differences: readonly string[];
  /** One entry a quantity. */
  readonly rows: readonly ComparisonRow[];
}

const ruleNames: Readonly<Record<AccuracyRule, string>> = { argmax: 'arg-max', 'all-outputs': 'all outputs' };

/**
 * Epochs trained, accuracy and macro F1 on the test part, and size of a dense and a pruned run. Each accuracy says by which
 * rule rows were counted as correct; where that is the study's `all-outputs`, arg-max accuracy is given too.
 *
 * Only the mask should tell the runs apart: `differences` lists whatever else does.
 *
 * @throws TypeError when the numbers would mean different things: runs of networks of different shape, on different data or
 *   differently split or scaled data, or with different accuracy rules
 * @example
 * import { compare, createNetwork, loadDataset, magnitudeMask, retrain, train } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const training = { epochs: 100, learningRate: 0.05 };
 * const dense = await train(network, iris, training);
 * const sparse = await retrain(network, magnitudeMask(network, { share: 0.25 }), iris, training);
 * compare(dense, sparse).differences; // [], only the mask tells them apart
 */
export function compare(dense: TrainingRun<Trainable>, sparse: TrainingRun<Trainable>): Comparison {
  requireKind(dense, 'training-run', 'compare');
  requireKind(sparse, 'training-run', 'compare');
  checkComparable(dense, sparse);
  const row = (
    quantity: string,
    unit: ComparisonRow['unit'],
    of: (run: TrainingRun<Trainable>) => number,
  ): ComparisonRow => ({
    quantity,
    unit,
    dense: of(dense),
    sparse: of(sparse),
    difference: of(sparse) - of(dense),
  });
  const { dataset, accuracyRule } = dense.settings;
  const argmaxAccuracy = row('test accuracy (arg-max)', 'fraction', run => run.testArgmaxAccuracy);
  // A kernel of a convolution is used at many places: its weights are no count of operations.
  const sizes =
    dense.final.kind === 'model'
      ? [row('weights left', 'weights', run => weightsLeft(run.final))]
      : [
          row('weights (MACs)', 'weights', run => weightsLeft(run.final)),
          row('2 MACs + biases', 'operations', run => flops(run.final as Network)),
        ];
  return result({
    kind: 'comparison',
    dataset,
    rule: sparse.initial.mask?.rule ?? 'no weight removed',
    stopped: { dense: dense.stopped, sparse: sparse.stopped },
    diverged: { dense: dense.diverged, sparse: sparse.diverged },
    differences: differencesOf(dense, sparse),
    rows: [
      row('epochs', 'epochs', run => run.epochCount),
      row(`test accuracy (${ruleNames[accuracyRule]})`, 'fraction', run => run.testAccuracy),
      ...(accuracyRule === 'argmax' ? [] : [argmaxAccuracy]),
      row('test macro F1 (arg-max)', 'fraction', run => run.testF1),
      ...sizes,
      row('pruned', 'percent', run => prunedPercent(run.final)),
    ],
  });
}

/** Something that can tell two runs apart, as text. */
type Trait = readonly [name: string, of: (run: TrainingRun<Trainable>) => string];

/** Where these differ, the numbers of two runs mean different things. */
const meanings: readonly Trait[] = [
  ['network', ({ initial }) => layersName(initial.layers)],
  ['kind of network', ({ initial }) => initial.kind],
  ['data set', ({ settings }) => settings.dataset],
  ['procedure', ({ settings }) => settings.procedure],
  ['seed of the split', ({ settings }) => String(settings.splitSeed)],
  ['split', ({ settings }) => `'${settings.split}'`],
  ['scaling', ({ settings }) => `'${settings.scaling}'`],
  ['accuracy rule', ({ settings }) => ruleNames[settings.accuracyRule]],
];

/** Where these differ, not only the mask explains a difference of the numbers. */
const conditions: readonly Trait[] = [
  ['hidden activation', ({ initial }) => (initial.kind === 'network' ? initial.activation : '')],
  ['output activation', ({ initial }) => (initial.kind === 'network' ? initial.output : '')],
  ['layers', ({ initial }) => (initial.kind === 'model' ? initial.architecture.summary : '')],
  ['learning rate', ({ settings }) => String(settings.learningRate)],
  ['momentum', ({ settings }) => String(settings.momentum)],
  ['rows per update', ({ settings }) => String(settings.batch)],
  ['loss', ({ settings }) => settings.loss],
  ['limit of epochs', ({ settings }) => String(settings.epochs)],
  [
    'stop rule',
    ({ settings: { stop } }) => (stop === null ? 'none' : `${stop.part} accuracy ${stop.accuracy}`),
  ],
  [
    'order of rows',
    ({ settings: { shuffle, seed } }) => (seed === null ? shuffle : `${shuffle}, seed ${seed}`),
  ],
  ['engine', ({ settings }) => settings.engine],
  ['optimizer', ({ settings }) => settings.optimizer],
];

function checkComparable(dense: TrainingRun<Trainable>, sparse: TrainingRun<Trainable>): void {
  const apart = meanings
    .filter(([, of]) => of(dense) !== of(sparse))
    .map(([name, of]) => `${name} ${of(dense)} and ${of(sparse)}`);
  if (apart.length > 0) {
    throw new TypeError(`Cannot compare two runs whose numbers mean different things: ${apart.join('; ')}`);
  }
}

function differencesOf(dense: TrainingRun<Trainable>, sparse: TrainingRun<Trainable>): string[] {
  const apart = conditions
    .filter(([, of]) => of(dense) !== of(sparse))
    .map(([name, of]) => `${name} ${of(dense)} (dense), ${of(sparse)} (sparse)`);
  return startAlike(dense.initial, sparse.initial) ? apart : [...apart, 'initial weights'];
}

/** Whether two networks of one shape agree in every bias and in every weight that neither mask removes. */
function startAlike(a: Trainable, b: Trainable): boolean {
  const others = flattenParameters(b);
  const isKept = ({ mask }: Trainable, index: number): boolean => (mask?.kept[index] ?? 1) === 1;
  return flattenParameters(a).every(
    (value, index) => value === others[index] || !isKept(a, index) || !isKept(b, index),
  );
}

function weightsLeft({ layers, mask }: Trainable): number {
  return weightCount(layers) - (mask?.removed ?? 0);
}

function prunedPercent({ layers, mask }: Trainable): number {
  return (100 * (mask?.removed ?? 0)) / weightCount(layers);
}
