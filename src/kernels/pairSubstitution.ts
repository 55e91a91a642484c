/** Counts of pairs of symbols, in a hash table that a new stamp empties. */
export interface PairTable {
  /** Per slot: the pair, how often it was seen, and in which pass. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly counts: Int32Array;
  readonly stamps: Int32Array;
  /** Slots in the order in which their pairs were first seen. */
  readonly seen: Int32Array;
  /** Passes so far. */
  stamp: number;
}

/** A table for sequences of up to `length` symbols. */
export function createPairTable(length: number): PairTable {
  let slots = 16;
  while (slots < 4 * length) slots *= 2;
  return {
    first: new Int32Array(slots),
    second: new Int32Array(slots),
    counts: new Int32Array(slots),
    stamps: new Int32Array(slots),
    seen: new Int32Array(length),
    stamp: 0,
  };
}

/**
 * Effort to compress: the number of steps until symbols[0 .. length - 1] are all equal or one is left, where each step
 * replaces the most frequent pair of neighbours, from left to right, by a new symbol. Of equally frequent pairs the one
 * seen first is taken; in a run of equal symbols a pair counts once per two (aaa holds one aa). Overwrites `symbols`.
 *
 * @param symbols below `fresh` and not negative
 * @param fresh the first symbol not in use
 */
export function substitutionSteps(
  symbols: Int32Array,
  length: number,
  fresh: number,
  table: PairTable,
): number {
  let steps = 0;
  let left = length;
  let symbol = fresh;
  while (!isConstant(symbols, left)) {
    const slot = mostFrequentPair(symbols, left, table);
    // No pair twice: from here on every step shortens the sequence by one, down to one symbol.
    if (table.counts[slot] === 1) return steps + left - 1;
    left = replacePair(symbols, left, table.first[slot], table.second[slot], symbol);
    symbol++;
    steps++;
  }
  return steps;
}

function isConstant(symbols: Int32Array, length: number): boolean {
  for (let i = 1; i < length; i++) if (symbols[i] !== symbols[0]) return false;
  return true;
}

function mostFrequentPair(symbols: Int32Array, length: number, table: PairTable): number {
  const { first, second, counts, stamps, seen } = table;
  const stamp = ++table.stamp;
  const last = counts.length - 1;
  let pairs = 0;
  let i = 0;
  while (i < length - 1) {
    const a = symbols[i];
    const b = symbols[i + 1];
    let slot = hash(a, b) & last;
    while (stamps[slot] === stamp && (first[slot] !== a || second[slot] !== b)) slot = (slot + 1) & last;
    if (stamps[slot] === stamp) counts[slot]++;
    else {
      stamps[slot] = stamp;
      first[slot] = a;
      second[slot] = b;
      counts[slot] = 1;
      seen[pairs++] = slot;
    }
    // The pair that overlaps an equal pair is not counted: aaa.
    i += a === b && i + 2 < length && symbols[i + 2] === a ? 2 : 1;
  }
  let best = seen[0];
  for (let p = 1; p < pairs; p++) if (counts[seen[p]] > counts[best]) best = seen[p];
  return best;
}

function hash(a: number, b: number): number {
  const mixed = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** Returns the new length. */
function replacePair(symbols: Int32Array, length: number, a: number, b: number, by: number): number {
  let to = 0;
  let i = 0;
  while (i < length) {
    const isPair = i + 1 < length && symbols[i] === a && symbols[i + 1] === b;
    symbols[to++] = isPair ? by : symbols[i];
    i += isPair ? 2 : 1;
  }
  return to;
}
