import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { bitsOf, digestOf, firstDifference } from './bits';
import { cases, namesWithCases, withoutCase } from './cases';
import { filesWithChance } from './filesWithChance';
import { given } from './given';
import { withLeapingClock } from './leapingClock';
import { publicFunctions } from './publicFunctions';

const digests = new Map<string, string>();
// The second process works while this one does.
const elsewhere = promisify(execFile)(process.execPath, [join(__dirname, 'digests.js')], {
  maxBuffer: 1e7,
});
elsewhere.catch(() => {}); // reported by the test that awaits it

test('every public function that takes a seed, threads or a place for numbers has a case', () => {
  const { names, telling } = publicFunctions();
  for (const [name, fields] of telling) {
    const isCovered = namesWithCases.includes(name) || name in withoutCase;
    assert.ok(isCovered, `${name} takes ${fields.join(', ')} and has no case in test/determinism/cases`);
  }
  for (const name of namesWithCases) assert.ok(names.has(name), `${name} has a case and is not public`);
  for (const name of Object.keys(withoutCase)) {
    assert.ok(telling.has(name) && !namesWithCases.includes(name), `${name} needs no exception`);
  }
});

test('bits tell 0 from -0, one NaN from a number, a Float32Array from a Float64Array, and see the last bit', () => {
  const differs = (a: unknown, b: unknown) => firstDifference(bitsOf(a), bitsOf(b)) !== null;
  assert.ok(differs({ a: 0 }, { a: -0 }));
  assert.ok(differs([Number.NaN], [0]));
  assert.ok(!differs([Number.NaN], [Number.NaN]));
  assert.ok(differs(1, '1'));
  assert.ok(differs({ a: [] }, { a: {} }));
  assert.ok(differs({ a: undefined }, {}));
  assert.ok(differs(Float64Array.of(0.5), Float32Array.of(0.5, 0)));
  assert.ok(differs(Float64Array.of(1), Float64Array.of(1 + Number.EPSILON)));
  assert.ok(differs({ deep: [{ x: Float64Array.of(0) }] }, { deep: [{ x: Float64Array.of(-0) }] }));
  assert.ok(!differs({ a: 1, seconds: 1 }, { a: 1, seconds: 2 }));
});

for (const [title, { run, changes, isSeeded, skip }] of cases) {
  test(`${title}: same seed, same bits`, { skip }, async () => {
    const before = bitsOf(await given());
    const bits = async (seed: number, change: object = {}) => bitsOf(await run(seed, change));
    const first = await bits(1);
    digests.set(title, digestOf(first));
    const same = (again: typeof first, when: string) =>
      assert.equal(firstDifference(again, first), null, when);

    const other = await bits(2);
    if (isSeeded) assert.notEqual(firstDifference(other, first), null, 'seed 2 gives what seed 1 gives');
    same(await bits(1), 'called again after a call with another seed');
    const [again, otherAgain] = await withLeapingClock(() => Promise.all([bits(1), bits(2)]));
    same(again, 'while the same function works with another seed');
    assert.equal(firstDifference(otherAgain, other), null, 'with seed 2, while it works with seed 1');
    for (const change of changes) same(await bits(1, change), `with ${JSON.stringify(change)}`);
    assert.equal(firstDifference(bitsOf(await given()), before), null, 'what it was given has changed');
  });
}

test('nothing in the sources draws from chance of its own, but for names of files and of parts of a page', () => {
  const named = ['core/replaceFile.ts', 'data/download.ts', 'export/writeFolder.ts'];
  const pages = ['notebook/progress.ts', 'notebook/resultViews.ts', 'notebook/views.ts'];
  assert.deepEqual([...filesWithChance()].sort(), [...named, ...pages]);
});

test('another process computes the same bits of every case', async () => {
  const { stdout } = await elsewhere;
  assert.deepEqual(JSON.parse(stdout), Object.fromEntries([...digests].reverse()));
});
