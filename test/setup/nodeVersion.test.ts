import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT } from './scratchClone.js';

interface NodeVersion {
  readonly MINIMUM_NODE: string;
  nodeProblem(version: string): string;
}

const file: string = pathToFileURL(join(ROOT, 'scripts', 'setup', 'nodeVersion.mjs')).href;

test('Node older than 20.19 is refused with the version it takes', async () => {
  const { nodeProblem }: NodeVersion = await import(file);
  assert.equal(nodeProblem('18.20.8'), 'Node 18.20.8 is too old: legcnet needs Node 20.19 or newer.');
  assert.match(nodeProblem('20.18.3'), /too old/);
});

test('Node 20.19 and everything newer is accepted', async () => {
  const { nodeProblem }: NodeVersion = await import(file);
  assert.deepEqual(['20.19.0', '20.20.2', '22.0.0', '100.1.0'].map(nodeProblem), ['', '', '', '']);
});

test('the scripts, package.json and .nvmrc ask for the same Node', async () => {
  const { MINIMUM_NODE }: NodeVersion = await import(file);
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  assert.equal(engines.node, `>=${MINIMUM_NODE}`);
  assert.equal(readFileSync(join(ROOT, '.nvmrc'), 'utf8').trim(), MINIMUM_NODE.split('.')[0]);
});
