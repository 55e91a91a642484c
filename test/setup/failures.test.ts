import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildableClone, type Outcome, pathWith, ROOT, scratchClone, setup } from './scratchClone.js';

/** Nothing listens there. */
const CLOSED = 'http://127.0.0.1:9/';

test('without Python set-up says so and how to get it', async t => {
  const root = scratchClone(t);
  const outcome = await setup(root, ['python'], { PATH: pathWith(root) });
  assertTold(outcome, /Neither python3 nor python is on PATH/, /Install Python 3\.10 or newer/);
});

test('a Python that is too old is named with its version', async t => {
  const root = scratchClone(t);
  const PATH = pathWith(root, { python3: 'echo 3.8.10' });
  assertTold(await setup(root, ['python'], { PATH }), /python3 is 3\.8\.10: too old/, /3\.10 or newer/);
});

test('a Python without ensurepip leads to the package that has it', async t => {
  const root = scratchClone(t);
  const PATH = pathWith(root, { python3: 'case "$2" in *ensurepip*) exit 1;; esac; echo 3.11.2' });
  assertTold(await setup(root, ['python'], { PATH }), /ensurepip module is not installed/, /python3-venv/);
});

test('without a package index set-up blames the network, not the package', async t => {
  const env = { PIP_INDEX_URL: CLOSED, PIP_RETRIES: '0', PIP_NO_CACHE_DIR: '1' };
  const outcome = await setup(scratchClone(t), ['python'], env);
  assertTold(outcome, /Python package index does not answer/, /Check the network and `pip config list`/);
});

test('without a registry set-up blames the network, not the lock file', async t => {
  const root = scratchClone(t);
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(ROOT, name), join(root, name));
  const outcome = await setup(root, ['npm'], {
    npm_config_registry: CLOSED,
    npm_config_cache: join(root, 'npm-cache'),
    npm_config_fetch_retries: '0',
  });
  assertTold(
    outcome,
    /npm registry does not answer .*ECONNREFUSED/,
    /Check the network and `npm config get registry`/,
  );
});

test('without a compiler set-up says so before it downloads anything', async t => {
  const root = scratchClone(t, {
    'node_modules/@tensorflow/tfjs-node/scripts/install.js': 'process.exit(1);',
  });
  const outcome = await setup(root, ['tensorflow'], { PATH: pathWith(root) });
  assertTold(outcome, /None of g\+\+, c\+\+ and clang\+\+ is on PATH/, /apt install g\+\+/);
  assert.doesNotMatch(outcome.output, /downloading/);
});

test('a type error is shown with its file and line', async t => {
  const root = buildableClone(t, 'export const four: number = "four";\n');
  const outcome = await setup(root, ['build']);
  assertTold(outcome, /1 type errors, listed below/, /npm run build/);
  assert.match(outcome.output, /src\/index\.ts\(1,14\): error TS2322/);
});

test('a set-up that is told to stop says that it may be run again', async t => {
  const root = scratchClone(t);
  const PATH = pathWith(root, { python3: 'touch asked; exec sleep 60' });
  const child = spawn(process.execPath, [join(root, 'scripts', 'setup.mjs'), 'python'], {
    cwd: root,
    env: { ...process.env, PATH: `${PATH}${delimiter}${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const output = text(child.stdout);
  while (!existsSync(join(root, 'asked'))) await sleep(50);
  child.kill('SIGINT');
  assert.match(await output, /^stopped; run it again to go on$/m);
  assert.equal(child.exitCode ?? (await once(child, 'close'))[0], 130);
});

test('a step that does not exist is answered with the list of steps', async t => {
  const outcome = await setup(scratchClone(t), ['kernels']);
  assert.equal(outcome.code, 1);
  assert.match(outcome.output, /^There is no kernels\.$/m);
  assert.match(outcome.output, /^ {2}kernel +notebook kernel$/m);
});

/** Every failure says what was tried, what is wrong and what to do, and shows no stack. */
function assertTold({ code, output }: Outcome, problem: RegExp, remedy: RegExp): void {
  assert.equal(code, 1, output);
  assert.match(output, /^ {2}Tried: {3}\S/m);
  assert.match(line(output, 'Problem'), problem);
  assert.match(line(output, 'Remedy'), remedy);
  assert.doesNotMatch(output, /^ {4}at /m);
}

function line(output: string, label: string): string {
  return output.split('\n').find(text => text.startsWith(`  ${label}:`)) ?? '';
}
