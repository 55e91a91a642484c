import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { readCsv } from '../../src/data/csv';
import { checkExport } from '../../src/export/checkExport';
import type { ExportManifest } from '../../src/export/exportManifest';
import { exportNotebook } from '../../src/export/exportNotebook';
import { htmlTables } from '../../src/export/htmlTables';
import { notebookOutputs } from '../../src/export/notebookOutputs';
import { facts } from '../../src/notebook/facts';
import type { DisplayOutput, NotebookFile } from '../../src/notebook/notebookFile';
import { parsePercent } from '../../src/notebook/percent';
import { viewStudyTable } from '../../src/notebook/studyTableView';
import { table, tableHtml } from '../../src/notebook/table';
import { dataMime, tableBundle } from '../../src/notebook/tableBundle';
import { studyTable } from '../../src/study/studyTable';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-export-'));
after(() => rmSync(folder, { recursive: true }));
// The browser has its own test; without it this one takes seconds less.
const { PATH } = process.env;
process.env.CHROMIUM = '';
process.env.PATH = '';
after(() => {
  process.env.PATH = PATH;
});

const rows = [
  { name: 'a <b> & "c"', share: 1 / 3, count: 12_345 },
  { name: 'none', share: -1.25e-7, count: null },
];
const shown = table(rows, { caption: 'Shares & <names>', note: 'A note' });

function display(data: Record<string, unknown>, kind?: string): DisplayOutput {
  return { output_type: 'display_data', data, metadata: kind === undefined ? {} : { legcnet: { kind } } };
}

function notebookOf(outputs: DisplayOutput[]): NotebookFile {
  const notebook = parsePercent('// %% [markdown]\n// # Title\n\n// %%\nshow("iris");\n');
  const [, code] = notebook.cells;
  if (code.cell_type === 'code') code.outputs = outputs;
  return notebook;
}

const plotly = {
  data: [{ type: 'scatter', y: [1, 2] }],
  layout: { title: { text: 'Loss<br><sup>by epoch</sup>' } },
};

test('a notebook gives its figures, tables, images and texts in order, without session and progress', () => {
  const outputs = notebookOutputs(
    notebookOf([
      display({ 'text/plain': 'legcnet 0.1.0' }, 'session'),
      display({ 'text/plain': 'half done' }, 'progress'),
      display({ 'application/vnd.plotly.v1+json': plotly, 'text/plain': '[figure] It falls.' }, 'figure'),
      display({ ...tableBundle(shown) }, 'table'),
      display({ 'text/html': tableHtml(shown), 'text/plain': '' }, 'comparison'),
      display({ 'image/png': 'AAAA', 'text/plain': '' }),
      display({ 'text/plain': 'words' }),
    ]),
  );
  assert.deepEqual(
    outputs.map(({ type, title }) => [type, title]),
    [
      ['figure', 'Loss'],
      ['table', 'Shares & <names>'],
      ['table', 'Shares & <names>'],
      ['image', 'image'],
      ['text', 'text'],
    ],
  );
});

test('a table travels in the notebook at full precision, and in HTML alone as it is shown', () => {
  const cells = rows.map(row => Object.values(row));
  const [exact, rounded] = notebookOutputs(
    notebookOf([display({ ...tableBundle(shown) }), display({ 'text/html': tableHtml(shown) })]),
  ).flatMap(output => (output.type === 'table' ? [output] : []));
  assert.deepEqual([exact.exact, exact.table.rows], [true, cells]);
  assert.equal(rounded.exact, false);
  assert.deepEqual(rounded.table, {
    ...exact.table,
    rows: [
      ['a <b> & "c"', 0.3333, 12_345],
      ['none', -1.25e-7, null],
    ],
  });
});

test('HTML tables with heads of two lines, facts, and tables that were cut are read', () => {
  const [named] = htmlTables(
    facts('Mask: 1 removed', [
      ['rule', 'by hand'],
      ['share', 0.25],
    ])['text/html'] ?? '',
  );
  assert.deepEqual([named.caption, named.columns], ['Mask: 1 removed', ['quantity', 'value']]);
  assert.deepEqual(named.rows, [
    ['rule', 'by hand'],
    ['share', 0.25],
  ]);
  const [cut] = htmlTables(tableHtml(table(rows, { limit: 1 })));
  assert.deepEqual([cut.rows.length, cut.totalRows], [1, 2]);
  assert.deepEqual(htmlTables('<pre>no table</pre>'), []);
});

test('a table of the study carries ours at full precision, the paper’s, and how they compare', () => {
  const view = viewStudyTable(
    studyTable({
      table: 1,
      title: 'Made up',
      procedure: 'published',
      masks: 'published',
      columns: { epochsDense: 0, epochsFT: 0 },
      rows: [
        {
          dataset: 'iris',
          init: 2,
          starts: 1,
          cells: {
            epochsDense: { published: 7, ours: 7, match: true },
            epochsFT: { published: null, ours: 1 / 3, match: null },
          },
        },
      ],
    }),
  );
  const data = view[dataMime] as { columns: string[]; rows: unknown[][] };
  assert.deepEqual(data.columns, [
    'data set',
    'start',
    'epochs, dense',
    'epochs, dense, paper',
    'epochs, dense, against the paper',
    'epochs, FT',
  ]);
  assert.deepEqual(data.rows, [['iris', '2', 7, 7, 'exact', 1 / 3]]);
  // What the HTML says, where a notebook carries nothing else.
  const [read] = htmlTables(view['text/html'] ?? '');
  assert.deepEqual(read.columns, ['data set', 'start', 'epochs, dense', 'epochs, FT']);
  assert.deepEqual(read.rows, [['iris', 2, '7 ✓', 0]]);
});

test('an executed .ipynb is exported as it is, with its own PNG where none can be drawn', async () => {
  const png = Buffer.from('not really').toString('base64');
  const notebook = notebookOf([
    display({ 'text/plain': 'legcnet 9.9.9 · Node 99' }, 'session'),
    display(
      { 'application/vnd.plotly.v1+json': plotly, 'image/png': png, 'text/plain': 'It falls.' },
      'figure',
    ),
    display({ ...tableBundle(shown) }, 'table'),
    display({ 'text/html': tableHtml(shown), 'text/plain': '' }, 'table'),
    display({ 'text/plain': 'words' }),
  ]);
  const path = join(folder, 'my own.ipynb');
  writeFileSync(path, JSON.stringify(notebook));
  const made = await exportNotebook(path, { out: join(folder, 'out') });
  assert.equal(made.folder, join(folder, 'out', 'my-own'));
  assert.deepEqual(made.files, [
    'figures/01-Loss.html',
    'figures/01-Loss.json',
    'tables/02-Shares-names.csv',
    'tables/02-Shares-names.json',
    'tables/02-Shares-names.tex',
    'tables/03-Shares-names.csv',
    'tables/03-Shares-names.json',
    'tables/03-Shares-names.tex',
    'results/04-text.txt',
    'figures/01-Loss.png',
    'notebook/my-own.ts',
    'notebook/my-own.ipynb',
    'environment.json',
    'CITATION.cff',
    'README.md',
    'manifest.json',
  ]);
  const read = (name: string): string => readFileSync(join(made.folder, name), 'utf8');
  assert.equal(read('figures/01-Loss.png'), 'not really');
  assert.equal(readCsv(read('tables/02-Shares-names.csv'), 'shares').rows[0][1], 1 / 3);
  assert.equal(readCsv(read('tables/03-Shares-names.csv'), 'shares').rows[0][1], 0.3333);
  const { files } = JSON.parse(read('manifest.json')) as ExportManifest;
  assert.equal(files[2].about, 'table');
  assert.match(files[5].about, /rounded as the notebook shows it/);
  assert.deepEqual(
    parsePercent(read('notebook/my-own.ts')).cells.map(({ source }) => source),
    notebook.cells.map(({ source }) => source),
  );
  const { session, dataFiles } = JSON.parse(read('environment.json'));
  assert.equal(session, 'legcnet 9.9.9 · Node 99');
  assert.ok(
    dataFiles.length > 0 && dataFiles.every(({ dataset }: { dataset: string }) => dataset === 'iris'),
  );
  assert.deepEqual((await checkExport(made.folder)).differing, []);
});

test('a source is executed, and its export carries its results at full precision', async () => {
  process.env.PATH = PATH;
  const path = join(folder, 'small.ts');
  const root = JSON.stringify(packageRoot);
  writeFileSync(
    path,
    `// %%\nconst { init, table } = require(${root});\ninit();\n\n// %%\ntable([{ a: 1 / 3 }], { caption: 'Thirds' });\n`,
  );
  const { folder: made } = await exportNotebook(path, { out: join(folder, 'out') });
  assert.equal(readFileSync(join(made, 'tables/01-Thirds.csv'), 'utf8'), `a\n${1 / 3}\n`);
  assert.equal(readFileSync(join(made, 'notebook/small.ts'), 'utf8'), readFileSync(path, 'utf8'));
});

test('an export that is stopped while its notebook runs rejects with the reason and leaves nothing', async () => {
  const path = join(folder, 'endless.ts');
  writeFileSync(path, '// %%\nawait new Promise(() => setInterval(() => {}, 1000));\n');
  const out = join(folder, 'stopped');
  const signal = AbortSignal.timeout(300);
  await assert.rejects(exportNotebook(path, { out, signal }), { name: 'TimeoutError' });
  assert.deepEqual(readdirSync(out), []);
});

test('one of our notebooks is exported as committed', async () => {
  const { folder: made, files } = await exportNotebook('quickstart', {
    out: join(folder, 'out'),
    committed: true,
  });
  assert.equal(made, join(folder, 'out', '00-quickstart'));
  assert.equal(files.filter(path => /^figures\/.*\.html$/.test(path)).length, 7);
});

test('a notebook that is not there, is none, or shows nothing is refused', async () => {
  const out = join(folder, 'refused');
  await assert.rejects(exportNotebook('absent', { out }), /no notebook 'absent'/);
  const path = join(folder, 'empty.ipynb');
  writeFileSync(path, JSON.stringify(notebookOf([])));
  await assert.rejects(exportNotebook(path, { out }), /shows nothing; execute it first/);
  writeFileSync(path, '[]');
  await assert.rejects(exportNotebook(path, { out }), /it is no notebook/);
  const source = join(folder, 'uncommitted.ts');
  writeFileSync(source, '// %%\n1;\n');
  await assert.rejects(exportNotebook(source, { out, committed: true }), /there is no .*uncommitted\.ipynb/);
});

test('legcnet export --check succeeds on an untouched folder, and fails naming the file that was changed', async () => {
  const path = join(folder, 'checked.ipynb');
  writeFileSync(path, JSON.stringify(notebookOf([display({ 'text/plain': 'words' })])));
  const { folder: made, sha256 } = await exportNotebook(path, { out: folder });
  const check = (): { status: number | null; stdout: string } =>
    spawnSync(process.execPath, [join(packageRoot, 'dist', 'src', 'cli.js'), 'export', '--check', made], {
      encoding: 'utf8',
    });
  const before = check();
  assert.deepEqual([before.status, before.stdout.includes(sha256)], [0, true]);
  writeFileSync(join(made, 'results/01-text.txt'), 'other words\n');
  const later = check();
  assert.equal(later.status, 1);
  assert.match(later.stdout, /^results\/01-text\.txt: changed$/m);
});
