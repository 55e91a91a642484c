import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { madeOnce, madeRecordsFolder } from '../../src/study/madeRecords';

const program = `
const { madeOnce } = require(${JSON.stringify(require.resolve('../../src/study/madeRecords'))});
const make = async () => {
  console.log('made');
  return { numbers: Float64Array.of(Number.NaN, -0, 0.1 + 0.2), none: undefined, far: Infinity };
};
madeOnce('mnist run 3 / a:b', make).then(value => madeOnce('mnist run 3 / a:b', make).then(again => {
  console.log(again === value, [...value.numbers].map(String), Object.is(value.numbers[1], -0), value.far);
}));`;
const run = (env: Record<string, string>): string =>
  execFileSync(process.execPath, ['-e', program], { env: { ...process.env, ...env }, encoding: 'utf8' });

test('what one process has made under a name serves the next, to the bit, where they share a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-test-'));
  try {
    const first = run({ [madeRecordsFolder]: folder });
    assert.match(first, /^made\ntrue \[ 'NaN', '0', '0.30000000000000004' \] true Infinity\n$/);
    assert.equal(run({ [madeRecordsFolder]: folder }), first.replace('made\n', ''));
    assert.equal(readdirSync(folder).length, 1);
    assert.equal(run({}), first);
    // A folder that is gone costs nobody what was trained.
    assert.equal(run({ [madeRecordsFolder]: join(folder, 'gone') }), first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what failed is made again', async () => {
  let tries = 0;
  const make = async () => {
    tries++;
    if (tries === 1) throw new Error('not yet');
    return tries;
  };
  await assert.rejects(madeOnce('fails once', make), /not yet/);
  assert.equal(await madeOnce('fails once', make), 2);
  assert.equal(await madeOnce('fails once', make), 2);
});
