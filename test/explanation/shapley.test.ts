import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { predict } from '../../src';
import { kernelPlan } from '../../src/explanation/kernelPlan';
import { shapley } from '../../src/explanation/shapley';
import { shapleyStatuses } from '../../src/explanation/shapleyValues';
import { readOracle } from '../chaos/oracle';
import {
  largestGap,
  normalRows,
  type OracleParameters,
  oracleNetwork,
  randomNetwork,
  shapleyByOrders,
} from './games';

interface Oracle {
  readonly cases: Readonly<Record<string, OracleCase>>;
  readonly coalition_plan: readonly OraclePlan[];
  readonly traps: Readonly<
    Record<'offset_feature' | 'tiny_feature', { readonly phi: number[]; readonly exact: number[] }>
  >;
}

/** Values are rows x players, and x outputs where there are several. */
interface OracleCase {
  readonly M: number;
  readonly K: number;
  readonly background: number[][];
  readonly X: number[][];
  readonly params: OracleParameters;
  readonly expected_value: number | number[];
  readonly exact: number[][] | number[][][];
  readonly exact_logit_of_mean: number[][] | number[][][];
  readonly kernel_l1_0: number[][] | number[][][];
  readonly kernel_logit_l1_0: number[][] | number[][][];
  readonly exact_explainer_0_46: number[][] | number[][][];
  readonly exact_explainer_0_46_logit_not_linearized: number[][] | number[][][];
}

interface OraclePlan {
  readonly M: number;
  readonly nsamples: number;
  readonly n_fixed: number;
  readonly n_random_slots: number;
  readonly weight_left: number;
  /** Of the smaller plans. */
  readonly first_masks?: number[][];
  readonly first_weights?: number[];
}

const oracle = readOracle<Oracle>('shap_kernel');
const flat = (values: unknown): number[] => (values as unknown[]).flat(3) as number[];
const product = (inputs: Float64Array, rows: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => inputs[2 * i] * inputs[2 * i + 1]);

describe('shapley equals the reference programs', () => {
  for (const [name, each] of Object.entries(oracle.cases)) {
    const network = oracleNetwork(each.params);
    const ask = (options: Parameters<typeof shapley>[3]) =>
      shapley(network, each.background, each.X, options);

    test(`${name}: exact values to 1e-12, by the network's kernel and coalition by coalition`, async () => {
      const fused = await ask({ method: 'exact' });
      const asked = await shapley((inputs, rows) => predict(network, inputs, rows), each.background, each.X, {
        method: 'exact',
      });
      assert.ok(largestGap(fused.values, flat(each.exact)) < 1e-12);
      assert.ok(largestGap(fused.values, flat(each.exact_explainer_0_46)) < 1e-12);
      assert.ok(largestGap(fused.values, asked.values) < 1e-13);
      assert.ok(largestGap(fused.expected, [each.expected_value].flat()) < 1e-14);
      assert.ok(fused.additivityGap < 1e-14);
    });

    test(`${name}: exact log odds to 1e-12`, async () => {
      const { values } = await ask({ link: 'logit' });
      assert.ok(largestGap(values, flat(each.exact_logit_of_mean)) < 1e-12);
      assert.ok(largestGap(values, flat(each.exact_explainer_0_46_logit_not_linearized)) < 1e-12);
    });

    // Above 11 features shap draws coalitions, with other random numbers than ours.
    if (each.M > 11) continue;
    test(`${name}: method kernel to 1e-12 of KernelExplainer at l1_reg 0`, async () => {
      const { values } = await ask({ method: 'kernel' });
      assert.ok(largestGap(values, flat(each.kernel_l1_0)) < 1e-12);
      const logit = await ask({ method: 'kernel', link: 'logit' });
      assert.ok(largestGap(logit.values, flat(each.kernel_logit_l1_0)) < 1e-12);
    });
  }

  for (const plan of oracle.coalition_plan) {
    test(`KernelExplainer's coalitions for ${plan.M} features and ${plan.nsamples} samples`, () => {
      let state = 1;
      const random = () => {
        state = (state * 48271) % 2147483647;
        return state / 2147483647;
      };
      const { certain, count, coalitions, weights } = kernelPlan(plan.M, plan.nsamples, () => random);
      assert.equal(certain, plan.n_fixed);
      assert.equal(count, plan.n_fixed + plan.n_random_slots);
      const { first_masks = [], first_weights = [] } = plan;
      const first = Math.min(first_masks.length, certain);
      for (let k = 0; k < first; k++) {
        assert.deepEqual([...coalitions.subarray(k * plan.M, (k + 1) * plan.M)], first_masks[k]);
        assert.ok(Math.abs(weights[k] - first_weights[k]) < 1e-15);
      }
      const drawn = weights.subarray(certain).reduce((sum, weight) => sum + weight, 0);
      assert.ok(Math.abs(drawn - plan.weight_left) < 1e-12);
      assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-12);
    });
  }
});

describe('shapley by definition', () => {
  test('splits the product 2 x 3 evenly, as the docstring says', async () => {
    const { values, expected, method } = await shapley(product, [[0, 0]], [[2, 3]]);
    assert.deepEqual([...values], [3, 3]);
    assert.deepEqual([...expected], [0]);
    assert.equal(method, 'exact');
  });

  for (const activation of ['sigmoid', 'tanh', 'relu', 'identity'] as const) {
    for (const layers of [
      [4, 1],
      [4, 3, 1],
      [4, 5, 3],
      [4, 3, 3, 2],
    ]) {
      test(`is the mean over all orders for a ${layers.join('-')} ${activation} network`, async () => {
        const network = randomNetwork(layers, 3, activation);
        const background = normalRows(5, 4, 1);
        const [row] = normalRows(1, 4, 2);
        const { values, outputNames } = await shapley(network, background, [row]);
        outputNames.forEach((_, o) => {
          const f = (x: Float64Array) => predict(network, x, 1)[o];
          const ours = Array.from({ length: 4 }, (_, p) => values[p * outputNames.length + o]);
          assert.ok(largestGap(ours, shapleyByOrders(f, background, row)) < 1e-14);
        });
      });
    }
  }

  test('stays right where exp(z) has no number: weights of 400', async () => {
    const network = randomNetwork([5, 4, 1], 8, 'sigmoid', 400);
    const background = normalRows(4, 5, 1);
    const [row] = normalRows(1, 5, 2);
    const { values } = await shapley(network, background, [row]);
    const f = (x: Float64Array) => predict(network, x, 1)[0];
    assert.ok(largestGap(values, shapleyByOrders(f, background, row)) < 1e-13);
  });

  test('a linear model has phi_i = c_i (x_i - mean x_i)', async () => {
    const c = [1, -2, 0.5];
    const linear = (inputs: Float64Array, rows: number) =>
      Float64Array.from({ length: rows }, (_, r) => c.reduce((sum, w, i) => sum + w * inputs[3 * r + i], 7));
    const background = normalRows(6, 3, 4);
    const [row] = normalRows(1, 3, 5);
    const { values } = await shapley(linear, background, [row]);
    const mean = (i: number) => background.reduce((sum, b) => sum + b[i], 0) / 6;
    assert.ok(
      largestGap(
        values,
        c.map((w, i) => w * (row[i] - mean(i))),
      ) < 1e-14,
    );
  });
});

describe('what shap gets wrong by tolerance', () => {
  // shap calls a feature constant when it is within 1e-8 + 1e-5 |b| of the background.
  const { offset_feature, tiny_feature } = oracle.traps;

  test('a feature at 100000.9 against 100000 counts', async () => {
    const sum = (x: Float64Array, rows: number) =>
      Float64Array.from({ length: rows }, (_, r) => x[2 * r] - 100000 + x[2 * r + 1]);
    const { values } = await shapley(sum, [[100000, 0]], [[100000.9, 0.9]]);
    assert.ok(largestGap(values, offset_feature.exact) < 1e-10);
    assert.equal(offset_feature.phi[0], 0);
  });

  test('a feature at 5e-9 against 0 with slope 1e9 counts', async () => {
    const steep = (x: Float64Array, rows: number) =>
      Float64Array.from({ length: rows }, (_, r) => 1e9 * x[2 * r] + x[2 * r + 1]);
    const { values } = await shapley(steep, [[0, 0]], [[5e-9, 0.9]]);
    assert.ok(largestGap(values, tiny_feature.exact) < 1e-14);
    assert.equal(tiny_feature.phi[0], 0);
  });

  for (const scale of [1, 1e-3, 1e-6, 1e-12]) {
    test(`outputs of size ${scale} keep every digit, by exact and by kernel`, async () => {
      const network = randomNetwork([9, 6, 1], 7);
      const scaled = (x: Float64Array, rows: number) => predict(network, x, rows).map(y => scale * y);
      const [background, rows] = [normalRows(5, 9, 1), normalRows(1, 9, 2)];
      const whole = await shapley(network, background, rows);
      for (const method of ['exact', 'kernel'] as const) {
        const { values } = await shapley(scaled, background, rows, { method });
        assert.ok(
          largestGap(
            values.map(v => v / scale),
            whole.values,
          ) < 1e-13,
        );
      }
    });
  }
});

describe('cases at the edge', () => {
  const network = randomNetwork([3, 4, 1], 1);
  const background = normalRows(6, 3, 1);
  const rows = normalRows(4, 3, 2);
  const statuses = (status: Uint8Array) => Array.from(status, code => shapleyStatuses[code]);

  test('one background row, one row: a feature that both share has exactly 0', async () => {
    const { values, status } = await shapley(network, [[1, 2, 3]], [[4, 2, -1]]);
    assert.equal(values[1], 0);
    assert.ok(values[0] !== 0 && values[2] !== 0);
    assert.deepEqual(statuses(status), ['ok']);
  });

  test('a row that is the background has zeros and no work', async () => {
    const { values, explained, expected } = await shapley(network, [rows[0]], [rows[0]]);
    assert.deepEqual([...values], [0, 0, 0]);
    assert.equal(explained[0], expected[0]);
  });

  test('a constant model gives zeros', async () => {
    const constant = (_: Float64Array, n: number) => new Float64Array(n).fill(0.3);
    const { values, additivityGap, status } = await shapley(constant, background, rows);
    assert.ok(values.every(value => Math.abs(value) < 1e-16));
    assert.ok(additivityGap < 1e-15);
    assert.deepEqual(new Set(statuses(status)), new Set(['ok']));
  });

  test('a missing value ends in the status of its row alone, where the model has no answer to it', async () => {
    const holed = [rows[0], Float64Array.of(Number.NaN, 1, 2), rows[1]];
    const { values, status } = await shapley(network, background, holed);
    assert.deepEqual(statuses(status), ['ok', 'non-finite', 'ok']);
    assert.ok(values.subarray(3, 6).every(Number.isNaN));
    const { values: alone } = await shapley(network, background, [rows[1]]);
    assert.deepEqual([...values.subarray(6)], [...alone]);
  });

  test('a model that answers missing values is explained; missing equals missing', async () => {
    const known = (x: Float64Array, n: number) =>
      Float64Array.from({ length: n }, (_, r) => (Number.isNaN(x[2 * r]) ? 1 : 0) + x[2 * r + 1]);
    const { values, status } = await shapley(known, [[0, 0]], [[Number.NaN, 5]]);
    assert.deepEqual([...values], [1, 5]);
    const both = await shapley(known, [[Number.NaN, 0]], [[Number.NaN, 5]]);
    assert.deepEqual([...both.values], [0, 5]);
    assert.deepEqual(statuses(status), ['ok']);
  });

  test('missing values in the background leave a network without any values', async () => {
    const { status } = await shapley(network, [[Number.NaN, 0, 0]], rows);
    assert.deepEqual(new Set(statuses(status)), new Set(['non-finite']));
  });

  test('a model that never answers alike is called not additive', async () => {
    let calls = 0;
    const moody = (_: Float64Array, n: number) => Float64Array.from({ length: n }, () => ++calls);
    const { status } = await shapley(moody, background, rows);
    assert.ok(statuses(status).every(word => word === 'not-additive'));
  });

  test('log odds of 0 and 1 stay finite, those of 3 are no number', async () => {
    const given = (x: Float64Array, n: number) => Float64Array.from({ length: n }, (_, r) => x[r]);
    const { values } = await shapley(given, [[0]], [[1]], { link: 'logit' });
    assert.ok(Math.abs(values[0] - 2 * Math.log(1e15)) < 0.2);
    const { status } = await shapley(given, [[0]], [[3]], { link: 'logit' });
    assert.deepEqual(statuses(status), ['non-finite']);
  });

  test('a row has the same values alone and among others, also where coalitions are drawn', async () => {
    const wide = randomNetwork([20, 4, 1], 2);
    const many = normalRows(3, 20, 3);
    const behind = normalRows(2, 20, 4);
    const options = { seed: 1, samples: 200 };
    const together = await shapley(wide, behind, many, options);
    const alone = await shapley(wide, behind, [many[2]], options);
    assert.deepEqual([...together.values.subarray(40)], [...alone.values]);
  });

  test('identical rows of the background are asked once and weigh as many as they are', async () => {
    const twice = await shapley(network, [background[0], background[0], background[1]], rows);
    const weighted = await shapley(network, background.slice(0, 2), rows, { backgroundWeights: [2, 1] });
    assert.equal(twice.distinctBackgroundRows, 2);
    assert.equal(twice.backgroundRows, 3);
    assert.deepEqual(twice.values, weighted.values);
    const without = await shapley(network, background, rows, { backgroundWeights: [1, 0, 0, 0, 0, 0] });
    assert.deepEqual(without.values, (await shapley(network, [background[0]], rows)).values);
  });

  test('3000 rows, of which 4 differ, cost no more than 4', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => rows[i % 4]);
    const { values, evaluations } = await shapley(network, background, many);
    assert.equal(values.length, 9000);
    assert.equal(evaluations, 4 * 8 * 6);
    assert.deepEqual([...values.subarray(8988)], [...(await shapley(network, background, rows)).values]);
  });

  test('neither background nor rows are changed', async () => {
    const held = { rows: 4, inputs: Float64Array.from(rows.flatMap(row => [...row])) };
    const before = held.inputs.slice();
    await shapley((x, n) => x.fill(0).subarray(0, n), held, held);
    assert.deepEqual(held.inputs, before);
  });
});
