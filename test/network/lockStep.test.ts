import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Engine } from '../../src/network/engine';
import { lockStep } from '../../src/network/lockStep';

/** An engine of one parameter that counts its steps and its disposals. */
function counter(start: number): Engine & { disposed: number } {
  let value = start;
  return {
    disposed: 0,
    parameters: () => Float64Array.of(value),
    step: () => void value++,
    evaluate: () => ({ loss: 0, outputs: new Float64Array(0) }),
    dispose() {
      this.disposed++;
    },
  };
}

test('a pair in lock step moves, differs and is disposed of together', async () => {
  const [first, second] = [counter(1), counter(4)];
  const pair = await lockStep(
    async () => first,
    async () => second,
  );
  pair.step(new Int32Array(1), 0, 1);
  const out = new Float64Array(1);
  pair.difference(out);
  assert.deepEqual([pair.parameters()[0], out[0]], [2, 3]);
  pair.dispose();
  assert.deepEqual([first.disposed, second.disposed], [1, 1]);
});

test('when the second engine cannot be made, the first is disposed of', async () => {
  const first = counter(1);
  const failed = lockStep(
    async () => first,
    () => Promise.reject(new Error('no memory left')),
  );
  await assert.rejects(failed, /no memory left/);
  assert.equal(first.disposed, 1);
});
