import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createNetwork } from '../../src/network/createNetwork';
import { flattenParameters } from '../../src/network/parameters';
import { perturb } from '../../src/network/perturb';
import { recordTraining } from '../../src/network/recordTraining';
import { type RecordTwinOptions, recordTwin } from '../../src/network/recordTwin';
import { toyDataset } from './toyDataset';

const dataset = toyDataset();
const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
const options: RecordTwinOptions = { epochs: 5, learningRate: 0.1, shuffle: 'each-epoch', seed: 4 };
const iterates = 5 * 40 + 1;

async function differences(more: Partial<RecordTwinOptions>): Promise<Float64Array> {
  const twin = await recordTwin(network, dataset, { ...options, ...more });
  return (await twin.readWindow(0, iterates)).series;
}

describe('recordTwin', () => {
  test('starts with delta in the perturbed weight, up to the rounding of w + delta, and 0 elsewhere', async () => {
    const series = await differences({ perturbation: { weight: 7, delta: 1e-4 } });
    for (let k = 0; k < 42; k++) {
      const first = series[k * iterates];
      if (k === 7) assert.ok(Math.abs(first - 1e-4) < 1e-16);
      else assert.equal(first, 0);
    }
  });

  test('equals the difference of two separate runs, bit for bit', async () => {
    const series = await differences({ perturbation: { weight: [3, 30], delta: 1e-3 } });
    const base = await recordTraining(network, dataset, options);
    const perturbed = await recordTraining(
      perturb(network, { weight: [3, 30], delta: 1e-3 }),
      dataset,
      options,
    );
    const [a, b] = [await base.readWindow(0, iterates), await perturbed.readWindow(0, iterates)];
    assert.deepEqual(
      series,
      b.series.map((value, i) => value - a.series[i]),
    );
  });

  test('halves when delta is halved: what is left over is of second order', async () => {
    const [whole, half] = [
      await differences({ perturbation: { delta: 1e-5 } }),
      await differences({ perturbation: { delta: 5e-6 } }),
    ];
    const norm = (values: Float64Array) => Math.hypot(...values);
    assert.ok(norm(whole.map((value, i) => value - 2 * half[i])) < 1e-5 * norm(whole));
  });

  test('reports the base run: its metrics, its networks, its stop', async () => {
    const stop = { part: 'train', accuracy: 0.4 } as const;
    const twin = await recordTwin(network, dataset, { ...options, epochs: 300, stop });
    const base = await recordTraining(network, dataset, { ...options, epochs: 300, stop });
    assert.deepEqual(twin.epochs, base.epochs);
    assert.deepEqual([twin.iterates, twin.stopped], [base.iterates, base.stopped]);
    assert.deepEqual(
      flattenParameters(await twin.networkAt(30)),
      flattenParameters(await base.networkAt(30)),
    );
    assert.deepEqual(flattenParameters(twin.final), flattenParameters(base.final));
  });

  test('has no default delta under float32, which would drown it in its rounding', async () => {
    for (const perturbation of [undefined, {}, { weight: 3 }]) {
      const twin = { ...options, engine: 'tfjs', ...(perturbation && { perturbation }) } as const;
      await assert.rejects(recordTwin(network, dataset, twin), {
        name: 'RangeError',
        message: /float32, whose rounding swamps the default delta of 0\.000001; .* or state a delta/,
      });
    }
    const run = recordTwin(network, dataset, { ...options, perturbation: { dleta: 1 } as object });
    await assert.rejects(run, { name: 'TypeError', message: /perhaps 'delta' was meant/ });
  });

  test('says what was perturbed: by default weight 0 by 1e-6', async () => {
    const twin = await recordTwin(network, dataset, options);
    assert.deepEqual([twin.content, twin.perturbation], ['difference', { weight: 0, delta: 1e-6 }]);
  });
});
