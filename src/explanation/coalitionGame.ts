import type { LongRun, Progress } from '../core/longRun';
import type { Background } from './background';
import type { Evaluate } from './explainedModel';
import type { RowMatrix } from './explainedRows';

/** Scale on which Shapley values add up: the model's outputs, or the log odds of outputs that are probabilities. */
export type Link = 'identity' | 'logit';

/** A model asked for coalitions of features: present ones from a row, absent ones from the background, outputs averaged. */
export interface CoalitionGame {
  readonly evaluate: Evaluate;
  readonly rows: RowMatrix;
  readonly background: Background;
  readonly outputs: number;
  readonly link: Link;
  readonly run: LongRun;
  /** Counts model rows; called after each batch. */
  readonly advance: (modelRows: number) => Progress;
}

/** Numbers in one batch of model inputs: 8 MB. */
const BATCH_NUMBERS = 1 << 20;

/**
 * Values of coalitions of one row on the scale of the link, count x outputs.
 *
 * @param players features of the players that vary
 * @param coalitions count x players, row-major: 1 present, 0 absent
 */
export async function coalitionValues(
  game: CoalitionGame,
  row: number,
  players: readonly Int32Array[],
  coalitions: Uint8Array,
  count: number,
): Promise<Float64Array> {
  const { evaluate, rows, background, outputs, run, advance } = game;
  const { features } = background;
  const total = count * background.rows;
  const size = Math.max(1, Math.min(total, Math.floor(BATCH_NUMBERS / features)));
  const batch = new Float64Array(size * features);
  const values = new Float64Array(count * outputs);
  for (let first = 0; first < total; first += size) {
    const n = Math.min(size, total - first);
    for (let k = 0; k < n; k++) {
      const coalition = Math.floor((first + k) / background.rows);
      const from = ((first + k) % background.rows) * features;
      batch.set(background.inputs.subarray(from, from + features), k * features);
      players.forEach((columns, p) => {
        if (coalitions[coalition * players.length + p] === 0) return;
        for (const i of columns) batch[k * features + i] = rows.inputs[row * features + i];
      });
    }
    const answer = await evaluate(n === size ? batch : batch.slice(0, n * features), n);
    checkAnswer(answer, n, outputs);
    for (let k = 0; k < n; k++) {
      const coalition = Math.floor((first + k) / background.rows);
      const weight = background.weights[(first + k) % background.rows];
      for (let o = 0; o < outputs; o++) values[coalition * outputs + o] += weight * answer[k * outputs + o];
    }
    const progress = advance(n);
    if (run.isDue) await run.pause(progress);
  }
  return linked(values, game.link);
}

/** @throws TypeError when the model answers with another number of outputs than before */
export function checkAnswer(answer: ArrayLike<number>, rows: number, outputs: number): void {
  if (answer?.length !== rows * outputs) {
    throw new TypeError(
      `Cannot explain the model: it must answer ${rows} rows with ${rows} x ${outputs} numbers, ${answer?.length} came`,
    );
  }
}

/** Probabilities closer to 0 or 1 than this have the log odds of this. */
const LEAST_PROBABILITY = 1e-15;

/** Puts values on the scale of the link, in place; NaN for the log odds of what is no probability. */
export function linked(values: Float64Array, link: Link): Float64Array {
  if (link === 'identity') return values;
  for (let i = 0; i < values.length; i++) {
    const p = values[i];
    const clipped = Math.min(Math.max(p, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY);
    values[i] = p >= -1e-9 && p <= 1 + 1e-9 ? Math.log(clipped / (1 - clipped)) : Number.NaN;
  }
  return values;
}
