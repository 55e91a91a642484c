import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ProcessState } from '../../bench/processState';
import { type SoakRow, soakVerdict } from '../../bench/soakVerdict';
import { packageRoot } from '../../src/core/packageRoot';

const MiB = 2 ** 20;

/** Forty rounds: a warm-up of ten, in which everything grows, then what `later` says. */
function soaked(later: (round: number) => Partial<ProcessState>): ProcessState[] {
  return Array.from({ length: 40 }, (_, i) => {
    const warm = Math.min(i, 10);
    const level = { heap: (20 + warm) * MiB, arrayBuffers: MiB, resident: (200 + 10 * warm) * MiB };
    const counts = { tensors: 3, threads: 8 + Math.min(warm, 4), files: 20, handles: 2 };
    return { round: i + 1, seconds: i, ...level, ...counts, ...later(i) };
  });
}

function growing(states: readonly ProcessState[]): string[] {
  return soakVerdict(states).flatMap(({ quantity, flat }) => (flat ? [] : [quantity]));
}

test('a process that only warms up is flat', () => {
  assert.deepEqual(growing(soaked(() => ({}))), []);
  assert.equal(soakVerdict(soaked(() => ({}))).length, 7);
});

test('100 kB of objects, one tensor in ten rounds, one thread or one handle that stays is growth', () => {
  const i0 = 30 * MiB;
  assert.deepEqual(growing(soaked(i => ({ heap: i0 + 100_000 * i }))), ['heap']);
  assert.deepEqual(growing(soaked(i => ({ tensors: Math.floor(i / 10) }))), ['tensors']);
  assert.deepEqual(growing(soaked(i => ({ threads: i < 25 ? 12 : 13 }))), ['threads']);
  assert.deepEqual(growing(soaked(i => ({ handles: i < 25 ? 2 : 3 }))), ['handles']);
});

test('what the system does not count is left out, and too few rounds are refused', () => {
  const rows = soakVerdict(soaked(() => ({ threads: Number.NaN, files: Number.NaN })));
  assert.deepEqual(
    rows.map(({ quantity }) => quantity),
    ['heap', 'arrayBuffers', 'resident', 'tensors', 'handles'],
  );
  assert.deepEqual(
    soakVerdict(soaked(() => ({})).slice(0, 39)).map(({ quantity }) => quantity),
    ['tensors', 'threads', 'files', 'handles'],
  );
  assert.throws(() => soakVerdict(soaked(() => ({})).slice(0, 7)), /8 rounds are the least, 7 came/);
});

test('eight analyses one after another leave no tensor, thread, file or handle behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-soak-test-'));
  try {
    const json = join(folder, 'soak.json');
    const program = join(packageRoot, 'dist', 'bench', 'soak.js');
    const args = ['--expose-gc', program, '--minutes', '0.001', '--json', json];
    const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const { rows } = JSON.parse(readFileSync(json, 'utf8')) as { rows: SoakRow[] };
    const counted = ['tensors', 'threads', 'files', 'handles'];
    const grown = rows.filter(({ quantity, flat }) => counted.includes(quantity) && !flat);
    assert.deepEqual(grown, [], stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
