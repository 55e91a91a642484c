import assert from 'node:assert/strict';
import { test } from 'node:test';
import { environment } from '../../src/notebook/environment';

test('environment tells the versions of this process and of every package, and not who or where', () => {
  const found = environment();
  assert.equal(found.node, process.versions.node);
  assert.deepEqual([found.platform, found.arch], [process.platform, process.arch]);
  assert.match(found.legcnet, /^\d+\.\d+\.\d+/);
  // This package needs it to run at all.
  assert.match(found.packages.papaparse ?? '', /^\d+\.\d+\.\d+/);
  assert.ok(Object.keys(found.packages).length > 10);
  assert.ok(found.cores >= 1 && found.memoryBytes > 2 ** 28);
  const text = JSON.stringify(found);
  for (const secret of [process.cwd(), process.env.HOME]) {
    if (secret !== undefined && secret.length > 1) assert.ok(!text.includes(secret));
  }
});
