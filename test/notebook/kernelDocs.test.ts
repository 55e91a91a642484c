import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { KernelClient, kernelSkip, type Place } from '../support/kernelClient';

// Completion and Shift-Tab, asked for through the kernel's protocol as a frontend does.

const skip = kernelSkip;
let kernel: KernelClient;

before(async () => {
  if (!skip) kernel = await KernelClient.start();
});
after(() => kernel?.close());

/** Every name of src/index.ts. */
const publicNames = [
  ...readFileSync(join(packageRoot, 'src', 'index.ts'), 'utf8').matchAll(/^export (?:type )?\{([^}]*)\}/gms),
]
  .flatMap(([, names]) => names.split(','))
  .map(name => name.replace(/^\s*(type )?/, '').trim())
  .filter(name => name !== '');

test('completion offers every public name', { skip }, async () => {
  const code = "import {  } from 'legcnet';";
  const [offered] = await kernel.complete([[code, code.indexOf('{') + 2]]);
  assert.deepEqual(
    publicNames.filter(name => !offered.includes(name)),
    [],
  );
});

test('Shift-Tab says what every public name is', { skip }, async () => {
  assert.ok(publicNames.length > 500);
  const code = `import {\n${publicNames.join(',\n')},\n} from 'legcnet';`;
  const places = publicNames.map((name): Place => [code, code.indexOf(`\n${name},`) + 2]);
  const shown = await kernel.inspect(places);
  // First what it is, then an empty line, then what it is for.
  const isDocumented = (text: string, name: string): boolean =>
    text.includes(name) && /\n\n.*\S.*[.:)?]/s.test(text.slice(text.indexOf('\n')));
  const undocumented = publicNames.filter((name, i) => !isDocumented(shown[i], name));
  assert.deepEqual(undocumented, []);
});

test('Shift-Tab at a call says what it returns, throws and takes', { skip }, async () => {
  const code = "import { windowedLyapunov } from 'legcnet';\nwindowedLyapunov";
  const [text] = await kernel.inspect([[code, code.length]]);
  assert.match(text, /recording: Recording<Trainable>, options\?: WindowedLyapunovOptions/);
  assert.match(text, /The Lyapunov exponent of every weight in every window/);
});

test('completion knows options, their words, and members of results of earlier cells', { skip }, async () => {
  const { status } = await kernel.run(
    "import { createNetwork, lyapunov, session, windowedLyapunov } from 'legcnet';\nconst facts = session();",
  );
  assert.equal(status, 'ok');
  const at = (code: string): Place => [code.replace('|', ''), code.indexOf('|')];
  const [members, options, words, variable] = await kernel.complete([
    at('facts.heap|'),
    at('lyapunov([1, 2], { | })'),
    at("createNetwork({ layers: [1, 1], seed: 1, output: '|' })"),
    at('windowedL|'),
  ]);
  assert.ok(members.includes('heapLimit'), members.join());
  assert.ok(options.includes('estimator'), options.slice(0, 9).join());
  assert.ok(words.includes('softmax'), words.slice(0, 9).join());
  assert.ok(variable.includes('windowedLyapunov'), variable.join());
});
