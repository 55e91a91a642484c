import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normal, randomStream, shuffleInPlace, xoshiro128 } from '../../src/statistics/random';

test('xoshiro128** gives the outputs of its authors from state 1, 2, 3, 4', () => {
  // xoshiro128starstar.c, version 1.1 (prng.di.unimi.it); the same list tests Rust's rand_xoshiro.
  const next = xoshiro128([1, 2, 3, 4]);
  assert.deepEqual(
    Array.from({ length: 10 }, next),
    [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804],
  );
});

test('xoshiro128** refuses a state that is all zero or not four words', () => {
  assert.throws(() => xoshiro128([0, 0, 0, 0]), RangeError);
  assert.throws(() => xoshiro128([1, 2, 3]), /four 32-bit words/);
});

test('a stream repeats itself for the same seed and name', () => {
  assert.equal(randomStream(42, 'split')(), 0.688963053923734); // pinned: saved results depend on it
  assert.deepEqual(draw(randomStream(7, 'a')), draw(randomStream('7', 'a')));
});

test('another seed or another name gives another stream', () => {
  const streams = [
    randomStream(1, 'a'),
    randomStream(2, 'a'),
    randomStream(1, 'b'),
    randomStream('1","a', ''),
  ];
  const firsts = streams.map(random => random());
  assert.equal(new Set(firsts).size, firsts.length);
});

test('streams of neighbouring seeds and names are uncorrelated', () => {
  const n = 20_000;
  for (const other of [randomStream(1, 'b'), randomStream(2, 'a')]) {
    const random = randomStream(1, 'a');
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (random() - 0.5) * (other() - 0.5);
    assert.ok(Math.abs((12 * sum) / n) < 4 / Math.sqrt(n)); // four standard errors of a correlation
  }
});

test('a stream is uniform in [0, 1): chi-square of 100 bins', () => {
  const random = randomStream(3, 'uniform');
  const counts = new Float64Array(100);
  for (let i = 0; i < 100_000; i++) counts[Math.floor(100 * random())]++;
  const chi2 = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  assert.ok(chi2 > 60 && chi2 < 150); // 0.001 and 0.999 quantiles of 99 degrees: 60.3 and 148.2
});

test('a double carries 53 bits', () => {
  const random = randomStream(4, 'bits');
  const odd = Array.from({ length: 1000 }, () => (random() * 2 ** 53) % 2).filter(bit => bit === 1).length;
  assert.ok(odd > 400 && odd < 600);
});

test('seeds and names of the wrong kind or value are refused', () => {
  assert.throws(() => randomStream(0.5, 'a'), RangeError);
  assert.throws(() => randomStream(null as never, 'a'), TypeError);
  assert.throws(() => randomStream(1, 2 as never), TypeError);
});

test('a shuffle makes every order of three equally often', () => {
  const random = randomStream(5, 'shuffle');
  const counts = new Map<string, number>();
  for (let i = 0; i < 60_000; i++) {
    const order = shuffleInPlace([0, 1, 2], random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 6);
  for (const count of counts.values()) assert.ok(Math.abs(count - 10_000) < 400); // four standard deviations: 365
});

test('normal numbers have the mean, spread and tails asked for', () => {
  const next = normal(randomStream(6, 'normal'), 3, 2);
  const n = 100_000;
  const values = Float64Array.from({ length: n }, next);
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n;
  const outside = values.filter(v => Math.abs(v - 3) > 2 * 1.959964).length / n;
  assert.ok(Math.abs(mean - 3) < 0.03);
  assert.ok(Math.abs(variance - 4) < 0.08);
  assert.ok(Math.abs(outside - 0.05) < 0.003);
  assert.throws(() => normal(Math.random, 0, -1), RangeError);
});

function draw(random: () => number): number[] {
  return Array.from({ length: 5 }, random);
}
