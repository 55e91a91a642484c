import { requireWhole } from '../core/require';
import { randomStream } from '../statistics/random';
import type { ShapleyMethod } from './shapleyValues';

/** Players explained exactly by default, and on request. */
const EXACT_PLAYERS = 12;
export const MOST_EXACT_PLAYERS = 16;

/** Whether the samples suffice for every coalition, so that none need be drawn. */
export function isComplete(players: number, samples: number): boolean {
  return players <= MOST_EXACT_PLAYERS && samples >= 2 ** players - 2;
}

/** @throws RangeError for method `exact` with too many players */
export function chooseMethod(
  asked: ShapleyMethod | 'auto',
  players: number,
  samples: number,
  task: string,
): ShapleyMethod {
  if (asked === 'exact' && players > MOST_EXACT_PLAYERS) {
    throw new RangeError(
      `Cannot ${task} exactly for ${players} players: 2^${players} coalitions a row are too many, at most ` +
        `${MOST_EXACT_PLAYERS} players are possible; put features into groups or let coalitions be drawn`,
    );
  }
  if (asked !== 'auto') return asked;
  if (players <= EXACT_PLAYERS) return 'exact';
  return samples < 3 * players ? 'permutation' : 'leverage';
}

/** @throws RangeError for too few samples, TypeError when coalitions must be drawn without a seed */
export function checkSamples(
  method: ShapleyMethod,
  players: number,
  samples: number,
  seed: number | undefined,
  task: string,
): void {
  requireWhole(samples, 1, 'samples', task);
  if (method === 'exact' || isComplete(players, samples)) return;
  const least = { leverage: 3 * players, permutation: 2 * (players - 1), kernel: 2 * players, exact: 0 };
  if (samples < least[method]) {
    throw new RangeError(
      `Cannot ${task} by method ${method}: ${players} players need at least ${least[method]} samples, got ${samples}`,
    );
  }
  if (seed === undefined) {
    throw new TypeError(
      `Cannot ${task} by method ${method}: drawing coalitions needs a seed, undefined came`,
    );
  }
  randomStream(seed, 'coalitions');
}

/** Coalitions between none and all that a method asks of a row. */
export function asksOf(method: ShapleyMethod, players: number, samples: number): number {
  if (method === 'exact' || isComplete(players, samples)) return 2 ** players - 2;
  return method === 'permutation'
    ? Math.floor(samples / (2 * (players - 1))) * 2 * (players - 1)
    : 2 * Math.floor(samples / 2);
}
