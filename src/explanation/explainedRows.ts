import { describeValue, isList, requireWhole } from '../core/require';

/** Rows of inputs: a part of a data set, or one array a row. */
export type ExplainedRows =
  | {
      /** Number of rows. */
      readonly rows: number;
      /** rows x features, row-major. */
      readonly inputs: Float64Array;
    }
  | ReadonlyArray<ArrayLike<number>>;

/** Rows laid out one after another. */
export interface RowMatrix {
  /** Number of rows. */
  readonly rows: number;
  /** Number of features. */
  readonly features: number;
  /** rows x features, row-major. */
  readonly inputs: Float64Array;
}

/**
 * Some rows of a part, in the order given: a background, for instance.
 *
 * @param indices 0-based rows of the part; repeats are allowed
 * @throws RangeError for a row that the part does not have
 * @example
 * import { loadDataset, NumpyRandom, selectRows } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const background = selectRows(iris.train, new NumpyRandom(0).choice(iris.train.rows, 100));
 * background.rows; // 100
 */
export function selectRows(part: ExplainedRows, indices: ArrayLike<number>): RowMatrix {
  const task = 'select rows';
  const { rows, features, inputs } = readRows(part, 'the part', task);
  const selected = new Float64Array(indices.length * features);
  Array.from(indices).forEach((index, row) => {
    requireWhole(index, 0, 'a row', task, rows - 1);
    selected.set(inputs.subarray(index * features, (index + 1) * features), row * features);
  });
  return { rows: indices.length, features, inputs: selected };
}

/**
 * @throws TypeError for anything but rows of numbers, all of one length, RangeError for none
 */
export function readRows(rows: ExplainedRows, name: string, task: string): RowMatrix {
  const required = `${name} must be a part of a data set or an array of rows of equal length`;
  if (Array.isArray(rows)) return fromLists(rows, `Cannot ${task}: ${required}`, name);
  const part = rows as { readonly rows: number; readonly inputs: Float64Array } | null | undefined;
  if (!(part?.inputs instanceof Float64Array)) {
    throw new TypeError(`Cannot ${task}: ${required}, ${describeValue(rows)} came`);
  }
  requireWhole(part.rows, 1, `the number of rows of ${name}`, task);
  const features = part.inputs.length / part.rows;
  if (!Number.isInteger(features) || features === 0) {
    throw new TypeError(
      `Cannot ${task}: ${name} must hold rows x features numbers, got ${part.inputs.length} for ${part.rows} rows`,
    );
  }
  return { rows: part.rows, features, inputs: part.inputs };
}

function fromLists(lists: ReadonlyArray<ArrayLike<number>>, required: string, name: string): RowMatrix {
  if (lists.length === 0) throw new RangeError(`${required}; ${name} has no rows`);
  const features = isList(lists[0]) ? lists[0].length : 0;
  const inputs = new Float64Array(lists.length * features);
  lists.forEach((list, row) => {
    const isRow = isList(list) && list.length === features && features > 0;
    if (!isRow || Array.from(list).some(value => typeof value !== 'number')) {
      throw new TypeError(`${required}; row ${row} is ${describeValue(list)}`);
    }
    inputs.set(Array.from(list), row * features);
  });
  return { rows: lists.length, features, inputs };
}

/** Different rows of a matrix, bit for bit, and which of them each row is. */
export function distinctRows(matrix: RowMatrix): {
  readonly distinct: RowMatrix;
  readonly place: Int32Array;
} {
  const { rows, features, inputs } = matrix;
  const places = new Map<string, number>();
  const firsts: number[] = [];
  const place = Int32Array.from({ length: rows }, (_, row) => {
    const values = inputs.slice(row * features, (row + 1) * features);
    const key = Buffer.from(values.buffer).toString('latin1');
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, firsts.length);
    firsts.push(row);
    return firsts.length - 1;
  });
  return { distinct: selectRows(matrix, firsts), place };
}
