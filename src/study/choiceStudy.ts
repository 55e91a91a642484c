import { checkOptions, type OptionNames } from '../core/options';
import { requireNumber } from '../core/require';
import { result } from '../core/result';
import type { Procedure } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import { type StudyName, studySettings } from '../data/studySettings';
import { createMask } from '../network/mask';
import { type MaskAgreement, maskAgreement } from '../pruning/maskAgreement';
import { type EquivalenceTest, equivalenceTest } from '../statistics/equivalenceTest';
import { mean } from '../statistics/moments';
import { type PairedDifference, pairedDifference } from '../statistics/pairedDifference';
import { type ShareInterval, shareInterval } from '../statistics/shareInterval';
import { type ChoiceRecord, type ChoiceRival, choiceRivals, type RivalOutcome } from './choiceRecord';

/** The margin and the seed of `choiceStudy`. */
export interface ChoiceStudyOptions {
  /** Differences of accuracy and F1 up to this size are of no account. Default 0.01, one point in a hundred. */
  readonly margin?: number;
  /** Of the bootstrap. Default 1. */
  readonly seed?: number;
}

const optionNames: OptionNames<ChoiceStudyOptions> = { margin: true, seed: true };

/** LEGCNet against one rival on one data set: LEGCNet minus rival, start by start; of several draws of the rival their mean. */
export interface ChoiceComparison {
  /** Compared with which masks. */
  readonly rival: ChoiceRival;
  /** LEGCNet's test accuracy less the rival's, start by start. */
  readonly accuracy: PairedDifference;
  /** LEGCNet's macro F1 less the rival's, start by start. */
  readonly f1: PairedDifference;
  /** Runs that never reach the benchmark count with the limit of epochs; negative where LEGCNet is faster. */
  readonly epochs: PairedDifference;
  /** Of accuracy, at the margin. */
  readonly equivalence: EquivalenceTest;
  /** Runs of the rival that never reach the benchmark. */
  readonly unstopped: ShareInterval;
}

/** One data set, procedure and variant. */
export interface ChoiceRow {
  /** The data set. */
  readonly dataset: StudyName;
  /** How it was split, trained and searched. */
  readonly procedure: Procedure;
  /** Whose choice of weights it is. */
  readonly variant: LegcnetVariant;
  /** Starts tried. */
  readonly starts: number;
  /** Starts compared: those whose mask removes something and not everything. */
  readonly compared: number;
  /** How intervals are made: by bootstrap of 8 starts or more, of fewer by Student's t, for about normal differences. */
  readonly intervals: 'bootstrap' | 'student';
  /** Starts without a mask. */
  readonly noMask: number;
  /** Starts whose mask removes nothing. */
  readonly nothingRemoved: number;
  /** Starts whose mask removes every weight. */
  readonly allRemoved: number;
  /** Mean share of weights removed at the starts compared. */
  readonly removedShare: number;
  /** Runs of LEGCNet that never reach the benchmark. */
  readonly unstopped: ShareInterval;
  /** Do the masks of different starts remove the same weights, more often than masks with as many in each layer? Null below 2. */
  readonly agreement: MaskAgreement | null;
  /** One entry a rival. */
  readonly comparisons: readonly ChoiceComparison[];
}

/** Does LEGCNet's choice of weights carry information? */
export interface ChoiceStudy {
  readonly kind: 'choice-study';
  /** Differences of accuracy up to this count as none. */
  readonly margin: number;
  /** One entry a data set, procedure and variant. */
  readonly rows: readonly ChoiceRow[];
}

/**
 * Compares LEGCNet's choice of weights with rivals of equal sparsity, start by start: mean differences with intervals,
 * Wilcoxon's test (whose p-value of five pairs is at least 0.0625), and a test of equivalence at a stated margin. The decisive rival is `shuffled`: it keeps how many weights
 * every layer loses and changes only which.
 *
 * @param records of `choiceRecord`, any data sets, procedures and variants; they are grouped
 * @throws TypeError for an unknown option, RangeError for a margin that is not positive
 * @example
 * import { choiceStudy, savedChoices } from 'legcnet';
 * const iris = savedChoices().filter(({ dataset, procedure }) => dataset === 'iris' && procedure === 'sound');
 * const { rows } = choiceStudy(iris);
 * rows.map(({ variant }) => variant); // ['FT', 'PT']
 */
export function choiceStudy(records: readonly ChoiceRecord[], options: ChoiceStudyOptions = {}): ChoiceStudy {
  const task = 'compare choices of weights';
  checkOptions(options, optionNames, task);
  const { margin = 0.01, seed = 1 } = options;
  requireNumber(margin, margin > 0 && margin < 1, 'between 0 and 1', 'margin', task);
  const groups = new Map<string, ChoiceRecord[]>();
  for (const record of records) {
    const { procedure, variant, dataset } = record;
    const name = `${procedure} ${variant} ${dataset}`;
    groups.set(name, [...(groups.get(name) ?? []), record]);
  }
  const rows = [...groups.values()].map(group => choiceRow(group, margin, seed));
  return result({ kind: 'choice-study', margin, rows });
}

/** `bootstrapInterval` gives none below. */
const LEAST_BOOTSTRAPPED = 8;

/** A start that can be compared. */
type Compared = ChoiceRecord & Required<Pick<ChoiceRecord, 'legcnet' | 'rivals'>>;

function choiceRow(records: readonly ChoiceRecord[], margin: number, seed: number): ChoiceRow {
  const [{ dataset, procedure, variant }] = records;
  const { layers } = studySettings[dataset];
  const weights = layers.slice(1).reduce((sum, width, l) => sum + width * layers[l], 0);
  const compared = records.filter(
    (record): record is Compared =>
      record.legcnet !== undefined && record.removed.length > 0 && record.removed.length < weights,
  );
  const masks = compared.map(({ removed }) => createMask(layers, removed, 'a start'));
  const { legcnet } = { legcnet: compared.map(record => record.legcnet) };
  return {
    dataset,
    procedure,
    variant,
    starts: records.length,
    compared: compared.length,
    intervals: compared.length < LEAST_BOOTSTRAPPED ? 'student' : 'bootstrap',
    noMask: records.filter(({ noMask }) => noMask !== undefined).length,
    nothingRemoved: records.filter(({ noMask, removed }) => noMask === undefined && removed.length === 0)
      .length,
    allRemoved: records.filter(({ removed }) => removed.length === weights).length,
    removedShare: mean(compared.map(({ removed }) => removed.length / weights)),
    unstopped: unstopped(legcnet),
    agreement: masks.length < 2 ? null : maskAgreement(masks, { chance: 'layer' }),
    comparisons: choiceRivals
      .filter(rival => compared.every(({ rivals }) => (rivals[rival]?.length ?? 0) > 0))
      .map(rival => comparison(rival, compared, margin, seed)),
  };
}

function comparison(
  rival: ChoiceRival,
  compared: readonly Compared[],
  margin: number,
  seed: number,
): ChoiceComparison {
  const outcomes = ({ rivals }: Compared): readonly RivalOutcome[] => rivals[rival] ?? [];
  const pairs = (read: (outcome: RivalOutcome, record: Compared) => number): [number[], number[]] => [
    compared.map(record => read(record.legcnet, record)),
    compared.map(record => mean(outcomes(record).map(outcome => read(outcome, record)))),
  ];
  const accuracies = pairs(({ accuracy }) => accuracy);
  const interval = { seed, method: compared.length < LEAST_BOOTSTRAPPED ? 'student' : 'expanded' } as const;
  return {
    rival,
    accuracy: pairedDifference(...accuracies, interval),
    f1: pairedDifference(...pairs(({ f1 }) => f1), interval),
    epochs: pairedDifference(...pairs(({ epochs }, { maxEpochs }) => epochs ?? maxEpochs), interval),
    equivalence: equivalenceTest(...accuracies, { margin }),
    unstopped: unstopped(compared.flatMap(outcomes)),
  };
}

function unstopped(outcomes: readonly RivalOutcome[]): ShareInterval {
  return shareInterval(outcomes.filter(({ epochs }) => epochs === null).length, outcomes.length);
}
