import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyMask } from '../../src/network/applyMask';
import { compact } from '../../src/network/compact';
import { createNetwork } from '../../src/network/createNetwork';
import { weightCount } from '../../src/network/mask';
import { macs } from '../../src/network/metrics';
import { predict } from '../../src/network/predict';
import { randomMask } from '../../src/pruning/randomMask';
import { randomStream } from '../../src/statistics/random';
import { fuzz } from '../support/awkwardSeries';

const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 });
const hidden = fc.constantFrom('sigmoid' as const, 'tanh' as const, 'relu' as const, 'identity' as const);
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
