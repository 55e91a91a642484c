import assert from 'node:assert/strict';
import { win32 } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'papaparse';
import { placeInside } from '../../src/data/manifest';
import { csvText } from '../../src/export/csvText';
import { jsonText } from '../../src/export/jsonText';
import { latexTable } from '../../src/export/latexTable';
import { safeName, safeNames } from '../../src/export/safeName';
import type { CellValue } from '../../src/notebook/table';
import { anyNumber, fuzz } from '../support/awkwardSeries';
import { awkwardName } from '../support/awkwardText';
import { checkLatex } from './checkLatex';

/** Names that lead elsewhere, hide, or mean something to a file system. */
const evilName = fc.oneof(
  awkwardName,
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom('.', '/', '\\', ' ', ':', '-', '\0', 'a', 'A', 'é', 'e\u0301', '\uD800', '\u202E'),
  }),
  fc.constantFrom(
    '../x',
    '/etc/passwd',
    'C:\\x',
    '..',
    '.',
    'con',
    'NUL.txt',
    'com¹',
    'x.',
    'x ',
    '-rf',
    '~',
    '／',
    'a\u200Bb',
  ),
);

test('the examples of safeName and safeNames hold', () => {
  assert.equal(safeName('../Loss & accuracy (50 %)'), 'Loss-accuracy-50');
  assert.deepEqual(safeNames(['a/b', 'A b']), ['a-b', 'A-b-2']);
});

fuzz(
  'safeName makes a name that stays in its folder, that every file system takes, and that it leaves alone',
  evilName,
  text => {
    const name = safeName(text);
    assert.match(name, /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*$/u);
    assert.ok(Buffer.byteLength(name) <= 121, name);
    assert.doesNotMatch(name, /^(con|prn|aux|nul|com\d|lpt\d)$/i);
    placeInside('/folder', `${name}.json`);
    assert.equal(win32.basename(`C:\\folder\\${name}.json`), `${name}.json`);
    assert.equal(safeName(name), name);
  },
);

fuzz(
  'safeNames never gives two the same name, upper and lower case not told apart',
  fc.array(evilName, { maxLength: 30 }),
  texts => {
    const names = safeNames(texts).map(name => name.normalize('NFD').toLowerCase());
    assert.equal(new Set(names).size, texts.length);
  },
);

const cell: fc.Arbitrary<CellValue> = fc.oneof(
  anyNumber(),
  fc.integer(),
  fc.string(),
  fc.string({ unit: fc.constantFrom(',', '"', '\n', '\r', ' ', 'a', ';', "'", '=') }),
  awkwardName,
  fc.boolean(),
  fc.constantFrom(null, undefined, '', '0', 'NaN', '\uFEFF'),
);
const tables = fc.integer({ min: 1, max: 5 }).chain(width =>
  fc.record({
    columns: fc.array(awkwardName, { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
  }),
);

fuzz('csvText reads back cell by cell, numbers bit for bit', tables, table => {
  const { data, errors } = parse<string[]>(csvText(table), { delimiter: ',', newline: '\n' });
  assert.deepEqual(errors, []);
  // Behind the last line end papaparse sees one line more.
  const [head, ...lines] = data.slice(0, -1);
  assert.deepEqual(head, table.columns.map(String));
  assert.equal(lines.length, table.rows.length);
  table.rows.forEach((row, r) => {
    row.forEach((value, c) => {
      const text = lines[r][c];
      if (typeof value === 'number') assert.ok(Object.is(Number(text), value), `${value} as ${text}`);
      else assert.equal(text, String(value ?? ''));
    });
  });
});

fuzz(
  'latexTable balances its environments, escapes what acts, and keeps the number of cells',
  tables,
  table => {
    checkLatex(
      latexTable(
        { ...table, totalRows: table.rows.length + 1, caption: String(table.columns[0]), note: '50 %' },
        'x_y',
      ),
      table.columns.length,
      table.rows.length,
    );
  },
);

const json = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

fuzz('jsonText reads back equal, -0 included', json, value => {
  assert.deepStrictEqual(JSON.parse(jsonText(value)), value);
});
