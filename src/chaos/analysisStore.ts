import type { Checkpoint } from '../network/checkpoint';
import { type ResumePoint, resumePoint, resumeRecord } from '../network/resumePoint';

/** Where an interrupted analysis goes on. */
export interface SavedAnalysis {
  readonly point: ResumePoint;
  /** Iterates of the unfinished window up to that of `point`, iterates x weights. */
  readonly tail: Float64Array;
}

/** Exponents and targets so far, and their copy on disk where there is one. */
export interface AnalysisStore {
  readonly isKept: boolean;
  /** Windows that are safe: loaded or saved. */
  readonly windows: number;
  /** windows x weights. */
  readonly values: Float64Array;
  readonly status: Uint8Array;
  /** One a window. */
  readonly target: Float64Array;
  windowAt(window: number): { values: Float64Array; status: Uint8Array };
  /** Reads what was saved into the arrays; null when that is nothing. */
  load(): Promise<SavedAnalysis | null>;
  /** Saves all windows before `windows`; whoever dies in between loses them, but nothing of the earlier ones. */
  save(windows: number, point: ResumePoint, tail: Float64Array): Promise<void>;
}

const STATE = 'training';

export function analysisStore(
  checkpoint: Checkpoint | null,
  windows: number,
  weights: number,
): AnalysisStore {
  const values = new Float64Array(windows * weights);
  const status = new Uint8Array(windows * weights);
  const target = new Float64Array(windows);
  // Each saving writes the new windows as a file of their own; the state, replaced last, says which files count.
  const borders: number[] = [0];
  const chunkName = (from: number, to: number): string => `windows-${from}-${to - 1}`;
  return {
    isKept: checkpoint !== null,
    get windows() {
      return borders[borders.length - 1];
    },
    values,
    status,
    target,
    windowAt: window => ({
      values: values.subarray(window * weights, (window + 1) * weights),
      status: status.subarray(window * weights, (window + 1) * weights),
    }),
    async load() {
      const state = await checkpoint?.read(STATE);
      if (state === null || state === undefined) return null;
      const { borders: saved } = state.values as { borders: number[] };
      for (let c = 1; c < saved.length; c++) {
        const [from, to] = [saved[c - 1], saved[c]];
        const chunk = await checkpoint!.read(chunkName(from, to));
        if (chunk === null) {
          throw new Error(
            `Cannot go on from the checkpoint: its file ${chunkName(from, to)}.checkpoint is missing. Restore it, or delete ` +
              'the folder to start this part of the run again',
          );
        }
        values.set(chunk.arrays.values as Float64Array, from * weights);
        status.set(chunk.arrays.status as Uint8Array, from * weights);
        borders.push(to);
      }
      target.set(state.arrays.target as Float64Array);
      return { point: resumePoint(state), tail: state.arrays.tail as Float64Array };
    },
    async save(end, point, tail) {
      const from = borders[borders.length - 1];
      if (end > from) {
        await checkpoint!.write(chunkName(from, end), {
          values: { from, end },
          arrays: {
            values: values.subarray(from * weights, end * weights),
            status: status.subarray(from * weights, end * weights),
          },
        });
      }
      const { values: position, arrays } = resumeRecord(point);
      const after = end > from ? [...borders, end] : borders;
      await checkpoint!.write(STATE, {
        values: { ...(position as object), borders: after },
        arrays: { ...arrays, tail, target: target.slice(0, end) },
      });
      if (end > from) borders.push(end);
    },
  };
}
