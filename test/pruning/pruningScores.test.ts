import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mlpGradient } from '../../src/kernels/mlpGradient';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import type { Network } from '../../src/network/network';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { flattenParameters } from '../../src/network/parameters';
import { networkWorkspace } from '../../src/network/predict';
import { magnitudeMask } from '../../src/pruning/magnitudeMask';
import { maskFromScores } from '../../src/pruning/maskFromScores';
import { pruningRules, pruningScores } from '../../src/pruning/pruningScores';
import { toyDataset } from '../network/toyDataset';
import { flat, oracle, oracleDataset, oracleNetwork } from './oracle';

/** Agreement in units of the largest score: scores are sums in which terms cancel. */
function near(ours: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  assert.equal(ours.length, expected.length);
  const size = Math.max(...expected.map(Math.abs));
  expected.forEach((value, k) => {
    assert.ok(Math.abs(ours[k] - value) <= tolerance * size, `weight ${k}: ${ours[k]}, expected ${value}`);
  });
}

const data = oracleDataset();

describe('scores agree with torch autograd', () => {
  for (const activation of ['sigmoid', 'relu'] as const) {
    const network = oracleNetwork(activation);
    const expected = oracle[activation];

    test(`SNIP, ${activation}`, async () => {
      const { scores } = await pruningScores(network, data, { rule: 'snip', loss: 'cross-entropy' });
      const shares = flat(expected.snip_unnormalised).map(size => size / expected.snip_normaliser);
      near(scores, shares, 1e-14);
      assert.ok(Math.abs(scores.reduce((sum, share) => sum + share, 0) - 1) < 1e-14);
    });

    test(`GraSP at temperatures 1 and 200, ${activation}`, async () => {
      const at = async (temperature: number) =>
        (await pruningScores(network, data, { rule: 'grasp', loss: 'cross-entropy', temperature })).scores;
      near(await at(1), flat(expected.grasp_theta_times_Hg_T1), 1e-13);
      near(await at(200), flat(expected.grasp_theta_times_Hg_T200), 1e-13);
      const byDefault = await pruningScores(network, data, { rule: 'grasp', loss: 'cross-entropy' });
      assert.deepEqual(byDefault.scores, await at(200));
    });
  }

  test('SynFlow with and without biases', async () => {
    const network = oracleNetwork('sigmoid');
    const none = await pruningScores(network, null, { rule: 'synflow' });
    near(none.scores, flat(oracle.synflow_no_biases.scores), 1e-14);
    const absolute = await pruningScores(network, null, { rule: 'synflow', biases: 'absolute' });
    near(absolute.scores, flat(oracle.synflow_abs_biases.scores), 1e-14);
  });

  test('LAMP', async () => {
    const { scores } = await pruningScores(oracleNetwork('sigmoid'), null, { rule: 'lamp' });
    near(scores, flat(oracle.lamp), 1e-14);
  });

  test('masks by magnitude are those of torch.nn.utils.prune, global and per layer', () => {
    const network = oracleNetwork('sigmoid');
    for (const scope of ['global', 'layer'] as const) {
      for (const share of [0.25, 0.4]) {
        const expected = flat(oracle.torch_prune[`${scope}_${share}`]);
        assert.deepEqual(
          Array.from(magnitudeMask(network, { share, scope }).kept),
          expected,
          `${scope} ${share}`,
        );
      }
    }
  });
});

describe('scores by their definition', () => {
  const toy = toyDataset();
  const network = createNetwork({ layers: [4, 5, 6, 3], activation: 'tanh', init: 'glorot-normal', seed: 3 });
  const masked = applyMask(network, createMask([4, 5, 6, 3], [0, 7, 21, 49, 50, 67], 'by hand'));

  function gradientOf(parameters: Float64Array): Float64Array {
    const { rows, inputs, targets } = toy.train;
    const gradient = new Float64Array(parameters.length);
    const order = Int32Array.from({ length: rows }, (_, row) => row);
    mlpGradient(
      networkWorkspace(network),
      parameters,
      gradient,
      inputs,
      targets,
      order,
      0,
      rows,
      'squared-error',
    );
    return gradient.map(slope => slope / rows);
  }

  for (const [name, each] of [
    ['dense', network],
    ['masked', masked],
  ] as const) {
    const { mask } = each;
    const isLeft = (weight: number): boolean => mask?.kept[weight] !== 0;

    test(`GraSP is w times the slope of half the squared norm of the gradient, ${name}`, async () => {
      const halfNorm = (parameters: Float64Array): number =>
        gradientOf(parameters)
          .subarray(0, 68)
          .reduce((sum, slope, weight) => sum + (isLeft(weight) ? slope ** 2 / 2 : 0), 0);
      const { scores } = await pruningScores(each, toy, { rule: 'grasp', temperature: 1 });
      const parameters = flattenParameters(each);
      const expected = Array.from(parameters.subarray(0, 68), (weight, k) => {
        const moved = (step: number) => parameters.map((value, i) => (i === k ? value + step : value));
        return (weight * (halfNorm(moved(1e-5)) - halfNorm(moved(-1e-5)))) / 2e-5;
      });
      near(scores, expected, 1e-8);
    });

    test(`OBD is half the second derivative times w squared, ${name}`, async () => {
      const { scores } = await pruningScores(each, toy, { rule: 'obd' });
      const parameters = flattenParameters(each);
      const expected = Array.from(parameters.subarray(0, 68), (weight, k) => {
        const slope = (step: number) =>
          gradientOf(parameters.map((value, i) => (i === k ? value + step : value)))[k];
        return (((slope(1e-5) - slope(-1e-5)) / 2e-5) * weight ** 2) / 2;
      });
      near(scores, expected, 1e-8);
    });

    test(`SNIP is |g w| over its sum, ${name}`, async () => {
      const { scores } = await pruningScores(each, toy, { rule: 'snip' });
      const gradient = gradientOf(flattenParameters(each));
      const sizes = Array.from(flattenParameters(each).subarray(0, 68), (weight, k) =>
        Math.abs(weight * gradient[k]),
      );
      const total = sizes.reduce((sum, size) => sum + size, 0);
      near(
        scores,
        sizes.map(size => size / total),
        1e-14,
      );
    });

    test(`SynFlow conserves flow: every layer and every hidden unit, in as out, ${name}`, async () => {
      const { scores } = await pruningScores(each, null, { rule: 'synflow' });
      const layers = [scores.subarray(0, 20), scores.subarray(20, 50), scores.subarray(50)];
      const sums = layers.map(layer => layer.reduce((sum, score) => sum + score, 0));
      for (const sum of sums) assert.ok(Math.abs(sum / sums[0] - 1) < 1e-14, sums.join(' '));
      for (let unit = 0; unit < 6; unit++) {
        const into = layers[1].subarray(unit * 5, unit * 5 + 5).reduce((sum, score) => sum + score, 0);
        const out = [0, 1, 2].reduce((sum, o) => sum + layers[2][o * 6 + unit], 0);
        assert.ok(Math.abs(into - out) < 1e-14 * sums[0], `unit ${unit}: ${into} in, ${out} out`);
      }
    });
  }

  test('LAMP of the largest weight of a layer is 1, of equal ones the lower index scores lower, of zeros 0', async () => {
    const scores = async (weights: number[]) =>
      Array.from((await pruningScores(oneLayer(weights), null, { rule: 'lamp' })).scores);
    // Squares 9 4 4 1: 9/9, then 4/13, 4/17, 1/18.
    near(await scores([1, -2, 3, 2]), [1 / 18, 4 / 17, 1, 4 / 13], 1e-15);
    assert.deepEqual(await scores([0, 0, 1e200]), [0, 0, 1]);
    assert.deepEqual(await scores([0, 0]), [0, 0]);
  });
});

describe('a mask from scores', () => {
  const toy = toyDataset();
  const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
  const before = createMask([4, 6, 3], [3, 8, 40], 'by hand');

  for (const rule of pruningRules) {
    test(`${rule}: exact counts, nested, lowest scores first, removed weights stay removed and count once`, async () => {
      for (const each of [network, applyMask(network, before)]) {
        const scores = await pruningScores(each, toy, { rule });
        assert.equal(scores.status, 'ok');
        assert.equal(scores.unanswered, 0);
        let smaller = each.mask;
        for (const count of [3, 4, 10, 29, 42]) {
          const mask = maskFromScores(scores, { count });
          assert.equal(mask.removed, count);
          assert.equal(mask.kept.filter(bit => bit === 0).length, count);
          assert.ok(applyMask(each, mask).mask === mask);
          smaller?.kept.forEach((bit, weight) => {
            assert.ok(bit === 1 || mask.kept[weight] === 0, `${count} is not nested`);
          });
          smaller = mask;
          const left = scores.scores.map((score, weight) =>
            each.mask?.kept[weight] === 0 ? -Infinity : score,
          );
          const gone = left.filter((_, weight) => mask.kept[weight] === 0);
          const stays = left.filter((_, weight) => mask.kept[weight] === 1);
          assert.ok(stays.length === 0 || Math.max(...gone) <= Math.min(...stays));
        }
      }
    });
  }

  test('breaks ties by index and says that nothing else decided', async () => {
    const zeros = createNetwork({ layers: [2, 3, 1], init: 'zeros', seed: 1 });
    const scores = await pruningScores(zeros, null, { rule: 'magnitude' });
    assert.equal(scores.status, 'constant');
    assert.deepEqual(Array.from(maskFromScores(scores, { count: 4 }).kept), [0, 0, 0, 0, 1, 1, 1, 1, 1]);
    const perLayer = maskFromScores(scores, { share: 1 / 3, scope: 'layer' });
    assert.deepEqual(Array.from(perLayer.kept), [0, 0, 1, 1, 1, 1, 0, 1, 1]);
  });

  test('removes 24 weights of a 9-6-1 network at a share of 0.4', async () => {
    const scores = await pruningScores(createNetwork({ layers: [9, 6, 1], seed: 1 }), null, {
      rule: 'synflow',
    });
    assert.equal(maskFromScores(scores, { share: 0.4 }).removed, 24);
  });

  test('says how it was made', async () => {
    const scores = await pruningScores(network, toy, { rule: 'snip' });
    assert.equal(
      maskFromScores(scores, { share: 0.25 }).rule,
      '10 of 42 (share 0.25) weights of lowest connection sensitivity (SNIP) removed',
    );
    assert.equal(
      magnitudeMask(network, { share: 0.5, scope: 'layer' }).rule,
      '21 of 42 (share 0.5) weights of smallest magnitude removed, within each layer',
    );
  });

  test('keeps weights without a score, and cannot be made when too few have one', async () => {
    const lost = { ...oneLayer([1, 2, 3]), weights: [Float64Array.of(1, Number.NaN, 3)] };
    const scores = await pruningScores(lost, null, { rule: 'magnitude' });
    assert.deepEqual([scores.status, scores.unanswered], ['non-finite', 1]);
    const mask = maskFromScores(scores, { count: 2 });
    assert.deepEqual(Array.from(mask.kept), [0, 1, 0]);
    assert.match(mask.rule, /; 1 of 3 weights without a score, kept$/);
    assert.throws(() => maskFromScores(scores, { count: 3 }), {
      name: 'RangeError',
      message: /of 3 weights of the network, 0 are removed already and 2 more have a score; 3 were asked for/,
    });
  });

  test('refuses what makes no sense', async () => {
    const scores = await pruningScores(applyMask(network, before), null, { rule: 'lamp' });
    assert.throws(() => maskFromScores(scores, { count: 2 }), RangeError);
    assert.throws(() => maskFromScores(scores, { count: 3, scope: 'layer' }), TypeError);
    assert.throws(() => maskFromScores(scores, { share: 0.5, scope: 'all' as never }), RangeError);
    assert.throws(() => maskFromScores(scores, {}), TypeError);
    assert.throws(() => maskFromScores(scores, { count: 5, share: 0.5 }), TypeError);
    assert.throws(() => maskFromScores(network as never, { count: 5 }), TypeError);
    const refused = (options: object, given: unknown = toy) =>
      pruningScores(network, given as typeof toy, options as { rule: 'snip' });
    await assert.rejects(refused({ rule: 'snip' }, null), /rule 'snip' needs a data set, null came/);
    await assert.rejects(refused({ rule: 'snap' }), RangeError);
    await assert.rejects(refused({ rule: 'snip', temprature: 1 }), TypeError);
    await assert.rejects(refused({ rule: 'grasp', temperature: 0 }), RangeError);
    await assert.rejects(refused({ rule: 'snip' }, toyDataset(5, 3)), TypeError);
    const linear = createNetwork({ layers: [4, 6, 3], output: 'identity', seed: 1 });
    await assert.rejects(pruningScores(linear, toy, { rule: 'snip', loss: 'cross-entropy' }), RangeError);
  });

  test('stops at the signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(pruningScores(network, toy, { rule: 'obd', signal }), /enough/);
  });
});

function oneLayer(weights: readonly number[]): Network {
  return networkFromWeights({
    layers: [weights.length, 1],
    activation: 'sigmoid',
    output: 'sigmoid',
    weights: [Float64Array.from(weights)],
    biases: [Float64Array.of(0)],
  });
}
