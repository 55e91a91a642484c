/** The last iterates of all weights, as many as a window has. */
export interface IterateRing {
  /** Iterates held, the newest last, at most the length of a window. */
  readonly held: number;
  push(weights: Float64Array): void;
  /** The newest iterates as series, weights x count, into `out`. */
  series(count: number, out: Float64Array): void;
  /** The newest iterates one after another, count x weights. */
  newest(count: number): Float64Array;
}

/** Weights whose series are written side by side: one by one, each value would cost a line of the processor's cache. */
const BLOCK = 64;

/** @param weights leading numbers of each pushed vector that are kept */
export function createIterateRing(window: number, weights: number): IterateRing {
  const iterates = new Float64Array(window * weights); // window x weights
  let pushed = 0;
  const lineOf = (age: number): number => ((pushed - 1 - age) % window) * weights;
  return {
    get held() {
      return Math.min(pushed, window);
    },
    push(vector) {
      iterates.set(vector.subarray(0, weights), (pushed % window) * weights);
      pushed++;
    },
    series(count, out) {
      for (let first = 0; first < weights; first += BLOCK) {
        const end = Math.min(weights, first + BLOCK);
        for (let t = 0; t < count; t++) {
          const line = lineOf(count - 1 - t);
          for (let w = first; w < end; w++) out[w * count + t] = iterates[line + w];
        }
      }
    },
    newest(count) {
      const copy = new Float64Array(count * weights);
      for (let t = 0; t < count; t++) {
        const line = lineOf(count - 1 - t);
        copy.set(iterates.subarray(line, line + weights), t * weights);
      }
      return copy;
    },
  };
}
