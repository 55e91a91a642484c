import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { init, session, table } from '../../src';
import { packageRoot } from '../../src/core/packageRoot';

function lockedVersion(name: string): string {
  const lock = JSON.parse(readFileSync(join(packageRoot, 'package-lock.json'), 'utf8'));
  return lock.packages[`node_modules/${name}`].version;
}

test('session() tells the versions that are installed, the machine, and what memory there is', () => {
  const facts = session({ seed: 3 });
  assert.equal(facts.node, process.versions.node);
  assert.equal(facts.tslab, lockedVersion('tslab'));
  assert.equal(facts.typescript, lockedVersion('@tslab/typescript-for-tslab'));
  assert.equal(facts.tfjs, lockedVersion('@tensorflow/tfjs-node'));
  assert.equal(facts.plotly, lockedVersion('plotly.js-dist'));
  assert.equal(facts.seed, 3);
  assert.equal(facts.cores, availableParallelism());
  assert.ok(facts.heap > 0 && facts.heap < facts.rss && facts.heap < facts.heapLimit);
  assert.equal(session().seed, null);
  assert.throws(() => session({ seed: -1 }), RangeError);
  assert.throws(() => session({ sed: 1 } as object), /perhaps 'seed' was meant/);
});

test('asking for the session does not load TensorFlow', () => {
  assert.deepEqual([session().tensorflow, session().backend], [null, null]);
});

test("results answer Deno's display hook in every format, and in text before init()", () => {
  const hook = Symbol.for('Jupyter.display');
  const rows = table([{ a: 1 }]) as unknown as Record<symbol, () => Record<string, unknown>>;
  assert.deepEqual(Object.keys(rows[hook]()), ['text/plain']);
  init();
  const bundle = rows[hook]();
  assert.match(String(bundle['text/html']), /<table/);
  assert.equal(bundle['text/plain'], 'a\n-\n1');
});

test('init() changes nothing in plain Node but how results print', () => {
  const { write } = process.stdout;
  const listeners = process.listenerCount('SIGINT');
  init();
  init();
  assert.equal(process.stdout.write, write);
  assert.equal(process.listenerCount('SIGINT'), listeners);
  assert.match(inspect(session()), /^Session\n +legcnet +\d/);
  assert.match(inspect(new Error('as ever')), /^Error: as ever\n +at TestContext/);
});
