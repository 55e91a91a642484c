import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kantzCurve } from '../../src/chaos/kantzCurve';
import { lyapunov } from '../../src/chaos/lyapunov';
import { readOracle } from './oracle';
import { awkwardSeries, henon, logistic, lorenz, normals } from './series';

interface Block {
  readonly eps: number;
  readonly dim: number;
  readonly S: number[];
  readonly count: number[];
}
interface Run {
  readonly series: string;
  readonly argv: string;
  readonly blocks: Block[];
}

const { kantz } = readOracle<{ kantz: Run[] }>('kantz_spec_tisean');
const stored = readOracle<{ series: Record<string, { values?: number[] }> }>('rosenstein_tisean').series;
const recurrences: Record<string, () => Float64Array> = {
  logistic4_2000: () => logistic(2000, 0.1),
  henon_2000: () => henon(2000),
  lorenz05_2000: () => lorenz(2000),
};

/** `-M3` of `-m2 -M3 -d1 -t0 -s10`. */
function flag(argv: string, name: string): number {
  return Number(
    argv
      .split(' ')
      .find(word => word.startsWith(`-${name}`))!
      .slice(2),
  );
}

test('kantzCurve equals TISEAN lyap_k within 1e-10 at every radius and dimension', () => {
  let curves = 0;
  for (const { series: name, argv, blocks } of kantz) {
    const series = recurrences[name]?.() ?? Float64Array.from(stored[name].values!);
    const range = Math.max(...series) - Math.min(...series);
    for (const { eps, dim, S, count } of blocks) {
      const { curve, counts, status } = kantzCurve(series, {
        dimension: dim,
        delay: flag(argv, 'd'),
        theiler: flag(argv, 't'),
        steps: flag(argv, 's'),
        radius: eps / range,
        largestDimension: flag(argv, 'M'),
      });
      const title = `${name} ${argv}, radius ${eps}, dimension ${dim}`;
      if (S.length === 0) {
        assert.equal(status, 'degenerate', title);
        assert.ok(curve.every(Number.isNaN), title);
        continue;
      }
      assert.deepEqual([...counts], count, title);
      S.forEach((value, k) => {
        assert.ok(Math.abs(curve[k] - value) <= 1e-10, `${title}, k = ${k}: ${curve[k]}, TISEAN ${value}`);
      });
      curves++;
    }
  }
  assert.equal(curves, 66);
});

test('kantz finds the exponents of chaotic maps from 2000 iterates', () => {
  for (const [series, lambda] of [
    [logistic(2000, 0.1), Math.LN2],
    [henon(2000), 0.419195],
  ] as const) {
    const { exponent, status } = lyapunov(series, { estimator: 'kantz', radius: 0.005 });
    assert.equal(status, 'ok');
    assert.ok(Math.abs(exponent - lambda) < 0.02, `${exponent}, expected ${lambda}`);
  }
});

test('noise of 200 iterates has no neighbourhoods to follow', () => {
  const series = Float64Array.from({ length: 200 }, normals(4));
  const curve = kantzCurve(series);
  assert.equal(curve.status, 'degenerate');
  assert.ok(curve.counts[0] < 100);
  assert.equal(kantzCurve(series, { radius: 1e-9 }).counts[0], 0);
  const found = lyapunov(series, { estimator: 'kantz' });
  assert.deepEqual([found.status, found.exponent, found.fitTo], ['degenerate', Number.NaN, -1]);
});

test('no series makes kantz throw or hang, and only ok exponents are numbers', () => {
  for (const [name, series] of awkwardSeries()) {
    for (const options of [{}, { fit: 'auto' }, { radius: 2, fit: [0, 3] }] as const) {
      const { exponent, status } = lyapunov(series, { estimator: 'kantz', ...options });
      assert.equal(Number.isFinite(exponent), status === 'ok', `${name}: ${status}, ${exponent}`);
    }
  }
});

test('kantzCurve and its estimator refuse settings out of range', () => {
  assert.throws(() => kantzCurve([1, 2], { radius: 0 }), RangeError);
  assert.throws(() => kantzCurve([1, 2], { largestDimension: 1 }), RangeError);
  assert.throws(() => kantzCurve('12' as never), TypeError);
  assert.throws(() => lyapunov([1, 2], { estimator: 'kantz', preset: 'robust' } as never), TypeError);
  assert.throws(() => lyapunov([1, 2], { estimator: 'kantz', fit: 'free' as never }), RangeError);
  assert.throws(() => lyapunov([1, 2], { estimator: 'kantz', fit: 'auto', steps: 2 }), RangeError);
});
