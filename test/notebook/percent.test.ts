import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromLines } from '../../src/notebook/notebookFile';
import { parsePercent, toPercent } from '../../src/notebook/percent';

const source = `// A comment before the first cell is not part of the notebook.
// %% [markdown]
// # Title
//
// Text.

// %%
const a = 1;

a;

// %% tags=["hide-code"]
// A comment in a code cell stays.
a;
// %%

`;

test('parsePercent reads text cells, code cells and tags, and skips empty cells', () => {
  const { cells, nbformat, nbformat_minor } = parsePercent(source);
  assert.deepEqual([nbformat, nbformat_minor], [4, 5]);
  assert.deepEqual(
    cells.map(cell => [cell.cell_type, fromLines(cell.source)]),
    [
      ['markdown', '# Title\n\nText.'],
      ['code', 'const a = 1;\n\na;'],
      ['code', '// A comment in a code cell stays.\na;'],
    ],
  );
  assert.deepEqual(cells[2].metadata, { tags: ['hide-code'] });
});

test('a cell keeps its id when other cells change, and equal cells get different ids', () => {
  const [, code] = parsePercent(source).cells;
  assert.equal(parsePercent('// %%\nnew;\n// %%\nconst a = 1;\n\na;').cells[1].id, code.id);
  const ids = parsePercent('// %%\na;\n// %%\na;').cells.map(({ id }) => id);
  assert.equal(new Set(ids).size, 2);
  for (const id of ids) assert.match(id, /^[a-zA-Z0-9-_]{1,64}$/);
});

test('parsePercent refuses a text cell with code in it', () => {
  assert.throws(() => parsePercent('// %% [markdown]\nconst a = 1;'), SyntaxError);
});

test('toPercent writes what parsePercent reads: texts, code and tags, a line like a marker moved by a space', () => {
  const { cells } = parsePercent(source);
  const parts = ({ cells: read }: ReturnType<typeof parsePercent>): unknown =>
    read.map(({ cell_type, metadata, source: text }) => [cell_type, metadata, fromLines(text)]);
  assert.deepEqual(parts(parsePercent(toPercent(parsePercent(source)))), parts(parsePercent(source)));
  const [first] = cells;
  const odd = { ...parsePercent(source), cells: [{ ...first, source: ['const a = `\n', '// %% b`;'] }] };
  const code = { ...odd, cells: [{ ...cells[1], source: odd.cells[0].source }] };
  assert.equal(fromLines(parsePercent(toPercent(code)).cells[0].source), 'const a = `\n // %% b`;');
});
