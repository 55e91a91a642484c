import assert from 'node:assert/strict';
import fc from 'fast-check';
import { predict } from '../../src';
import { shapley } from '../../src/explanation/shapley';
import { fuzz } from '../support/awkwardSeries';
import { largestGap, normalRows, randomNetwork, shapleyByOrders } from './games';

interface Game {
  readonly features: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly background: number;
  readonly activation: 'sigmoid' | 'tanh' | 'relu';
  readonly sd: number;
  readonly scale: number;
  readonly seed: number;
}

const game: fc.Arbitrary<Game> = fc.record({
  features: fc.integer({ min: 1, max: 6 }),
  hidden: fc.integer({ min: 1, max: 5 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  background: fc.integer({ min: 1, max: 6 }),
  activation: fc.constantFrom('sigmoid' as const, 'tanh' as const, 'relu' as const),
  sd: fc.constantFrom(0.01, 1, 30, 1000),
  scale: fc.constantFrom(1, 1e-9, 1e6),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

function made({ features, hidden, outputs, background, activation, sd, scale, seed }: Game) {
  return {
    network: randomNetwork([features, hidden, outputs], seed, activation, sd),
    background: normalRows(background, features, seed).map(row => row.map(x => scale * x)),
    row: normalRows(1, features, seed + 1)[0].map(x => scale * x),
  };
}

fuzz('efficiency: values and expectation add up to the output of the row', game, async input => {
  const { network, background, row } = made(input);
  const { values, expected, explained, additivityGap, status } = await shapley(network, background, [row]);
  assert.equal(status[0], 0);
  assert.ok(additivityGap < 1e-12);
  const outputs = expected.length;
  for (let o = 0; o < outputs; o++) {
    const sum = values.filter((_, i) => i % outputs === o).reduce((a, b) => a + b, expected[o]);
    assert.ok(Math.abs(sum - explained[o]) < 1e-12);
  }
});

fuzz('the kernel of networks equals asking the model coalition by coalition', game, async input => {
  const { network, background, row } = made(input);
  const fused = await shapley(network, background, [row]);
  const asked = await shapley((x, n) => predict(network, x, n), background, [row]);
  // Hidden rectifiers of size 1e6 are known to 1e-10 either way; all else agrees to 1e-13.
  assert.ok(largestGap(fused.values, asked.values) < 1e-10);
});

fuzz('order: features in another order have the same values', game, async input => {
  const { network, background, row } = made(input);
  const turn = (values: Float64Array) => values.slice().reverse();
  const straight = await shapley((x, n) => predict(network, x, n), background, [row]);
  const turned = await shapley(
    (x, n) => {
      const m = row.length;
      const inputs = x.map((_, k) => x[Math.floor(k / m) * m + (m - 1 - (k % m))]);
      return predict(network, inputs, n);
    },
    background.map(turn),
    [turn(row)],
  );
  const outputs = straight.expected.length;
  const back = straight.values.map((_, k) => {
    const p = row.length - 1 - Math.floor(k / outputs);
    return turned.values[p * outputs + (k % outputs)];
  });
  assert.ok(largestGap(straight.values, back) < 1e-13);
});

fuzz('symmetry and dummy: equal features share equally, an unused one gets 0', game, async input => {
  const { network, background, row } = made(input);
  const m = row.length;
  // Features m and m + 1 are multiplied, m + 2 is not looked at.
  const f = (x: Float64Array, n: number) =>
    Float64Array.from({ length: n }, (_, r) => {
      const at = r * (m + 3);
      const own = predict(network, x.slice(at, at + m), 1)[0];
      return own + x[at + m] * x[at + m + 1];
    });
  const widened = background.map((b, k) => Float64Array.of(...b, k, k, -k));
  const { values } = await shapley(f, widened, [Float64Array.of(...row, 2.5, 2.5, 7)]);
  assert.ok(Math.abs(values[m] - values[m + 1]) < 1e-12);
  assert.ok(Math.abs(values[m + 2]) < 1e-12);
});

fuzz('linearity: values of f + 2 g are those of f plus twice those of g', game, async input => {
  const { network: f, background, row } = made(input);
  const g = randomNetwork([row.length, 3, input.outputs], input.seed + 7);
  const both = (x: Float64Array, n: number) => {
    const second = predict(g, x, n);
    return predict(f, x, n).map((value, i) => value + 2 * second[i]);
  };
  const [ofF, ofG, ofBoth] = await Promise.all([f, g, both].map(model => shapley(model, background, [row])));
  assert.ok(
    largestGap(
      ofBoth.values,
      ofF.values.map((value, i) => value + 2 * ofG.values[i]),
    ) < 1e-11,
  );
});

fuzz('a background has the mean of the values of its rows alone', game, async input => {
  const { network, background, row } = made(input);
  const whole = await shapley(network, background, [row]);
  const mean = new Float64Array(whole.values.length);
  for (const one of background) {
    const { values } = await shapley(network, [one], [row]);
    values.forEach((value, i) => {
      mean[i] += value / background.length;
    });
  }
  assert.ok(largestGap(whole.values, mean) < 1e-13);
});

fuzz(
  'any features, small integers with repeats: the definition, and exactly 0 for what never varies',
  fc.record({
    background: fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    }),
    row: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }),
    seed: fc.integer({ min: 0, max: 1000 }),
  }),
  async ({ background, row, seed }) => {
    const network = randomNetwork([4, 3, 1], seed);
    const { values } = await shapley(network, background, [row]);
    const rows = background.map(each => Float64Array.from(each));
    const f = (x: Float64Array) => predict(network, x, 1)[0];
    assert.ok(largestGap(values, shapleyByOrders(f, rows, Float64Array.from(row))) < 1e-14);
    row.forEach((value, i) => {
      if (background.every(each => each[i] === value)) assert.equal(values[i], 0);
    });
  },
);
