import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectBasis } from '../../src/kernels/grangerProjection';
import { createGrangerProjector, type GrangerBasis } from '../../src/kernels/grangerProjector';
import { normals } from '../chaos/series';

function basisOf(effect: Float64Array, lag: number): GrangerBasis {
  const rows = effect.length - lag;
  const vectors = new Float64Array((2 * lag + 1) * rows);
  const residual = new Float64Array(rows);
  return { lag, vectors, count: effectBasis(effect, lag, vectors, residual), residual };
}

test('the SIMD projector has the bits of its twin at every length and lag, one basis after another', () => {
  const noise = normals(51);
  for (const length of [12, 13, 50, 97, 166]) {
    const effect = new Float64Array(length).map(noise);
    const causes = Array.from({ length: 3 }, () => new Float64Array(length).map(noise));
    // Nearly dependent lags need a second projection.
    causes.push(causes[0].map((_, t) => t / length + 1e-6 * noise()));
    const lags = [1, 2, 3, 7, 20].filter(lag => 3 * lag + 1 < length);
    const pairs = lags.map(lag => {
      const basis = basisOf(effect, lag);
      return {
        lag,
        simd: createGrangerProjector(basis, 'simd'),
        twin: createGrangerProjector(basis, 'twin'),
      };
    });
    for (const cause of causes) {
      for (const { lag, simd, twin } of pairs) {
        const expected = twin(cause);
        assert.ok(expected > 0, `${length}, ${lag}`);
        assert.equal(simd(cause), expected, `${length}, ${lag}`);
      }
    }
  }
});

test('a cause whose lags follow from the others has no sum in either', () => {
  const noise = normals(52);
  const effect = new Float64Array(40).map(noise);
  const basis = basisOf(effect, 2);
  for (const cause of [effect, new Float64Array(40), Float64Array.from({ length: 40 }, (_, t) => t)]) {
    assert.ok(Number.isNaN(createGrangerProjector(basis, 'simd')(cause)));
    assert.ok(Number.isNaN(createGrangerProjector(basis, 'twin')(cause)));
  }
});
