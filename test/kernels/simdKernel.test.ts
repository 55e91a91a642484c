import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDivergence, type Embedding } from '../../src/chaos/divergence';
import { createSimdKernel } from '../../src/kernels/simdKernel';
import { readOracle } from '../chaos/oracle';
import { awkwardSeries, henon, logistic, normals, uniforms } from '../chaos/series';

/** S(k) and counts of both kernels agree: the same neighbours, and only rounding between the sums of logarithms. */
function assertTwins(series: Float64Array, embedding: Embedding, title: string): void {
  const twin = createDivergence(series.length, embedding, 'twin');
  const simd = createDivergence(series.length, embedding, 'simd');
  assert.equal(simd.run(series, 0), twin.run(series, 0), title);
  assert.deepEqual(simd.counts, twin.counts, title);
  for (let k = 0; k <= embedding.steps; k++) {
    const isNear = Math.abs(simd.curve[k] - twin.curve[k]) <= 1e-12;
    assert.ok(isNear || Object.is(simd.curve[k], twin.curve[k]), `${title}, k = ${k}: ${simd.curve[k]}`);
  }
}

const embeddings: readonly Embedding[] = [
  { dimension: 2, delay: 1, theiler: 0, steps: 10, references: 'tisean' },
  { dimension: 2, delay: 3, theiler: 1, steps: 1, references: 'all-references' },
  { dimension: 3, delay: 1, theiler: 10, steps: 10, references: 'tisean' },
  { dimension: 4, delay: 2, theiler: 7, steps: 5, references: 'all-references' },
  { dimension: 10, delay: 1, theiler: 3, steps: 20, references: 'tisean' },
];

test('the SIMD kernel equals its twin within 1e-12 on every series and setting of the reference file', () => {
  interface Case {
    readonly series: string;
    readonly m: number;
    readonly delay: number;
    readonly theiler: number;
    readonly steps: number;
  }
  const { series, cases } = readOracle<{
    series: Record<string, { n: number; values?: number[] }>;
    cases: Case[];
  }>('rosenstein_tisean');
  const generated: Record<string, Float64Array> = {
    logistic4_2000: logistic(2000, 0.1),
    henon_2000: henon(2000),
  };
  let compared = 0;
  for (const { series: name, m, delay, theiler, steps } of cases) {
    const values = generated[name] ?? Float64Array.from(series[name].values ?? []);
    if (values.length === 0 || m < 2) continue;
    for (const references of ['tisean', 'all-references'] as const) {
      const embedding = { dimension: m, delay, theiler, steps, references };
      assertTwins(values, embedding, `${name} ${JSON.stringify(embedding)}`);
      compared++;
    }
  }
  assert.ok(compared >= 140, `${compared}`);
});

test('the SIMD kernel equals its twin on 500 random series, ties, duplicates and every length included', () => {
  const uniform = uniforms(23);
  const noise = normals(24);
  for (let repeat = 0; repeat < 500; repeat++) {
    const length = 20 + Math.floor((repeat % 10 === 0 ? 600 : 180) * uniform());
    const levels = [0, 0, 5, 100, 1e6][repeat % 5];
    let x = 0;
    const series = new Float64Array(length).map(() => {
      x = repeat % 3 === 0 ? x + noise() : noise();
      return levels === 0 ? x : Math.round(x * levels) / levels;
    });
    if (repeat % 7 === 0) series.fill(series[3], Math.floor(length / 2));
    if (repeat % 11 === 0) series.set(new Float32Array(series));
    assertTwins(series, embeddings[repeat % embeddings.length], `repeat ${repeat}`);
  }
});

test('the SIMD kernel equals its twin on awkward series', () => {
  for (const [name, series] of awkwardSeries()) {
    for (const embedding of embeddings) assertTwins(Float64Array.from(series), embedding, name);
  }
});

test('the SIMD kernel equals its twin up to 2047 values and leaves longer series to it', () => {
  const noise = normals(25);
  const series = new Float64Array(2048).map(noise);
  for (const length of [2046, 2047]) {
    for (const embedding of embeddings) assertTwins(series.slice(0, length), embedding, `${length}`);
  }
  const shape = { vectors: 2037, references: 2037, dimension: 2, delay: 1, theiler: 0, steps: 10 };
  assert.equal(createSimdKernel({ ...shape, length: 2048 }), null);
  assert.throws(() => createDivergence(2048, embeddings[0], 'simd'), /Cannot use the SIMD kernel/);
});

test('two distances that differ beyond their 40th bit are told apart as the twin does', () => {
  // References 0 and 1 lie at 0; candidates at 0.5 and a hair nearer, in both orders.
  for (const hair of [2 ** -44, 2 ** -50, -(2 ** -44), -(2 ** -50)]) {
    const uniform = uniforms(3);
    const series = new Float64Array(60).map(uniform);
    series.set([0, 0, 0.9], 0);
    series.set([0.01, 0.01, 0.3], 20);
    series.set([0.01 * (1 + hair), 0.01, 0.7], 40);
    assertTwins(series, { ...embeddings[0], steps: 1 }, `${hair}`);
  }
});

test('kernels made one after the other do not disturb each other', () => {
  const short = createDivergence(150, embeddings[0], 'simd');
  const long = createDivergence(400, embeddings[2], 'simd');
  const series = logistic(400, 0.1);
  short.run(series, 0);
  const before = [...short.curve];
  long.run(series, 0);
  assert.deepEqual([...short.curve], before);
  short.run(series, 0);
  assert.deepEqual([...short.curve], before);
});
