import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildableClone, ROOT, scratchClone, setup } from './scratchClone.js';

test('every step but the build is valid in this clone, and finding that out takes less than 2 s', async () => {
  const start = performance.now();
  const names = ['node', 'python', 'npm', 'link', 'tensorflow', 'kernel'];
  const env = process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? '', '.cache');
  const { code, output } = await setup(ROOT, ['--check', ...names], { XDG_CACHE_HOME: env });
  assert.equal(code, 0, output);
  assert.ok(performance.now() - start < 2000);
});

test('--check names what is missing and changes nothing', async t => {
  const root = scratchClone(t, { 'package.json': '{}', 'package-lock.json': '{}' });
  const before = readdirSync(root, { recursive: true });
  const { code, output } = await setup(root, ['--check']);
  assert.equal(code, 1);
  assert.match(output, /npm dependencies: missing/);
  assert.match(output, /build: missing/);
  assert.deepEqual(readdirSync(root, { recursive: true }), before);
});

test('a second build is skipped, and a change of a source is noticed', async t => {
  const root = buildableClone(t, 'export const answer = 42;\n');
  assert.match((await setup(root, ['build'])).output, /build: compiled/);
  assert.match((await setup(root, ['build'])).output, /build: already valid/);
  writeFileSync(join(root, 'src', 'index.ts'), 'export const answer = 43;\n');
  const { code, output } = await setup(root, ['--check', 'build']);
  assert.equal(code, 1);
  assert.match(output, /build: outdated, src, test, bench, tsconfig\.json or package\.json changed/);
});

test('a compiled file that was deleted comes back, one without a source goes', async t => {
  const root = buildableClone(t, 'export const answer = 42;\n');
  await setup(root, ['build']);
  const compiled = join(root, 'dist', 'src', 'index.js');
  const stale = join(root, 'dist', 'test', 'gone.test.js');
  rmSync(compiled);
  mkdirSync(join(root, 'dist', 'test'), { recursive: true });
  writeFileSync(stale, '');
  assert.match((await setup(root, ['build'])).output, /build: compiled/);
  assert.ok(existsSync(compiled));
  assert.ok(!existsSync(stale));
});

test('two set-ups at once take turns, and the second finds the work done', async t => {
  const root = buildableClone(t, 'export const answer = 42;\n');
  const outputs = await Promise.all([setup(root, ['build']), setup(root, ['build'])]);
  assert.deepEqual(
    outputs.map(({ code }) => code),
    [0, 0],
  );
  const compiled = outputs.filter(({ output }) => /build: compiled/.test(output));
  assert.equal(compiled.length, 1);
});

test('links that lead elsewhere are put right', async t => {
  const root = scratchClone(t);
  mkdirSync(join(root, 'node_modules'));
  symlinkSync('/elsewhere', join(root, 'node_modules', 'legcnet'));
  assert.match((await setup(root, ['--check', 'link'])).output, /outdated, .*legcnet is \/elsewhere/);
  assert.equal((await setup(root, ['link'])).code, 0);
  assert.equal(readlinkSync(join(root, 'node_modules', 'legcnet')), '..');
  assert.equal(readlinkSync(join(root, 'node_modules', '.bin', 'legcnet')), '../../dist/src/cli.js');
});

test('the kernel is written again after the clone moved', async t => {
  const root = scratchClone(t);
  await setup(root, ['kernel']);
  const moved = join(root, 'moved');
  mkdirSync(moved);
  for (const name of ['scripts', 'kernel', '.venv']) renameSync(join(root, name), join(moved, name));
  assert.match((await setup(moved, ['--check', 'kernel'])).output, /kernel: outdated/);
  await setup(moved, ['kernel']);
  const file = join(moved, '.venv', 'share', 'jupyter', 'kernels', 'legcnet', 'kernel.json');
  const { argv, language } = JSON.parse(readFileSync(file, 'utf8'));
  assert.equal(argv[0], process.execPath);
  assert.ok(argv.includes(join(moved, 'kernel', 'start.js')));
  assert.equal(language, 'typescript');
});

test('what a killed set-up left behind does not stand in the way', async t => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const root = scratchClone(t, {
    '.cache/setup/lock': JSON.stringify({ pid, host: hostname() }),
    '.cache/setup/making-x/half.txt': '',
  });
  assert.equal((await setup(root, ['link'])).code, 0);
  assert.deepEqual(readdirSync(join(root, '.cache', 'setup')), []);
});
