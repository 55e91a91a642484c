import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isList } from '../../src/core/require';
import { weightCount } from '../../src/core/weightLayers';
import { applyMask } from '../../src/network/applyMask';
import { compact } from '../../src/network/compact';
import { compare } from '../../src/network/compare';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { accuracy, confusionMatrix, flops, macroF1, macs } from '../../src/network/metrics';
import type { Activation, Network } from '../../src/network/network';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { perturb } from '../../src/network/perturb';
import { predict } from '../../src/network/predict';
import { recordTraining } from '../../src/network/recordTraining';
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from '../../src/network/safetensors';
import { train } from '../../src/network/train';
import { randomMask } from '../../src/pruning/randomMask';
import { randomStream } from '../../src/statistics/random';
import { anyNumber, fuzz, isFiniteSeries } from '../support/awkwardSeries';
import { isClear, tried } from '../support/awkwardText';
import { toyDataset, toyPart } from './toyDataset';

const widths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 });
const hidden = fc.constantFrom<Activation>('sigmoid', 'tanh', 'relu', 'identity');
const last = fc.constantFrom<Activation>('sigmoid', 'softmax', 'tanh', 'relu', 'identity');
const moderate = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const anything = fc.oneof(anyNumber(), fc.anything({ maxDepth: 2, withTypedArray: true, withBigInt: true }));

/** Networks whose weights are no larger than `size`. */
function networks(number: fc.Arbitrary<number>): fc.Arbitrary<Network> {
  const array = (length: number) =>
    fc.array(number, { minLength: length, maxLength: length }).map(values => Float64Array.from(values));
  return fc
    .tuple(widths, hidden, last)
    .chain(([layers, activation, output]) =>
      fc
        .tuple(
          fc.tuple(...layers.slice(1).map((width, l) => array(width * layers[l]))),
          fc.tuple(...layers.slice(1).map(array)),
        )
        .map(([weights, biases]) => networkFromWeights({ layers, activation, output, weights, biases })),
    );
}

const finiteNetworks = networks(fc.double({ noNaN: true, noDefaultInfinity: true }));
const moderateNetworks = networks(moderate);

fuzz(
  'createNetwork makes a finite network, the same for the same seed, or says what is wrong',
  fc.record(
    {
      layers: fc.oneof(
        { weight: 4, arbitrary: widths as fc.Arbitrary<unknown> },
        { weight: 1, arbitrary: anything },
      ),
      activation: fc.oneof(
        { weight: 4, arbitrary: hidden as fc.Arbitrary<unknown> },
        { weight: 1, arbitrary: anything },
      ),
      output: fc.oneof(
        { weight: 4, arbitrary: last as fc.Arbitrary<unknown> },
        { weight: 1, arbitrary: anything },
      ),
      seed: fc.oneof(
        { weight: 4, arbitrary: fc.maxSafeInteger() as fc.Arbitrary<unknown> },
        { weight: 1, arbitrary: anything },
      ),
      init: fc.oneof(
        fc.record({
          name: fc.constantFrom('normal', 'uniform', 'xavier', 'he', 'other'),
          sd: anyNumber(),
          bound: anyNumber(),
        }),
        fc.constantFrom({ name: 'normal', sd: 0.1 }, { name: 'normal', sd: 3 }),
        anything,
      ),
    },
    { requiredKeys: ['layers', 'seed'] },
  ),
  options => {
    // Widths of billions are right, but no memory holds them.
    if (
      Array.isArray(options.layers) &&
      options.layers.some(width => typeof width === 'number' && width > 1000)
    )
      return;
    const made = tried(() => createNetwork(options as never));
    if (made === undefined) return;
    assert.ok([...made.weights, ...made.biases].every(isFiniteSeries));
    const again = createNetwork(options as never);
    assert.deepEqual(again.weights, made.weights);
    assert.deepEqual(again.biases, made.biases);
  },
);

fuzz('createNetwork takes any value without a slip', anything, options => {
  tried(() => createNetwork(options as never));
});

fuzz(
  'networkFromWeights says which part does not fit',
  fc.tuple(
    finiteNetworks,
    fc.constantFrom('layers', 'activation', 'output', 'weights', 'biases', 'mask'),
    anything,
  ),
  ([network, name, value]) => {
    tried(() => networkFromWeights({ ...network, [name]: value } as never));
  },
);

fuzz(
  'predict gives finite outputs for moderate numbers, shares that sum to 1 for softmax',
  fc.tuple(
    moderateNetworks,
    fc.array(moderate, { minLength: 24, maxLength: 24 }),
    fc.integer({ min: 0, max: 4 }),
  ),
  ([network, values, rows]) => {
    const outputs = network.layers[network.layers.length - 1];
    const found = predict(network, Float64Array.from(values.slice(0, rows * network.layers[0])), rows);
    assert.equal(found.length, rows * outputs);
    assert.ok(isFiniteSeries(found));
    if (network.output !== 'softmax') return;
    for (let row = 0; row < rows; row++) {
      const sum = found.slice(row * outputs, (row + 1) * outputs).reduce((total, share) => total + share, 0);
      assert.ok(Math.abs(sum - 1) < 1e-12, `${sum}`);
    }
  },
);

fuzz(
  'predict throws on no numbers, and says which shape it needs',
  fc.tuple(
    finiteNetworks,
    fc.oneof(fc.array(anyNumber(), { maxLength: 12 }), anything),
    fc.oneof(fc.nat(4), anything),
  ),
  ([network, inputs, rows]) => {
    const values =
      Array.isArray(inputs) && inputs.every(x => typeof x === 'number') ? Float64Array.from(inputs) : inputs;
    const found = tried(() => predict(network, values as never, rows as never));
    if (found !== undefined)
      // Minus zero rows are none.
      assert.equal(found.length, Number(rows) * network.layers[network.layers.length - 1] + 0);
  },
);

fuzz(
  'metrics are shares and counts for every network',
  fc.tuple(finiteNetworks, fc.integer({ min: 1, max: 20 }), fc.integer()),
  ([network, rows, seed]) => {
    const outputs = network.layers[network.layers.length - 1];
    const part = toyPart(rows, network.layers[0], outputs, seed);
    for (const rule of ['argmax', 'all-outputs'] as const) {
      const share = accuracy(network, part, { rule });
      assert.ok(share >= 0 && share <= 1);
    }
    const { classes, counts } = confusionMatrix(network, part);
    assert.equal(
      counts.reduce((sum, count) => sum + count),
      rows,
    );
    let right = 0;
    for (let c = 0; c < classes; c++) right += counts[c * classes + c];
    assert.equal(right / rows, accuracy(network, part));
    const f1 = macroF1(network, part);
    assert.ok(f1 >= 0 && f1 <= 1);
    assert.equal(macs(network), weightCount(network.layers));
    assert.ok(flops(network) > 2 * macs(network));
  },
);

fuzz(
  'metrics say which part does not fit',
  fc.tuple(moderateNetworks, fc.constantFrom('rows', 'inputs', 'targets', 'labels'), anything, anything),
  ([network, name, value, other]) => {
    const part = toyPart(5, network.layers[0], network.layers[network.layers.length - 1], 1);
    for (const wrong of [{ ...part, [name]: value }, other]) {
      tried(() => accuracy(network, wrong as never));
      tried(() => confusionMatrix(network, wrong as never));
      tried(() => macroF1(network, wrong as never));
    }
    tried(() => accuracy(other as never, part));
  },
);

fuzz(
  'masks remove the weights listed and no other, or say why not',
  fc.tuple(finiteNetworks, fc.array(fc.oneof(fc.nat(40), anyNumber()), { maxLength: 8 }), fc.string()),
  ([network, removed, rule]) => {
    const total = weightCount(network.layers);
    const mask = tried(() => createMask(network.layers, removed, rule));
    const fits =
      new Set(removed).size === removed.length &&
      removed.every(k => Number.isInteger(k) && k >= 0 && k < total);
    assert.equal(mask !== undefined, fits);
    if (mask === undefined) return;
    const pruned = applyMask(network, mask);
    const [before, after] = [network, pruned].map(({ weights }) => weights.flatMap(matrix => [...matrix]));
    after.forEach((value, k) => {
      assert.equal(value, removed.includes(k) ? 0 : before[k]);
    });
    assert.equal(macs(pruned), total - removed.length);
    if (removed.length > 0)
      assert.throws(() => applyMask(pruned, createMask(network.layers, [], '')), RangeError);
  },
);

fuzz(
  'masks of other shapes are refused',
  fc.tuple(moderateNetworks, anything, anything, anything),
  ([network, layers, removed, mask]) => {
    // Widths of billions are right, but no memory holds them.
    const isHuge =
      isList(layers) && Array.from(layers).some(width => typeof width === 'number' && width > 1000);
    if (!isHuge) tried(() => createMask(layers as never, removed as never, 'made up'));
    tried(() => createMask(network.layers, removed as never, 'made up'));
    tried(() => applyMask(network, mask as never));
  },
);

fuzz(
  'perturb changes the weights named by about delta, or says why not',
  fc.tuple(
    finiteNetworks,
    fc.oneof(fc.nat(40), fc.array(fc.nat(12), { maxLength: 3 }), anything),
    fc.oneof(fc.constantFrom(1e-6, -1, 1e300), anything),
  ),
  ([network, weight, delta]) => {
    const moved = tried(() => perturb(network, { weight, delta } as never));
    if (moved === undefined) return;
    // Weight 0 is the default.
    const chosen = typeof weight === 'object' ? Array.from(weight as number[]) : [weight ?? 0];
    const [before, after] = [network, moved].map(({ weights }) => weights.flatMap(matrix => [...matrix]));
    assert.ok(isFiniteSeries(after));
    after.forEach((value, k) => {
      assert.equal(value !== before[k], chosen.includes(k));
    });
  },
);

const trainOptions = fc.record(
  {
    epochs: fc.integer({ min: 1, max: 2 }),
    learningRate: fc.oneof(fc.double({ min: 1e-6, max: 10, noNaN: true }), fc.constantFrom(1e300, 1e-300)),
    momentum: fc.double({ min: 0, max: 0.99, noNaN: true }),
    batch: fc.integer({ min: 1, max: 40 }),
    loss: fc.constantFrom('squared-error' as const, 'cross-entropy' as const),
    shuffle: fc.constantFrom('never' as const, 'each-epoch' as const),
    seed: fc.integer(),
    accuracyRule: fc.constantFrom('argmax' as const, 'all-outputs' as const),
  },
  { requiredKeys: ['epochs', 'learningRate', 'seed'] },
);

fuzz(
  'train ends with shares and says when it diverged; a mask stays',
  fc.tuple(
    fc.integer({ min: 1, max: 5 }),
    hidden,
    last,
    trainOptions,
    fc.array(fc.nat(14), { maxLength: 4 }),
  ),
  async ([width, activation, output, options, listed]) => {
    const dataset = toyDataset(3, 2);
    const dense = createNetwork({
      layers: [3, width, 2],
      activation,
      output,
      seed: 1,
      init: { name: 'normal', sd: 1 },
    });
    const removed = [...new Set(listed)].filter(k => k < 5 * width);
    const network = applyMask(dense, createMask(dense.layers, removed, 'made up'));
    const runs = [];
    for (const start of [dense, network]) {
      try {
        runs.push(await train(start, dataset, options));
      } catch (error) {
        isClear(error);
        assert.ok(options.loss === 'cross-entropy');
      }
    }
    if (runs.length < 2) return;
    for (const { final, diverged, trainAccuracy, testAccuracy, testF1, epochs } of runs) {
      assert.equal(diverged, ![...final.weights, ...final.biases].every(isFiniteSeries));
      for (const share of [trainAccuracy, testAccuracy, testF1]) assert.ok(share >= 0 && share <= 1);
      assert.equal(epochs.length, options.epochs);
    }
    const values = runs[1].final.weights.flatMap(matrix => [...matrix]);
    for (const k of removed) assert.equal(values[k], 0);
    const { rows } = compare(runs[0], runs[1]);
    assert.ok(rows.every(({ dense: a, sparse: b }) => Number.isFinite(a) && Number.isFinite(b)));
  },
);

fuzz(
  'train and recordTraining say which option is wrong',
  fc.tuple(
    fc.constantFrom(
      'epochs',
      'learningRate',
      'momentum',
      'batch',
      'loss',
      'shuffle',
      'stop',
      'accuracyRule',
      'optimizer',
      'recorders',
      'other',
    ),
    anything,
    fc.constantFrom('network', 'dataset', 'options'),
    fc.boolean(),
  ),
  async ([name, value, whole, isWhole]) => {
    if (name === 'epochs' && typeof value === 'number' && value > 100) return;
    const sound = {
      network: createNetwork({ layers: [3, 2, 2], seed: 1 }),
      dataset: toyDataset(3, 2),
      options: { epochs: 1, learningRate: 0.1 },
    };
    const given = isWhole
      ? { ...sound, [whole]: value }
      : { ...sound, options: { ...sound.options, [name]: value } };
    for (const run of [train, recordTraining]) {
      try {
        await run(given.network, given.dataset, given.options as never);
      } catch (error) {
        isClear(error);
      }
    }
  },
);

const tensors: fc.Arbitrary<SafeTensor> = fc.oneof(
  fc
    .array(anyNumber(), { maxLength: 9 })
    .map(v => ({ dtype: 'F64' as const, shape: [v.length], values: Float64Array.from(v) })),
  fc
    .array(anyNumber(), { maxLength: 9 })
    .map(v => ({ dtype: 'F32' as const, shape: [v.length, 1], values: Float32Array.from(v) })),
  fc
    .uint8Array({ maxLength: 9 })
    .map(values => ({ dtype: 'U8' as const, shape: [1, values.length], values })),
);

fuzz(
  'safetensors come back as they were, whatever their names',
  fc.tuple(
    fc.uniqueArray(
      fc.tuple(
        fc.string().filter(name => name !== '__metadata__'),
        tensors,
      ),
      { selector: ([name]) => name, maxLength: 5 },
    ),
    fc.dictionary(fc.string(), fc.string()),
  ),
  ([entries, metadata]) => {
    const back = decodeSafetensors(encodeSafetensors({ tensors: new Map(entries), metadata }));
    assert.deepEqual({ ...back.metadata }, { ...metadata });
    assert.equal(back.tensors.size, entries.length);
    for (const [name, { dtype, shape, values }] of entries) {
      assert.deepEqual(back.tensors.get(name), { dtype, shape, values });
    }
  },
);

fuzz(
  'a broken safetensors file is refused with its reason',
  fc.tuple(
    fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), tensors), { maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
    fc.nat(200),
    fc.uint8Array({ maxLength: 60 }),
  ),
  ([entries, changes, cut, noise]) => {
    const whole = encodeSafetensors({ tensors: new Map(entries), metadata: { rule: 'x' } });
    const broken = Uint8Array.from(whole);
    for (const [at, byte] of changes) if (at < broken.length) broken[at] = byte;
    for (const bytes of [broken, whole.slice(0, cut), noise])
      tried(() => decodeSafetensors(bytes), [RangeError]);
  },
);

const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 });
const outputs = fc.constantFrom('sigmoid' as const, 'softmax' as const, 'identity' as const);

fuzz(
  'compact gives the same outputs with no dead unit left, and once is enough',
  fc.tuple(shapes, hidden, outputs, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer()),
  ([layers, activation, output, share, seed]) => {
    const dense = createNetwork({ layers, activation, output, init: { name: 'normal', sd: 1 }, seed });
    const network = applyMask(dense, randomMask(layers, { share, seed }));
    const small = compact(network);
    const random = randomStream(seed, 'rows');
    const inputs = Float64Array.from({ length: 4 * layers[0] }, () => 2 * random() - 1);
    const [before, after] = [predict(network, inputs, 4), predict(small, inputs, 4)];
    const size = Math.max(1, ...before.map(Math.abs));
    before.forEach((value, k) => {
      assert.ok(Math.abs(value - after[k]) < 1e-12 * size, `${value} became ${after[k]}`);
    });
    assert.ok(macs(small) <= macs(network));
    assert.ok(weightCount(small.layers) <= weightCount(layers));
    for (let l = 1; l < small.layers.length - 1; l++) {
      const [width, below, above] = [small.layers[l], small.layers[l - 1], small.layers[l + 1]];
      const unitAlone = width === 1;
      for (let unit = 0; unit < width; unit++) {
        const isReached = small.weights[l - 1].subarray(unit * below, (unit + 1) * below).some(w => w !== 0);
        const isRead = Array.from({ length: above }, (_, o) => small.weights[l][o * width + unit]).some(
          w => w !== 0,
        );
        assert.ok(unitAlone || (isReached && isRead), `unit ${unit} of layer ${l} is dead`);
      }
    }
    const again = compact(small);
    assert.deepEqual(
      [again.layers, again.weights, again.biases],
      [small.layers, small.weights, small.biases],
    );
  },
);
