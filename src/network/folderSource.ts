import type { ZarrLayout } from '../data/zarrLayout';
import { type ZarrChunk, type ZarrReader, zarrReader } from '../data/zarrReader';
import { type FolderShape, fixedArrays, growingArrays } from './folderLayout';
import type { IterateSource } from './iterateSink';
import type { RecordingStore } from './recording';

/** Chunks that are read and decoded at a time. */
const AT_ONCE = 4;

/** Reads the iterates of a recording on disk; in memory are what is asked for and a few chunks. */
export async function folderSource(
  folder: string,
  shape: FolderShape,
  iterates: number,
  status: RecordingStore['status'],
): Promise<IterateSource> {
  const { weights, others, rows, isPair } = shape;
  const tables = new Map<string, Table>();
  for (const layout of growingArrays(shape, iterates)) {
    tables.set(layout.name, { layout, read: await zarrReader(folder, layout) });
  }
  const tableOf = (name: string): Table => tables.get(name) as Table;
  return {
    iterates,
    store: { folder, status },
    async series(start, length, series) {
      await eachChunk(
        tableOf(isPair ? 'difference' : 'weights'),
        start,
        length,
        (chunk, row, first, count) => {
          const { data, stride } = chunk;
          const from = Math.max(start, row * rows);
          const to = Math.min(start + length, (row + 1) * rows);
          for (let c = 0; c < count; c++) {
            const at = (first + c) * length - start;
            const column = c * stride[1] - row * rows * stride[0];
            for (let t = from; t < to; t++) series[at + t] = data[column + t * stride[0]];
          }
        },
      );
    },
    async parameters(iterate) {
      const parameters = new Float64Array(weights + others);
      for (const [name, begin] of [
        ['weights', 0],
        ['others', weights],
      ] as const) {
        if (name === 'others' && others === 0) continue;
        await eachChunk(tableOf(name), iterate, 1, ({ data, stride }, row, first, count) => {
          const at = (iterate - row * rows) * stride[0];
          for (let c = 0; c < count; c++) parameters[begin + first + c] = data[at + c * stride[1]];
        });
      }
      return parameters;
    },
  };
}

/** The numbers of an array of one axis. */
export async function readVector(folder: string, layout: ZarrLayout): Promise<Float64Array> {
  const read = await zarrReader(folder, layout);
  const [length] = layout.shape;
  const [each] = layout.chunk;
  // Held until all are there: a damaged length must not take memory that no file answers for.
  const parts: ZarrChunk[] = [];
  for (let chunk = 0; chunk * each < length; chunk++) parts.push(await read([chunk]));
  const values = new Float64Array(length);
  parts.forEach(({ data }, chunk) => {
    values.set(data.subarray(0, length - chunk * each), chunk * each);
  });
  return values;
}

/** Numbers that were written once: `initial`, `final`, `mask`. */
export function readFixed(
  folder: string,
  shape: FolderShape,
  name: 'initial' | 'final' | 'mask',
): Promise<Float64Array> {
  const layout = fixedArrays(shape, true).find(each => each.name === name);
  return readVector(folder, layout as ZarrLayout);
}

interface Table {
  readonly layout: ZarrLayout;
  readonly read: ZarrReader;
}

/** Calls `use` for every chunk that holds iterates start … start + length - 1, in no fixed order. */
async function eachChunk(
  { layout, read }: Table,
  start: number,
  length: number,
  use: (chunk: ZarrChunk, row: number, firstColumn: number, columns: number) => void,
): Promise<void> {
  const [, width] = layout.shape;
  const [rows, columns] = layout.chunk;
  const across = Math.ceil(width / columns);
  const firstRow = Math.floor(start / rows);
  const count = across * (Math.floor((start + length - 1) / rows) + 1 - firstRow);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const place = next++;
      const [row, column] = [firstRow + Math.floor(place / across), place % across];
      const first = column * columns;
      use(await read([row, column]), row, first, Math.min(columns, width - first));
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, work));
}
