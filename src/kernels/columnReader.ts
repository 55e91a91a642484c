/** Columns copied at a time: one by one, each value would cost a line of the processor's cache. */
const BLOCK = 64;

/**
 * Reads columns of a matrix, such as the series of one weight after another; cheap in ascending order.
 *
 * @param values rows x columns, row-major
 * @returns a function that gives column c, length rows, in a buffer that later calls overwrite
 */
export function createColumnReader(
  values: Float64Array,
  rows: number,
  columns: number,
): (c: number) => Float64Array {
  const block = new Float64Array(BLOCK * rows); // BLOCK x rows
  const series = Array.from({ length: BLOCK }, (_, i) => block.subarray(i * rows, (i + 1) * rows));
  let first = -BLOCK;
  return c => {
    if (c < first || c >= first + BLOCK) {
      first = c - (c % BLOCK);
      const count = Math.min(BLOCK, columns - first);
      for (let r = 0; r < rows; r++) {
        const from = r * columns + first;
        for (let i = 0; i < count; i++) block[i * rows + r] = values[from + i];
      }
    }
    return series[c - first];
  };
}
