import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import * as legcnet from '../src/index';
import * as queue from '../src/queue/index';
import { redisServer, redisSkip } from './queue/redisServer';
import { type Example, readExamples } from './support/examples/readExamples';
import { runExample } from './support/examples/runExample';
import { typeErrors } from './support/examples/typeErrors';
import { skipUnless } from './support/mirror';
import './support/offline';

const examples = readExamples();
/** What each import name of the package gives; `legcnet/kernel` gives nothing, it does something. */
const entries: Readonly<Record<string, object>> = { legcnet, 'legcnet/queue': queue };
const home = process.cwd();
// Some examples write files, to a folder beside the notebook.
const folder = mkdtempSync(join(tmpdir(), 'legcnet-examples-'));
process.chdir(folder);
after(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

test('every public name has an example, and so has legcnet/kernel', () => {
  const shown = new Set(examples.map(({ name, file }) => name || file));
  const names = Object.values(entries).flatMap(names => Object.keys(names));
  assert.deepEqual(
    [...names, 'kernel/index.d.ts'].filter(name => !shown.has(name)),
    [],
  );
});

test('every example of a public name imports it from the package', () => {
  const alone = examples.filter(({ name, code }) => {
    const [top] = name.split('.');
    const entry = Object.keys(entries).find(each => top in entries[each]);
    if (entry === undefined) return false;
    const imports = [...code.matchAll(/^import \{([^}]+)\} from '([^']+)';/gm)];
    const names = imports.flatMap(([, list, from]) => (from === entry ? list.split(',') : []));
    return !names.some(imported => imported.trim() === top);
  });
  assert.deepEqual(
    alone.map(({ file, line, name }) => `${file}:${line} ${name}`),
    [],
  );
});

test('every example is right for TypeScript', () => {
  assert.deepEqual(typeErrors(examples), []);
});

test('an example with a wrong value, an unreadable one or a wrong type is found', async () => {
  const made = (code: string): Example => ({ file: 'src/chaos/made.ts', name: 'made', line: 1, code });
  const wrong = ['0.6930', '[0.6931]', "'0.6931'", '0.6931 nats', 'about 0.7', '0.69315e1', '{ a: 0.6931 }'];
  for (const value of wrong) await assert.rejects(runExample(made(`Math.log(2); // ${value}`)), value);
  for (const value of ['0.6931', '0.69, rounded', '6.93e-1: the same']) {
    assert.equal(await runExample(made(`Math.log(2); // ${value}`)), 1);
  }
  await assert.rejects(runExample(made('[1, 2, 3]; // [1, 2]')));
  assert.equal(await runExample(made("[1, 2, 3]; // [1, 2, …]\nconsole.log({ a: 'x' }); // { a: 'x' }")), 2);
  assert.equal(typeErrors([made("import { mean } from 'legcnet';\nmean('1');")]).length, 1);
});

/** Where Redis answers unless told otherwise, and where examples look for it. */
const USUAL_REDIS = 'redis://127.0.0.1:6379';

/** Examples must not touch a server that somebody runs: theirs is a new one, wherever it is. */
async function onOwnRedis(code: string, t: TestContext): Promise<string> {
  const server = await redisServer(t, false);
  return code
    .replaceAll(`'${USUAL_REDIS}'`, `'${server.url()}'`)
    .replaceAll("'127.0.0.1:6379/0'", `'127.0.0.1:${server.port}/0'`);
}

for (const example of examples) {
  test(`the example of ${example.name || example.file} gives what it says`, async t => {
    const asksRedis = example.code.includes(USUAL_REDIS);
    if (asksRedis && redisSkip !== false) return t.skip(redisSkip);
    try {
      const code = asksRedis ? await onOwnRedis(example.code, t) : example.code;
      const compared = await runExample({ ...example, code });
      assert.ok(compared > 0, `${example.file}:${example.line} states no value`);
    } catch (error) {
      const [, file] = /^Cannot get (\S+): /.exec((error as Error).message) ?? [];
      const reason = file !== undefined && skipUnless(file);
      if (reason === false) throw error;
      t.skip(reason);
    }
  });
}
