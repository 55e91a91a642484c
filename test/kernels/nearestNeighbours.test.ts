import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createNeighbourBuffers,
  nearestNeighbours,
  ONLY_DUPLICATES,
  OUT_OF_REACH,
} from '../../src/kernels/nearestNeighbours';
import { uniforms } from '../chaos/series';

/** The same rules by comparing every pair. */
function naiveNeighbours(
  y: Float64Array,
  vectors: number,
  references: number,
  dimension: number,
  delay: number,
  theiler: number,
  reach: number,
  duplicateReach: number,
): number[] {
  return Array.from({ length: references }, (_, i) => {
    let best = reach;
    let nearest = -1;
    let duplicate = false;
    for (let j = 0; j < vectors; j++) {
      if (Math.abs(i - j) <= theiler) continue;
      let q = 0;
      for (let c = 0; c < dimension; c++) q += (y[j + c * delay] - y[i + c * delay]) ** 2;
      if (q === 0) duplicate = true;
      else if (q < best) {
        best = q;
        nearest = j;
      }
    }
    if (duplicate && (nearest < 0 || best > duplicateReach)) return ONLY_DUPLICATES;
    return nearest < 0 ? OUT_OF_REACH : nearest;
  });
}

test('the sorted sweep finds the neighbours of the naive search, ties and duplicates included', () => {
  const uniform = uniforms(17);
  for (let repeat = 0; repeat < 300; repeat++) {
    const levels = [4, 20, 1e6][repeat % 3];
    const dimension = 1 + (repeat % 4);
    const delay = 1 + (repeat % 3);
    const theiler = [0, 1, 7][Math.floor(repeat / 3) % 3];
    const length = 20 + Math.floor(60 * uniform());
    const y = Float64Array.from({ length }, () => Math.round(levels * uniform() ** 3) / levels);
    const vectors = length - (dimension - 1) * delay;
    const references = vectors - (repeat % 2) * theiler;
    const reach = repeat % 5 === 0 ? 0.01 : 1;
    const duplicateReach = repeat % 7 === 0 ? Number.POSITIVE_INFINITY : 1e-6;
    const neighbours = new Int32Array(vectors);
    const outOfReach = nearestNeighbours(
      y,
      vectors,
      references,
      dimension,
      delay,
      theiler,
      reach,
      duplicateReach,
      createNeighbourBuffers(vectors),
      neighbours,
    );
    const expected = naiveNeighbours(
      y,
      vectors,
      references,
      dimension,
      delay,
      theiler,
      reach,
      duplicateReach,
    );
    assert.deepEqual([...neighbours.subarray(0, references)], expected, `repeat ${repeat}`);
    assert.equal(outOfReach, expected.filter(j => j === OUT_OF_REACH).length);
  }
});
