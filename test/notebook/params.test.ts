import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, mock, test } from 'node:test';
import { params } from '../../src';
import { NotebookError, runNotebook } from '../../src/notebook/runner';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-params-'));
after(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  delete process.env.LEGCNET_PARAMS;
  mock.restoreAll();
});

const defaults = { epochs: 50, name: 'iris', shuffle: false, layers: [4, 6, 3], marks: [] as string[] };

/** The parameters with this LEGCNET_PARAMS, and what was printed. */
function given(text: string): { readonly values: typeof defaults; readonly text: string } {
  process.env.LEGCNET_PARAMS = text;
  const log = mock.method(console, 'log', () => {});
  const values = params(defaults) as typeof defaults;
  return { values, text: log.mock.calls.map(call => String(call.arguments[0])).join('\n') };
}

test('without anything from outside the defaults come back, and nothing is printed', () => {
  assert.deepEqual(given('').values, defaults);
  assert.equal(given('').text, '');
  const { epochs, name }: { epochs: number; name: string } = params({ epochs: 50, name: 'iris' });
  assert.deepEqual([epochs, name], [50, 'iris']);
});

test('values from JSON or a file take the place of the defaults, and are shown', () => {
  const json = '{"epochs": 10, "layers": [4, 3], "marks": ["a"], "shuffle": true}';
  const file = join(folder, 'params.json');
  writeFileSync(file, json);
  for (const source of [json, file]) {
    const { values, text } = given(source);
    assert.deepEqual(values, { epochs: 10, name: 'iris', shuffle: true, layers: [4, 3], marks: ['a'] });
    assert.match(text, /epochs +10 +outside \(default 50\)/);
    assert.match(text, /name +iris +default/);
  }
});

test('an unknown name is refused with the names that there are', () => {
  assert.throws(
    () => given('{"epoch": 10}'),
    new RangeError(
      "Cannot read parameters: there is no parameter 'epoch'; parameters are epochs, name, shuffle, layers, marks",
    ),
  );
});

test('a value of another type than the default is refused', () => {
  const wrong = {
    '{"epochs": "10"}': /epochs must be a finite number, as its default 50 is; '10' came/,
    '{"epochs": null}': /epochs must be a finite number/,
    '{"epochs": [10]}': /epochs must be a finite number/,
    '{"name": 1}': /name must be a text/,
    '{"shuffle": 1}': /shuffle must be true or false/,
    '{"layers": [4, "6"]}': /layers must be a list of finite numbers/,
    '{"layers": 4}': /layers must be a list of finite numbers/,
    '{"marks": [1]}': /marks must be a list of texts/,
    '{"__proto__": {"x": 1}}': /there is no parameter '__proto__'/,
    '{"epochs"': /LEGCNET_PARAMS holds no JSON/,
    'no such file': /neither JSON nor a file that can be read/,
  };
  for (const [text, message] of Object.entries(wrong)) {
    assert.throws(() => given(text), { message });
  }
  assert.throws(() => params({ when: new Date() as unknown as string }), /the default of when must be/);
});

function notebook(code: string): string {
  const path = join(folder, 'made.ts');
  writeFileSync(path, `// %%\nimport { params } from 'legcnet';\n${code}\n`);
  return path;
}

test('a notebook runs with other parameters, which its metadata then holds', async () => {
  const source = notebook(
    'const { epochs } = params({ epochs: 50, name: "iris" });\nconsole.log(2 * epochs);',
  );
  const { notebook: executed } = await runNotebook(source, { params: { epochs: 7 } });
  assert.deepEqual(executed.metadata.legcnet, { params: { epochs: 7 } });
  assert.match(JSON.stringify(executed.cells), /14\\n/);
  const plain = await runNotebook(source);
  assert.equal(plain.notebook.metadata.legcnet, undefined);
});

test('parameters that no cell reads, or that do not exist, fail the notebook', async () => {
  await assert.rejects(
    runNotebook(notebook('1 + 1'), { params: { epochs: 7 } }),
    (error: Error) =>
      error instanceof NotebookError && /no cell calls params\(\): epochs/.test(error.message),
  );
  await assert.rejects(
    runNotebook(notebook('params({ epochs: 50 })'), { params: { name: 'x' } }),
    /there is no parameter 'name'/,
  );
});
