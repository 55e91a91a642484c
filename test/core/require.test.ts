import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireKind, requireList, requireNumber, requireOneOf, requireWhole } from '../../src/core/require';

test('requireWhole takes whole numbers within its range only', () => {
  requireWhole(0, 0, 'n', 'count');
  requireWhole(5, 1, 'n', 'count', 5);
  for (const value of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => requireWhole(value, 0, 'n', 'count'), {
      name: 'RangeError',
      message: `Cannot count: n must be a whole number from 0 up, ${value} came`,
    });
  }
  assert.throws(() => requireWhole(6, 1, 'n', 'count', 5), /a whole number from 1 to 5, 6 came/);
  assert.throws(() => requireWhole('1' as never, 0, 'n', 'count'), {
    name: 'TypeError',
    message: "Cannot count: n must be a number, '1' came",
  });
});

test('requireNumber tells a wrong kind from a wrong value', () => {
  requireNumber(0.5, true, 'below 1', 'share', 'cut');
  assert.throws(() => requireNumber(2, false, 'below 1', 'share', 'cut'), RangeError);
  assert.throws(() => requireNumber(null as never, true, 'below 1', 'share', 'cut'), TypeError);
});

test('requireOneOf lists the words', () => {
  requireOneOf('a', ['a', 'b'], 'rule', 'go');
  assert.throws(() => requireOneOf('c', ['a', 'b'], 'rule', 'go'), {
    name: 'RangeError',
    message: "Cannot go: rule must be one of a, b; 'c' came",
  });
});

test('requireList takes arrays and typed arrays', () => {
  requireList([], 'rows', 'go');
  requireList(new Int32Array(2), 'rows', 'go');
  for (const value of [3, '12', null, { length: 1 }, new DataView(new ArrayBuffer(2))]) {
    assert.throws(() => requireList(value as never, 'rows', 'go'), TypeError);
  }
});

test('requireKind says which result came', () => {
  requireKind({ kind: 'mask' }, 'mask', 'prune');
  assert.throws(() => requireKind({ kind: 'network' }, 'mask', 'prune'), {
    name: 'TypeError',
    message: 'Cannot prune: a mask is required, a network came',
  });
  assert.throws(() => requireKind(undefined as never, 'mask', 'prune'), /undefined came/);
});
