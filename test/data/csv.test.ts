import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCsv } from '../../src/data/csv';

test('a column is numbers when every cell is, else text', () => {
  const { columns, rows } = readCsv('a,b\r\n1,x\r\n-2.5e1,3\r\n', 't.csv');
  assert.deepEqual(columns, ['a', 'b']);
  assert.deepEqual(rows, [
    [1, 'x'],
    [-25, '3'],
  ]);
});

test('missing cells are null and leave a column numeric', () => {
  const { rows } = readCsv('a,b\n1,?\n,NA\n3,4\n', 't');
  assert.deepEqual(rows, [
    [1, null],
    [null, null],
    [3, 4],
  ]);
});

test('quotes, semicolons, a byte order mark and blank lines are understood', () => {
  assert.deepEqual(readCsv('\ufeffa;b\n"x; ""y""";2\n\n', 't').rows, [['x; "y"', 2]]);
});

test('a file without names takes those given, or numbers its columns', () => {
  assert.deepEqual(readCsv('1,2\n3,4', 't', { header: ['p', 'q'] }).columns, ['p', 'q']);
  const numbered = readCsv('1,2\n3,4', 't', { header: false });
  assert.deepEqual(numbered.columns, ['column 1', 'column 2']);
  assert.equal(numbered.rows.length, 2);
});

test('a single column needs no delimiter', () => {
  assert.deepEqual(readCsv('a\n1\n2\n', 't').rows, [[1], [2]]);
});

test('a broken table is refused with the place', () => {
  const cases: [string | Uint8Array, RegExp][] = [
    ['', /has no rows/],
    ['a,b\n', /has no rows/],
    ['a,b\n1,2\n3\n', /row 2 has 1 cells, there are 2 columns/],
    ['a,b\n"1,2\n', /Quoted field unterminated/],
    ['a,a\n1,2\n', /two columns are called 'a'/],
    ['a,\n1,2\n', /column 2 has no name/],
    ['1,2\n3,4\n', /first line holds numbers.*header: false/],
    [Uint8Array.of(0x61, 0x0a, 0xff, 0xfe), /not UTF-8 text/],
  ];
  for (const [text, message] of cases) {
    assert.throws(() => readCsv(text, 't.csv'), message);
    assert.throws(() => readCsv(text, 't.csv'), /^Error: Cannot read t\.csv/);
  }
  assert.throws(() => readCsv('1,2', 't', { header: ['a'] }), /row 1 has 2 cells, there are 1 columns/);
});
