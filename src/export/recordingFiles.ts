import { littleEndian, npyHeader } from '../data/writeNpy';
import type { Recording } from '../network/recording';
import type { ExportContext } from './exportContext';

/** Bytes of iterates read and written at once. */
const PIECE_BYTES = 16e6;

/** Everything of a recording but its kind, its place on this machine, and its series, which only its functions give. */
export function recordingFields({
  kind: _,
  readWindow: __,
  networkAt: ___,
  store: ____,
  ...fields
}: Recording): Omit<Recording, 'kind' | 'readWindow' | 'networkAt' | 'store'> {
  return fields;
}

/** Writes the series, iterates x weights, when that was asked for; they may be gigabytes. */
export async function writeSeries(
  { draft, run, recordings }: ExportContext,
  result: string,
  name: string,
  recording: Recording,
): Promise<void> {
  const { iterates, weights, content } = recording;
  if (!recordings) {
    const megabytes = (8e-6 * iterates * weights).toFixed(1);
    draft.leave(
      result,
      `series, ${iterates} x ${weights}, ${megabytes} MB`,
      'only on request: recordings: true',
    );
    return;
  }
  const path = draft.reserve(`results/${name}.series.npy`);
  const length = Math.max(1, Math.floor(PIECE_BYTES / (8 * weights)));
  async function* pieces(): AsyncIterable<Uint8Array> {
    yield npyHeader('<f8', [iterates, weights]);
    for (let start = 0; start < iterates; start += length) {
      await run.pause({ task: `Write ${result}`, done: start, total: iterates, unit: 'iterates' });
      const window = await recording.readWindow(start, Math.min(length, iterates - start));
      yield littleEndian(byIterate(window.series, weights, window.length));
    }
  }
  const what = content === 'difference' ? 'differences' : 'weights';
  await draft.writePieces(path, pieces(), {
    result,
    about: `recorded ${what} for NumPy, iterates x weights`,
  });
}

/** weights x length as length x weights. */
function byIterate(series: Float64Array, weights: number, length: number): Float64Array {
  const rows = new Float64Array(series.length);
  for (let k = 0; k < weights; k++) {
    for (let t = 0; t < length; t++) rows[t * weights + k] = series[k * length + t];
  }
  return rows;
}
