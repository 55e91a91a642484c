import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { randomStream } from '../../src/statistics/random';
import { analysisHash } from './analysisChild';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-killed-'));
  folders.push(folder);
  return folder;
}

/** Runs the program until it ends or is killed `delay` ms after it started to work; returns what it printed last. */
function runAndKill(folder: string, delay: number): Promise<{ killed: boolean; printed: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(__dirname, 'analysisChild.js'), folder]);
    let printed = '';
    let complaint = '';
    let timer: NodeJS.Timeout | undefined;
    child.stderr.on('data', text => {
      complaint += text;
    });
    child.stdout.on('data', text => {
      printed += text;
      if (Number.isFinite(delay)) timer ??= setTimeout(() => child.kill('SIGKILL'), delay);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === null && code !== 0) reject(new Error(complaint));
      else resolve({ killed: signal === 'SIGKILL', printed: printed.trim().split('\n').pop() ?? '' });
    });
  });
}

test('a run killed at 20 random moments goes on to the bits of an uninterrupted one', async t => {
  const expected = await analysisHash(undefined);
  const random = randomStream(8, 'moments to kill at');
  let folder = freshFolder();
  let ends = 0;
  const found = new Set<number>();
  for (let kills = 0; kills < 20; ) {
    const { killed, printed } = await runAndKill(folder, 160 * random());
    found.add(readdirSync(folder, { recursive: true }).length);
    if (killed) {
      kills++;
      continue;
    }
    assert.equal(printed, expected);
    ends++;
    folder = freshFolder();
  }
  assert.equal((await runAndKill(folder, Number.POSITIVE_INFINITY)).printed, expected);
  // The kills came at different stages: some files more each time.
  assert.ok(found.size > 5, `${[...found]}`);
  t.diagnostic(`20 kills, ${ends + 1} runs brought to their end`);
  const leftovers = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.part'),
  );
  assert.deepEqual(leftovers, []);
});
