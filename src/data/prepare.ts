import { result } from '../core/result';
import type { Dataset, Part } from './dataset';
import type { Encoded } from './encoding';
import type { Preparation } from './preparation';
import { type Draft, type Drafts, recipeOf } from './recipe';
import type { Samples } from './samples';

/**
 * Splits and scales the rows of a data set as a procedure says.
 *
 * @throws RangeError when a part would be empty or the training part would hold a single class
 */
export function prepare(samples: Samples, preparation: Preparation): Dataset {
  const recipe = recipeOf(samples, preparation);
  const { train, validation, test } = recipe.split();
  checkParts(samples, train, test);

  const encoded = samples.encode(train);
  const drafts: Drafts = {
    train: draft(encoded, train),
    validation: validation && draft(encoded, validation),
    test: draft(encoded, test),
  };
  recipe.scale(drafts, encoded.features.length);

  const dataset = {
    kind: 'dataset' as const,
    name: samples.name,
    procedure: preparation.procedure,
    seed: preparation.seed,
    features: encoded.features,
    classes: samples.classes,
    outputs: samples.classes.length === 2 ? 1 : samples.classes.length,
    train: partOf(samples, drafts.train),
    validation: drafts.validation && partOf(samples, drafts.validation),
    test: partOf(samples, drafts.test),
    split: recipe.splitSays,
    scaling: [...encoded.says, recipe.scalingSays].join(' '),
  };
  return result(withTable(dataset, samples.table));
}

/** Adds the table as a property that is computed when read and passed over when the data set is printed. */
function withTable(dataset: Omit<Dataset, 'table'>, make: Samples['table']): Dataset {
  let table: Dataset['table'] | undefined;
  const get = (): Dataset['table'] => {
    table ??= make();
    return table;
  };
  return Object.defineProperty(dataset, 'table', { get, enumerable: false }) as Dataset;
}

function draft({ inputs, features }: Encoded, rows: Int32Array): Draft {
  const columns = features.length;
  const chosen = new Float64Array(rows.length * columns);
  for (let r = 0; r < rows.length; r++) {
    chosen.set(inputs.subarray(rows[r] * columns, (rows[r] + 1) * columns), r * columns);
  }
  return { rows, inputs: chosen };
}

function partOf({ labels, classes }: Samples, { rows, inputs }: Draft): Part {
  const own = rows.map(row => labels[row]);
  return {
    rows: rows.length,
    inputs,
    targets: targetsOf(own, classes.length),
    labels: own,
    sourceRows: rows,
  };
}

/** The labels themselves for two classes, else one-hot rows. */
function targetsOf(labels: Int32Array, classes: number): Float64Array {
  if (classes === 2) return Float64Array.from(labels);
  const targets = new Float64Array(labels.length * classes); // rows x classes
  for (let r = 0; r < labels.length; r++) targets[r * classes + labels[r]] = 1;
  return targets;
}

function checkParts({ name, labels, used }: Samples, train: Int32Array, test: Int32Array): void {
  if (train.length === 0 || test.length === 0) {
    throw new RangeError(
      `'${name}' has ${used.length} rows, too few: ${train.length} for training and ${test.length} for testing`,
    );
  }
  if (train.every(row => labels[row] === labels[train[0]])) {
    throw new RangeError(
      `The training part of '${name}' holds a single class; use more rows or another seed`,
    );
  }
}
