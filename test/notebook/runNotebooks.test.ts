import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runNotebooks } from '../../src/notebook/runNotebooks';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
const out = join(folder, 'reports');
after(() => rmSync(folder, { recursive: true }));

const room = join(__dirname, '..', '..', 'src', 'notebook');
const params = `const { init } = require(${JSON.stringify(join(room, 'init'))});
const { params } = require(${JSON.stringify(join(room, 'params'))});
init({ plotly: 'none' });`;
const sources = {
  '01-prints': '// %%\nconsole.log(1 + 1);',
  '02-fails': '// %%\nconst right = 1;\n// %%\nthrow new Error("no <luck>");',
  '03-recomputes': `// %%\n${params}\nconst { recompute } = params({ recompute: false });\nrecompute ? 'computed' : 'read';`,
};
for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, `${name}.ts`), text);
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

test('notebooks run in order, each is written as it is committed, and one that fails stops none of the others', async () => {
  const said: string[] = [];
  const outcomes = await runNotebooks({
    folder,
    out,
    onStart: name => said.push(`start ${name}`),
    onEnd: ({ name }) => said.push(`end ${name}`),
  });
  const names = Object.keys(sources);
  assert.deepEqual(
    said,
    names.flatMap(name => [`start ${name}`, `end ${name}`]),
  );
  assert.deepEqual(
    outcomes.map(({ failure }) => failure !== null),
    [false, true, false],
  );
  assert.match(
    outcomes[1].failure ?? '',
    /^code cell 2 \(throw new Error.*\) failed\n.*^Error: no <luck>$/ms,
  );
  assert.deepEqual(
    readdirSync(folder).filter(file => file.endsWith('.ipynb')),
    ['01-prints.ipynb', '03-recomputes.ipynb'],
  );
  assert.match(read('reports/02-fails.html'), /no &lt;luck&gt;/);
  assert.match(read('03-recomputes.ipynb'), /read/);
  assert.deepEqual(outcomes[0].outputs, { all: 1, changed: 1 });
});

test('what is computed again leaves the committed notebook alone and says how many outputs differ', async () => {
  const committed = read('03-recomputes.ipynb');
  const outcomes = await runNotebooks({ folder, out, names: ['recomputes', '01-prints'], recompute: true });
  assert.deepEqual(
    outcomes.map(({ name, recomputed, outputs }) => ({ name, recomputed, ...outputs })),
    [
      { name: '01-prints', recomputed: false, all: 1, changed: 0 },
      { name: '03-recomputes', recomputed: true, all: 1, changed: 1 },
    ],
  );
  assert.equal(read('03-recomputes.ipynb'), committed);
  assert.match(read('reports/recomputed/03-recomputes.ipynb'), /computed/);
});

test('a name that is not there is refused before anything runs', async () => {
  await assert.rejects(
    runNotebooks({ folder, names: ['01-prints', 'absent'], onStart: () => assert.fail('ran') }),
    /There is no notebook 'absent'.* 01-prints, 02-fails, 03-recomputes/,
  );
  assert.ok(!existsSync(join(folder, 'reports', 'absent.html')));
});

test('an output that is gone counts as changed', async () => {
  writeFileSync(join(folder, '01-prints.ts'), '// %%\nconst quiet = 1;');
  const [{ outputs }] = await runNotebooks({ folder, out, names: ['01-prints'] });
  assert.deepEqual(outputs, { all: 0, changed: 1 });
});
