import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binSymbols, effortToCompress } from '../../src/causality/effortToCompress';
import { readOracle } from '../chaos/oracle';
import { awkwardSeries, uniforms } from '../chaos/series';

interface Case {
  readonly symbols?: number[];
  readonly n: number;
  readonly bins: number;
  readonly seed: number;
  readonly seed2: number;
  readonly ETC1D: number;
  readonly NETC1D: number;
  readonly ETC2D?: number;
  readonly NETC2D: number;
}

const { etc } = readOracle<{ etc: Case[] }>('etc_ccc_etcpy');

/** Random symbols 1..bins, as in the reference file. */
function symbolsOf(length: number, bins: number, seed: number): number[] {
  const uniform = uniforms(seed);
  return Array.from({ length }, () => 1 + Math.floor(uniform() * bins));
}

/** By the definition: pairs as text, all of them counted anew at each step. */
function naiveSteps(symbols: readonly (number | string)[]): number {
  let left = symbols.map(String);
  let steps = 0;
  while (new Set(left).size > 1) {
    const counts = new Map<string, number>();
    for (let i = 0; i + 1 < left.length; i++) {
      const pair = `${left[i]},${left[i + 1]}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
      if (left[i] === left[i + 1] && left[i + 2] === left[i]) i++;
    }
    const most = Math.max(...counts.values());
    const [chosen] = [...counts].find(([, count]) => count === most)!;
    const next: string[] = [];
    for (let i = 0; i < left.length; i++) {
      const isPair = `${left[i]},${left[i + 1]}` === chosen;
      next.push(isPair ? `new${steps}` : left[i]);
      if (isPair) i++;
    }
    left = next;
    steps++;
  }
  return steps;
}

test('effort to compress equals ETCPy, alone and joint', () => {
  for (const { symbols, n, bins, seed, seed2, ETC1D, NETC1D, ETC2D, NETC2D } of etc) {
    const sequence = symbols ?? symbolsOf(n, bins, seed);
    const alone = effortToCompress(sequence);
    assert.equal(alone.steps, ETC1D);
    assert.equal(alone.normalised, NETC1D);
    if (ETC2D === undefined) continue;
    const joint = effortToCompress(sequence, { jointWith: symbolsOf(n, bins, seed2) });
    assert.equal(joint.steps, ETC2D);
    assert.equal(joint.normalised, NETC2D);
  }
  assert.equal(etc.length, 7);
});

test('effort to compress equals a naive count on short and long sequences', () => {
  for (let seed = 0; seed < 300; seed++) {
    const length = seed % 40;
    const symbols = symbolsOf(length, 1 + (seed % 5), seed);
    assert.equal(effortToCompress(symbols).steps, naiveSteps(symbols), `seed ${seed}`);
    const other = symbolsOf(length, 2, seed + 1000);
    const pairs = symbols.map((symbol, i) => `${symbol}|${other[i]}`);
    assert.equal(effortToCompress(symbols, { jointWith: other }).steps, naiveSteps(pairs), `seed ${seed}`);
  }
  const long = symbolsOf(2000, 3, 9);
  assert.equal(effortToCompress(long).steps, naiveSteps(long));
});

test('a constant costs nothing, a period little, distinct symbols everything', () => {
  const indices = Array.from({ length: 64 }, (_, t) => t);
  assert.equal(effortToCompress(indices.map(() => 7)).steps, 0);
  assert.equal(effortToCompress(indices.map(t => t % 2)).steps, 1);
  assert.equal(effortToCompress(indices.map(t => t % 4)).steps, 3);
  assert.equal(effortToCompress(indices).normalised, 1);
});

test('names of symbols do not matter', () => {
  const symbols = symbolsOf(200, 3, 5);
  const { steps } = effortToCompress(symbols);
  assert.equal(effortToCompress(symbols.map(symbol => [0, 0.5, -1e300, 4][symbol])).steps, steps);
});

test('bins have equal width whatever the offset and range, and hold the largest value', () => {
  const ramp = Float64Array.from({ length: 8 }, (_, t) => t);
  assert.deepEqual([...binSymbols(ramp, 4)], [0, 0, 1, 1, 2, 2, 3, 3]);
  for (const [scale, offset] of [
    [1e-6, 0],
    [1e-300, 0],
    [2 ** -20, 1000],
    [1e306, -4e306],
  ]) {
    const moved = ramp.map(value => value * scale + offset);
    assert.deepEqual([...binSymbols(moved, 4)], [0, 0, 1, 1, 2, 2, 3, 3], `${scale}`);
  }
  const largest = Float64Array.of(-Number.MAX_VALUE, 0, Number.MAX_VALUE);
  assert.deepEqual([...binSymbols(largest, 2)], [0, 1, 1]);
  assert.equal(
    effortToCompress([0.1, 0.9, 0.2, 0.8], { bins: 2 }).steps,
    effortToCompress([0, 1, 0, 1]).steps,
  );
});

test('no sequence makes effortToCompress throw or hang', () => {
  for (const [name, series] of awkwardSeries()) {
    for (const options of [{}, { bins: 3 }, { jointWith: series.map(value => -value) }]) {
      const { status, steps, normalised, length } = effortToCompress(Object.freeze(series), options);
      if (status === 'missing') assert.ok(Number.isNaN(steps), name);
      else assert.ok(steps >= 0 && steps <= Math.max(0, length - 1), name);
      assert.equal(Number.isNaN(normalised), status === 'missing' || status === 'too-short');
      if (status === 'constant') assert.equal(steps, 0);
    }
  }
});

test('wrong shapes and options throw', () => {
  assert.throws(() => effortToCompress('aab' as never), TypeError);
  assert.throws(() => effortToCompress([1, 2], { jointWith: [1] }), /2 and 1 symbols came/);
  for (const bins of [1, 2.5, 1001]) assert.throws(() => effortToCompress([1, 2], { bins }), RangeError);
});
