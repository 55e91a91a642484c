import { type Random, shuffleInPlace } from '../statistics/random';

/** Coalitions to ask a model for, and how much each counts in the regression. */
export interface CoalitionPlan {
  readonly players: number;
  readonly count: number;
  /** count x players, row-major: 1 present, 0 absent. Sampled ones follow those that are there with certainty. */
  readonly coalitions: Uint8Array;
  readonly weights: Float64Array;
  /** Number of coalitions that are there with certainty. */
  readonly certain: number;
  /** Of each coalition, the draw it came from: a coalition and its complement share one. -1 for certain ones. */
  readonly draws: Int32Array;
  /** Of each draw, the probability that it was not to be drawn: what its chance adds to the variance. */
  readonly spare: Float64Array;
}

/** Fills a plan coalition by coalition. */
export class PlanBuilder {
  readonly #players: number;
  readonly #coalitions: Uint8Array[] = [];
  readonly #weights: number[] = [];
  readonly #draws: number[] = [];
  readonly #spare: number[] = [];
  #certain = 0;

  constructor(players: number) {
    this.#players = players;
  }

  get count(): number {
    return this.#coalitions.length;
  }

  addCertain(coalition: Uint8Array, weight: number): void {
    this.#add(coalition, weight, -1);
    this.#certain++;
  }

  /** A new draw; the coalitions that it brings are added by `addDrawn`. */
  startDraw(spare: number): void {
    this.#spare.push(spare);
  }

  addDrawn(coalition: Uint8Array, weight: number): void {
    this.#add(coalition, weight, this.#spare.length - 1);
  }

  addWeight(index: number, weight: number): void {
    this.#weights[index] += weight;
  }

  build(): CoalitionPlan {
    const coalitions = new Uint8Array(this.count * this.#players);
    this.#coalitions.forEach((coalition, k) => {
      coalitions.set(coalition, k * this.#players);
    });
    return {
      players: this.#players,
      count: this.count,
      coalitions,
      weights: Float64Array.from(this.#weights),
      certain: this.#certain,
      draws: Int32Array.from(this.#draws),
      spare: Float64Array.from(this.#spare),
    };
  }

  #add(coalition: Uint8Array, weight: number, draw: number): void {
    this.#coalitions.push(coalition);
    this.#weights.push(weight);
    this.#draws.push(draw);
  }
}

export function complement(coalition: Uint8Array): Uint8Array {
  return coalition.map(present => 1 - present);
}

/** All coalitions of one size in lexicographic order of their members, as Python's itertools.combinations. */
export function* coalitionsOfSize(players: number, size: number): Generator<Uint8Array> {
  const members = Array.from({ length: size }, (_, i) => i);
  for (;;) {
    const coalition = new Uint8Array(players);
    for (const member of members) coalition[member] = 1;
    yield coalition;
    let i = size - 1;
    while (i >= 0 && members[i] === players - size + i) i--;
    if (i < 0) return;
    members[i]++;
    for (let j = i + 1; j < size; j++) members[j] = members[j - 1] + 1;
  }
}

/** A coalition of this size, every one equally likely. */
export function drawCoalition(players: number, size: number, random: Random): Uint8Array {
  const order = shuffleInPlace(
    Int32Array.from({ length: players }, (_, i) => i),
    random,
  );
  const coalition = new Uint8Array(players);
  for (let i = 0; i < size; i++) coalition[order[i]] = 1;
  return coalition;
}

/** Number of coalitions of one size; Infinity where that is too much for a number. */
export function choose(players: number, size: number): number {
  let count = 1;
  for (let i = 1; i <= Math.min(size, players - size); i++) {
    count = Math.round((count * (players - i + 1)) / i);
  }
  return count;
}
