import { createHash } from 'node:crypto';
import type { Dataset, Part } from '../data/dataset';
import { littleEndian } from '../data/writeNpy';

/**
 * A data set for JSON: how it was made, which row of the source went where, and checksums of the scaled numbers, but not the
 * numbers: they have owners, and the files behind them are listed with the environment.
 */
export function datasetFields(dataset: Dataset): object {
  const { name, procedure, seed, features, classes, outputs, split, scaling } = dataset;
  const { train, validation, test } = dataset;
  return {
    kind: 'dataset',
    name,
    procedure,
    seed,
    features,
    classes,
    outputs,
    split,
    scaling,
    train: partFields(train),
    validation: validation === null ? null : partFields(validation),
    test: partFields(test),
  };
}

function partFields({ rows, inputs, targets, sourceRows }: Part): object {
  return {
    rows,
    inputsSha256: hashOf(inputs),
    targetsSha256: hashOf(targets),
    sourceRows: Array.from(sourceRows),
  };
}

/** Of the little-endian doubles. */
function hashOf(values: Float64Array): string {
  return createHash('sha256').update(littleEndian(values)).digest('hex');
}
