import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activationSlopes, lipschitzConstant, lipschitzConstants } from '../../src/network/lipschitzConstant';

test('the sigmoid’s constant is 1/4, found at 0; the documented example', () => {
  const found = lipschitzConstant('sigmoid');
  assert.equal(found.constant, 0.25);
  assert.equal(found.largestSlope, 0.25);
  assert.equal(found.at, 0);
  assert.ok(found.largestQuotient <= 0.25 + 1e-12 && found.largestQuotient > 0.249);
});

for (const activation of ['tanh', 'relu', 'identity'] as const) {
  test(`no quotient of ${activation} passes its constant 1, and a derivative attains it`, () => {
    const { constant, largestSlope, largestQuotient } = lipschitzConstant(activation);
    assert.equal(constant, 1);
    assert.equal(largestSlope, 1);
    assert.ok(largestQuotient <= 1 + 1e-9 && largestQuotient > 0.99);
  });
}

test("derivatives at known places: s'(ln 3) = 3/16, tanh'(ln 2) = 16/25, relu 0 and 1", () => {
  const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-15);
  close(activationSlopes('sigmoid', Float64Array.of(Math.log(3)))[0], 3 / 16);
  close(activationSlopes('tanh', Float64Array.of(Math.log(2)))[0], 16 / 25);
  assert.deepEqual([...activationSlopes('relu', Float64Array.of(-1, 2))], [0, 1]);
});

test('softmax: no pair of inputs moves the outputs by more than half their distance', () => {
  const softmax = (z: readonly number[]): number[] => {
    const e = z.map(Math.exp);
    const sum = e.reduce((a, b) => a + b);
    return e.map(value => value / sum);
  };
  const distance = (a: readonly number[], b: readonly number[]): number =>
    Math.hypot(...a.map((value, i) => value - b[i]));
  let largest = 0;
  for (let k = -40; k <= 40; k++) {
    for (const other of [0, 1, -3]) {
      const [a, b] = [
        [k / 10, -k / 10, other - 20],
        [k / 10 + 0.01, -k / 10 - 0.01, other - 20],
      ];
      largest = Math.max(largest, distance(softmax(a), softmax(b)) / distance(a, b));
    }
  }
  assert.ok(largest <= lipschitzConstants.softmax && largest > 0.4999);
});

test('what is no activation of one number, or no number, is refused in words', () => {
  assert.throws(() => lipschitzConstant('softmax' as 'tanh'), /activation must be one of/);
  assert.throws(() => lipschitzConstant('sigmoid', { reach: 0 }), RangeError);
  assert.throws(() => lipschitzConstant('sigmoid', { points: 1 }), RangeError);
  assert.throws(() => lipschitzConstant('sigmoid', { pair: 1 } as object), /perhaps 'pairs' was meant/);
});
