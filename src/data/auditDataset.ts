import type { DataFrame } from 'danfojs-node';
import { checkOptions, type OptionNames } from '../core/options';
import { requireOneOf } from '../core/require';
import { result } from '../core/result';
import type { Procedure } from './dataset';
import type { Encoded } from './encoding';
import { type FeatureAudit, featureAudits } from './featureAudit';
import {
  checkReading,
  isStudyName,
  type LoadOptions,
  loadOptionNames,
  preparationOf,
  samplesFrom,
} from './loadDataset';
import { prepare } from './prepare';
import { RowKeys } from './rowKeys';
import type { Samples } from './samples';
import { type SplitAudit, splitAudit } from './splitAudit';

/** What is looked at, and how it is read. */
export interface AuditOptions extends Omit<LoadOptions, 'procedure' | 'testShare' | 'validationShare'> {
  /** Default: all three for the study's data sets, `sound` for a table of your own. */
  readonly procedures?: readonly Procedure[];
}

const { procedure: _, testShare: __, validationShare: ___, ...reading } = loadOptionNames;
const optionNames: OptionNames<AuditOptions> = { ...reading, procedures: true };

/** What a reader should know of a table before a network learns from it. */
export interface DatasetAudit {
  readonly kind: 'dataset-audit';
  /** Name of the data set. */
  readonly name: string;
  /** Rows that take part: all but those left out for missing cells. */
  readonly rows: number;
  /** Its classes and their sizes. */
  readonly classes: readonly {
    /** Name of the class. */
    readonly name: string;
    /** Rows of the class. */
    readonly rows: number;
  }[];
  /** One entry an input, in column order. */
  readonly features: readonly FeatureAudit[];
  /** Cells without a value. */
  readonly missing: number;
  /** Rows that repeat an earlier one, class included. */
  readonly repeated: number;
  /** Rows whose features occur with another class as well: no classifier can get all of them right. */
  readonly contradicted: number;
  /** Features with one value throughout. */
  readonly constant: number;
  /** One a procedure. */
  readonly splits: readonly SplitAudit[];
}

/**
 * Looks at a data set as it is and as each procedure would split and scale it: classes, missing values, spread and outliers of
 * every feature, repeated and contradictory rows, and for each procedure whether rows of the test part were seen in training,
 * whether the scaling of the test part is that of the training part, and whether scaling makes different rows the same.
 *
 * @param source as for `loadDataset`
 * @throws as `loadDataset`
 * @example
 * import { auditDataset } from 'legcnet';
 * const { contradicted, splits } = await auditDataset('iris');
 * splits[0].testShift; // 0.57: the test part's own scaling moves a value by up to 0.57 standard deviations
 * contradicted; // 0: no flower is measured alike and called otherwise
 */
export async function auditDataset(
  source: string | DataFrame,
  options: AuditOptions = {},
): Promise<DatasetAudit> {
  const task = 'audit a data set';
  checkOptions(options, optionNames, task);
  const { procedures = isStudyName(source) ? (['published', 'described', 'sound'] as const) : ['sound'] } =
    options;
  for (const procedure of procedures)
    requireOneOf(procedure, ['published', 'described', 'sound'], 'procedures', task);
  const { procedures: _, ...load } = options;
  checkReading(source, load);
  const samples = await samplesFrom(source, load);
  const splits: SplitAudit[] = [];
  for (const procedure of procedures) {
    options.signal?.throwIfAborted();
    const dataset = prepare(samples, preparationOf(source, { ...load, procedure }));
    splits.push(splitAudit(samples, dataset));
  }
  const encoded = samples.encode(samples.used);
  const features = featureAudits(samples, encoded);
  return result({
    kind: 'dataset-audit',
    name: samples.name,
    rows: samples.used.length,
    classes: samples.classes.map((name, c) => ({
      name,
      rows: samples.labels.reduce((sum, label) => sum + (label === c ? 1 : 0), 0),
    })),
    features,
    missing: features.reduce((sum, each) => sum + each.missing, 0),
    ...repeats(samples, encoded),
    constant: features.filter(({ low, high }) => low === high).length,
    splits,
  });
}

function repeats(
  { labels, used }: Samples,
  { inputs, features }: Encoded,
): Pick<DatasetAudit, 'repeated' | 'contradicted'> {
  const keys = new RowKeys(inputs, features.length);
  const seen = new Set<string>();
  const classes = new Map<string, Set<number>>();
  const own: string[] = [];
  for (const row of used) {
    const key = keys.at(row);
    own.push(key);
    seen.add(`${labels[row]} ${key}`);
    const known = classes.get(key) ?? new Set();
    classes.set(key, known.add(labels[row]));
  }
  const contradicted = own.filter(key => classes.get(key)!.size > 1).length;
  return { repeated: used.length - seen.size, contradicted };
}
