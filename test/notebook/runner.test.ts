import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type CellOutput, type CodeCell, fromLines } from '../../src/notebook/notebookFile';
import { type ExecutedNotebook, NotebookError, runNotebook } from '../../src/notebook/runner';
import { cellStanding } from '../../src/study/studyTable';
import { table1 } from '../../src/study/tables';
import { danfoSkip } from '../support/danfo';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

const room = join(__dirname, '..', '..', 'src', 'notebook');
const start = `const { init } = require(${JSON.stringify(join(room, 'init'))});
const { display } = require(${JSON.stringify(join(room, 'display'))});
const { show } = require(${JSON.stringify(join(room, 'views'))});
const { figure } = require(${JSON.stringify(join(room, '..', 'figures', 'figure'))});
init({ plotly: 'none' });`;

/** Code of a cell, or what stands behind its marker too. */
type Cell = string | { readonly head: string; readonly code: string };

async function run(cells: readonly Cell[], options: { timeout?: number } = {}): Promise<ExecutedNotebook> {
  const path = join(folder, 'made.ts');
  const text = (cell: Cell): string =>
    typeof cell === 'string' ? `// %%\n${cell}\n` : `// %% ${cell.head}\n${cell.code}\n`;
  writeFileSync(path, cells.map(text).join(''));
  return runNotebook(path, options);
}

async function failure(cells: readonly Cell[], options: { timeout?: number } = {}): Promise<NotebookError> {
  const error = await run(cells, options).then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof NotebookError);
  return error;
}

function outputsOf({ notebook }: ExecutedNotebook, cell: number): CellOutput[] {
  return (notebook.cells[cell] as CodeCell).outputs;
}

function textOf(executed: ExecutedNotebook, cell: number): string {
  return outputsOf(executed, cell)
    .map(output => (output.output_type === 'stream' ? fromLines(output.text) : ''))
    .join('');
}

test('cells share their variables, wait for promises and are counted', async () => {
  const executed = await run([
    'const a = 20;',
    'const b: number = await Promise.resolve(a + 1);',
    'console.log(b);\n2 * b',
  ]);
  assert.equal(textOf(executed, 2), '21\n42\n');
  assert.deepEqual(
    executed.notebook.cells.map(cell => (cell as CodeCell).execution_count),
    [1, 2, 3],
  );
  assert.ok(executed.cells.every(({ status }) => status === 'ok'));
});

test('a cell that throws fails the notebook, by name, and the cells before it are kept', async () => {
  const { message, executed } = await failure(['1 + 1', 'throw new Error("no luck");', '3']);
  assert.match(message, /code cell 2 \(throw new Error/);
  assert.match(message, /no luck/);
  assert.equal(textOf(executed, 0), '2\n');
  assert.equal(executed.cells.length, 2);
});

test('a type error fails the notebook before anything runs', async () => {
  const { message } = await failure(['console.log("ran");\nconst n: number = "a";']);
  assert.match(message, /Type 'string' is not assignable to type 'number'/);
});

test('a rejection that nobody handles fails the notebook', async () => {
  const { message } = await failure(['void Promise.reject(new Error("lost"));\n1']);
  assert.match(message, /UnhandledPromiseRejection: Error: lost/);
});

test('a notebook that takes too long is stopped', async () => {
  const { message } = await failure(['1', 'while (true) {}'], { timeout: 12 });
  assert.match(message, /not done after 12 s, in code cell 2/);
});

test('a process that dies is reported with its cell', async () => {
  const { message } = await failure(['1', 'process.exit(3)']);
  assert.match(message, /ended in code cell 2 .*exit code 3/s);
});

test('a display is replaced in its place, also from a later cell', async () => {
  const executed = await run([
    `${start}\ndisplay({ 'text/plain': 'one', 'text/html': '<i>one</i>' }, { id: 'slot' });`,
    "display({ 'text/plain': 'two' }, { id: 'slot', update: true });",
  ]);
  const [, slot] = outputsOf(executed, 0);
  assert.deepEqual(slot, {
    output_type: 'display_data',
    data: { 'text/plain': 'two' },
    metadata: {},
  });
  assert.deepEqual(outputsOf(executed, 1), []);
});

test('a figure shows itself as last expression, after what was printed, and as text elsewhere', async () => {
  const executed = await run([
    start,
    "const drawn = figure([{ type: 'bar', y: [1] }], {}, 'One bar.');\nconsole.log('first');\ndrawn",
    'show(drawn);\nrequire("node:util").inspect([drawn])',
  ]);
  const [printed, shown] = outputsOf(executed, 1);
  assert.deepEqual(printed, { output_type: 'stream', name: 'stdout', text: ['first\n'] });
  assert.equal(shown.output_type, 'display_data');
  assert.deepEqual(shown.output_type === 'display_data' && Object.keys(shown.data), [
    'application/vnd.plotly.v1+json',
    'text/html',
    'text/plain',
  ]);
  assert.deepEqual(shown.output_type === 'display_data' && shown.metadata, { legcnet: { kind: 'figure' } });
  assert.equal(outputsOf(executed, 1).length, 2);
  assert.equal(textOf(executed, 2), '[ [figure] One bar. ]\n');
});

test('a data frame shows itself as a table, as last expression and in the middle of a text', async () => {
  const executed = await run([
    start,
    `class DataFrame { columns = ['a']; values = [[1], [2]]; index = [0, 1]; $data = 'internals'; }
const frame = new DataFrame();
frame`,
    "console.log('see', frame);",
  ]);
  const [shown, ...more] = outputsOf(executed, 1);
  assert.deepEqual(more, []);
  assert.equal(shown.output_type, 'display_data');
  assert.match(
    shown.output_type === 'display_data' ? fromLines(shown.data['text/html']) : '',
    /<table>.*>2<\/td>/s,
  );
  assert.equal(textOf(executed, 2), 'see a\n-\n1\n2\n');
});

test("danfo's table of a data set and its description show themselves", { skip: danfoSkip }, async () => {
  const load = `const { loadDataset } = require(${JSON.stringify(join(room, '..', 'data', 'loadDataset'))});`;
  const executed = await run([
    `${start}\n${load}\nconst iris = await loadDataset('iris', { procedure: 'published' });`,
    'iris.table',
    "iris.table['petal length'].describe()",
  ]);
  const html = [1, 2].map(cell => {
    const shown = outputsOf(executed, cell);
    assert.equal(shown.length, 1);
    return shown[0].output_type === 'display_data' ? fromLines(shown[0].data['text/html']) : '';
  });
  assert.match(html[0], /petal length.*first 10 of 150 rows/s);
  assert.match(html[1], /mean<\/td><td[^>]*>3\.759</);
});

test('a figure that is shown as text fails the notebook', async () => {
  const { message } = await failure([start, "console.log(figure([], {}, 'Nothing.'));"]);
  assert.match(message, /code cell 2 .* shows a figure as text/);
});

const study = join(room, '..', 'study');
/** Table 1 as it ships, and the same without the reasons for cells that differ. */
const unreasoned = `const { table1 } = require(${JSON.stringify(join(study, 'tables'))});
const { studyTable } = require(${JSON.stringify(join(study, 'studyTable'))});
const { tableFigure } = require(${JSON.stringify(join(study, 'tableFigure'))});
const shipped = await table1();
const silent = studyTable({ ...shipped, rows: shipped.rows.map(row => ({ ...row, cells: Object.fromEntries(
  Object.entries(row.cells).map(([name, { reason, ...cell }]: [string, any]) => [name, cell])) })) });`;

test('a table that differs from the paper for stated reasons passes, without the reasons it fails by its cells', async () => {
  const executed = await run([`${start}\n${unreasoned}`, 'shipped', 'show(tableFigure(shipped))']);
  assert.equal(executed.cells.length, 3);
  const table = await failure([`${start}\n${unreasoned}`, 'shipped', 'silent', '1']);
  assert.match(
    table.message,
    /code cell 3 \(silent\) differs from the paper without a reason in table 1 [a-z0-9]+ \w+/,
  );
  for (const { dataset, cells } of (await table1()).rows) {
    for (const [name, cell] of Object.entries(cells)) {
      const isNamed = new RegExp(`table 1 ${dataset} ${name}(,|$)`).test(table.message);
      assert.equal(isNamed, cellStanding(cell) === 'explained', `${dataset} ${name}`);
    }
  }
  const drawn = await failure([`${start}\n${unreasoned}`, 'tableFigure(silent)']);
  assert.match(drawn.message, /code cell 2 .* differs from the paper without a reason in table 1/);
});

/** A task of `LongRun` as any of the library: counts to `total` in steps of about a millisecond. */
const count = `const { LongRun } = require(${JSON.stringify(join(room, '..', 'core', 'longRun'))});
async function count(total: number, options: object = {}, task = 'Counting'): Promise<string> {
  const run = new LongRun(options);
  for (let done = 0; done < total; done++) {
    for (const end = performance.now() + 1; performance.now() < end; );
    if (run.isDue) await run.pause({ task, done, total, unit: 'steps' });
  }
  run.finish({ task, done: total, total, unit: 'steps' });
  return 'counted to ' + total;
}`;

/** What the progress displays of a cell say at the end. */
function barsOf(executed: ExecutedNotebook, cell: number): string[] {
  return outputsOf(executed, cell).flatMap(output =>
    output.output_type === 'display_data' && output.metadata.legcnet?.kind === 'progress'
      ? [fromLines(output.data['text/plain'])]
      : [],
  );
}

const mayFail = 'tags=["raises-exception"]';

test('after init the stop button stops long tasks that were given no options, and the next cell works', async () => {
  const executed = await run([
    `${start}\n${count}\nconst ends: string[] = [];\nconst pending: Promise<unknown>[] = [];`,
    {
      head: mayFail,
      code: `for (let i = 0; i < 2; i++) pending.push(count(1e9).catch(error => ends.push(error.name)));
const swallow = async (error: Error) => { ends.push('loop: ' + error.name); };
pending.push((async () => { for (let i = 0; i < 3; i++) await count(1e9).catch(swallow); })());
setTimeout(() => process.kill(process.pid, 'SIGINT'), 1500);
await Promise.all(pending);`,
    },
    'await Promise.all(pending);\nconsole.log(ends.sort().join());\nawait count(5)',
  ]);
  assert.deepEqual(
    executed.cells.map(({ status }) => status),
    ['ok', 'error', 'ok'],
  );
  const loop = 'loop: AbortError';
  assert.equal(textOf(executed, 2), `AbortError,AbortError,${loop},${loop},${loop}\ncounted to 5\n`);
  assert.equal(barsOf(executed, 1).length, 3);
  for (const bar of barsOf(executed, 1)) assert.match(bar, /^Counting: .* · stopped after \d/);
});

test('after init a long task shows a bar, a short one does not, and tasks one after another share theirs', async () => {
  const executed = await run([
    `${start}\n${count}`,
    'await count(5)',
    'for (let i = 0; i < 3; i++) await count(700);',
    "void await Promise.all([count(700, {}, 'A'), count(700, {}, 'B')]);",
    'let told = 0;\nvoid await count(700, { onProgress: () => { told++; } });\ntold > 3',
    'void await count(700).then(() => { throw new Error("after") }).catch(() => 0);',
    'const { progress } = require(' +
      JSON.stringify(join(room, 'progress')) +
      ");\nvoid await count(5, progress('Named'));",
  ]);
  const bars = executed.notebook.cells.map((_, cell) => barsOf(executed, cell));
  assert.deepEqual(
    bars.map(all => all.length),
    [0, 0, 1, 2, 0, 1, 1],
  );
  for (const bar of bars.flat()) assert.match(bar, / · done in \d/);
  assert.match(bars[3].sort().join(), /^A: .*B: /);
  assert.match(bars[6][0], /^Named: 5 of 5 steps/);
  assert.equal(textOf(executed, 4), 'true\n');
});

test('a task whose cell fails is shown as stopped, in the last cell too', async () => {
  const { executed } = await failure([
    `${start}\n${count}`,
    'await Promise.all([count(1e9), count(700).then(() => { throw new Error("no luck"); })]);',
  ]);
  assert.ok(barsOf(executed, 1).some(bar => /stopped after/.test(bar)));
});

test('a task in the very cell that calls init ends with it too: after an error, and where it ends early', async () => {
  const { executed } = await failure([
    `${start}\n${count}\nvoid await Promise.all([count(1e9), count(700).then(() => { throw new Error("no luck"); })]);`,
  ]);
  assert.deepEqual(
    barsOf(executed, 0)
      .map(bar => / · (stopped after|done in) /.exec(bar)?.[1])
      .sort(),
    ['done in', 'stopped after'],
  );
  const early = `const { LongRun: Run } = require(${JSON.stringify(join(room, '..', 'core', 'longRun'))});
const run = new Run({});
for (let done = 0; done < 30; done++) {
  await new Promise(resolve => setTimeout(resolve, 30));
  await run.pause({ task: 'Early', done, total: 100, unit: 'epochs' });
}`;
  const ended = await run([`${start}\n${early}`, 'Promise.race.toString()']);
  assert.match(barsOf(ended, 0)[0], /^Early: .* epochs · ended early, after \d/);
  assert.match(textOf(ended, 1), /native code/);
});

test('tasks leave no listeners on the signal of the stop button', async () => {
  const executed = await run([
    `${start}\n${count}
const { progress } = require(${JSON.stringify(join(room, 'progress'))});
const { getEventListeners } = require('node:events');
const warnings: string[] = [];
process.on('warning', (warning: Error) => warnings.push(warning.name));`,
    'for (let i = 0; i < 30; i++) await count(3, progress());\nvoid await Promise.all(Array.from({ length: 30 }, () => count(3)));',
    "console.log(warnings.length, getEventListeners(progress().signal, 'abort').length);",
  ]);
  assert.equal(textOf(executed, 2), '0 0\n');
});

test('five thousand prints arrive whole and in order, as few messages', async () => {
  const executed = await run([
    `${start}
const jupyter = Object.values(require.cache).find(m => /tslab.dist.jupyter\\.js$/.test(m.filename)).exports;
let messages = 0;
const { handleExecute } = jupyter.JupyterHandlerImpl.prototype;
jupyter.JupyterHandlerImpl.prototype.handleExecute = function (request, write, ...rest) {
  return handleExecute.call(this, request, (...message) => { messages++; write(...message); }, ...rest);
};`,
    'for (let i = 0; i < 5000; i++) console.log(i);',
    'for (let i = 5000; i < 10000; i++) { await null; console.log(i); }',
    'messages',
  ]);
  const numbers = `${textOf(executed, 1)}${textOf(executed, 2)}`.trim().split('\n').map(Number);
  assert.deepEqual(
    numbers,
    Array.from({ length: 10_000 }, (_, i) => i),
  );
  assert.ok(Number(textOf(executed, 3)) < 250, textOf(executed, 3));
});
