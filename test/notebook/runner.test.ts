import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type CellOutput, type CodeCell, fromLines } from '../../src/notebook/notebookFile';
import { type ExecutedNotebook, NotebookError, runNotebook } from '../../src/notebook/runner';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

const room = join(__dirname, '..', '..', 'src', 'notebook');
const start = `const { init } = require(${JSON.stringify(join(room, 'init'))});
const { display } = require(${JSON.stringify(join(room, 'display'))});
const { show } = require(${JSON.stringify(join(room, 'views'))});
const { figure } = require(${JSON.stringify(join(room, '..', 'figures', 'figure'))});
init({ plotly: 'none' });`;

async function run(cells: readonly string[], options: { timeout?: number } = {}): Promise<ExecutedNotebook> {
  const path = join(folder, 'made.ts');
  writeFileSync(path, cells.map(cell => `// %%\n${cell}\n`).join(''));
  return runNotebook(path, options);
}

async function failure(cells: readonly string[], options: { timeout?: number } = {}): Promise<NotebookError> {
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

test('a figure that is shown as text fails the notebook', async () => {
  const { message } = await failure([start, "console.log(figure([], {}, 'Nothing.'));"]);
  assert.match(message, /code cell 2 .* shows a figure as text/);
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
