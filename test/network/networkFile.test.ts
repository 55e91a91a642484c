import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { applyMask } from '../../src/network/applyMask';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { loadNetwork, saveNetwork } from '../../src/network/networkFile';
import { networkFromWeights } from '../../src/network/networkFromWeights';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-network-'));
after(() => rmSync(folder, { recursive: true }));

const dense = createNetwork({ layers: [3, 4, 2], activation: 'tanh', output: 'softmax', seed: 1 });
const pruned = applyMask(dense, createMask([3, 4, 2], [0, 13], 'two of them'));
/** Numbers whose text or sign is easily lost. */
const awkward = networkFromWeights({
  layers: [2, 2],
  activation: 'sigmoid',
  output: 'sigmoid',
  weights: [Float64Array.of(-0, Number.MIN_VALUE, Number.MAX_VALUE, 0.1 + 0.2)],
  biases: [Float64Array.of(1 / 3, -1e-300)],
});

for (const extension of ['json', 'safetensors']) {
  describe(`a .${extension} file`, () => {
    for (const [name, network] of Object.entries({ dense, pruned, awkward })) {
      test(`gives every float64 of a ${name} network back`, async () => {
        const path = join(folder, `${name}.${extension}`);
        await saveNetwork(network, path);
        // deepStrictEqual tells -0 from 0.
        assert.deepStrictEqual({ ...(await loadNetwork(path)) }, { ...network });
      });
    }
  });
}

describe('a .json file', () => {
  test('is readable: one row of a matrix a line', async () => {
    const path = join(folder, 'readable.json');
    await saveNetwork(pruned, path);
    const lines = readFileSync(path, 'utf8').split('\n');
    assert.ok(lines.includes('  "mask": {"rule":"two of them","removed":[0,13]},'));
    assert.ok(lines.some(line => line.startsWith('      [0, ')));
  });

  test('of another version, format or content is refused', async () => {
    const path = join(folder, 'broken.json');
    await saveNetwork(dense, path);
    const good = JSON.parse(readFileSync(path, 'utf8'));
    const refuses = async (content: string, expected: object) => {
      writeFileSync(path, content);
      await assert.rejects(loadNetwork(path), expected);
    };
    await refuses('{', { name: 'RangeError', message: /not JSON/ });
    await refuses('{}', { name: 'RangeError', message: /no legcnet-network file/ });
    await refuses(JSON.stringify({ ...good, version: 2 }), { name: 'RangeError', message: /got 2/ });
    await refuses(JSON.stringify({ ...good, biases: 3 }), { name: 'RangeError', message: /must be lists/ });
    await refuses(JSON.stringify({ ...good, biases: [[0, 0, 0]] }), { name: 'TypeError' });
    good.biases[0][0] = null;
    await refuses(JSON.stringify(good), { name: 'RangeError', message: /not finite/ });
  });
});

test('a file of another kind is neither written nor read', async () => {
  await assert.rejects(saveNetwork(dense, 'network.h5'), {
    name: 'RangeError',
    message: /\.json or \.safetensors/,
  });
  await assert.rejects(loadNetwork('network.h5'), RangeError);
});
