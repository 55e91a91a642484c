import { createCoalitionKernel } from '../kernels/coalitionValues';
import { shapleySum } from '../kernels/shapleySum';
import type { Network } from '../network/network';
import { flattenParameters } from '../network/parameters';
import { networkWorkspace } from '../network/predict';
import { type CoalitionGame, coalitionValues, linked } from './coalitionGame';

/** Shapley values of one row from all coalitions of the players given, players x outputs. */
export type ExactRow = (row: number, players: readonly Int32Array[]) => Promise<Float64Array>;

/** Coalitions that one uninterrupted stretch of work may hold. */
const STRETCH = 4096;

/** Exact values of a dense network, by the kernel that tables its first layer. */
export function exactOfNetwork(network: Network, game: CoalitionGame, mostPlayers: number): ExactRow {
  const { rows, background, outputs, link, run, advance } = game;
  const kernel = createCoalitionKernel(networkWorkspace(network), flattenParameters(network), mostPlayers);
  return async (row, players) => {
    const coalitions = 2 ** players.length;
    const values = new Float64Array(coalitions * outputs);
    for (let b = 0; b < background.rows; b++) {
      const blocks = kernel.prepare(rows.inputs, row, background.inputs, b, players);
      const step = Math.max(1, Math.floor((STRETCH * blocks) / coalitions));
      for (let from = 0; from < blocks; from += step) {
        const to = Math.min(from + step, blocks);
        kernel.add(from, to, background.weights[b], values);
        const progress = advance(((to - from) * coalitions) / blocks);
        if (run.isDue) await run.pause(progress);
      }
    }
    kernel.finish(values);
    return shapleySum(linked(values, link), players.length, outputs);
  };
}

/** Exact values of any model: every coalition is made and the model asked. */
export function exactOfModel(game: CoalitionGame): ExactRow {
  return async (row, players) => {
    const count = 2 ** players.length;
    const coalitions = Uint8Array.from({ length: count * players.length }, (_, k) => {
      const p = k % players.length;
      return (((k - p) / players.length) >> p) & 1;
    });
    const values = await coalitionValues(game, row, players, coalitions, count);
    return shapleySum(values, players.length, game.outputs);
  };
}
