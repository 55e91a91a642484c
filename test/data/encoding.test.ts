import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readCsv } from '../../src/data/csv';
import { type EncodingOptions, encoder } from '../../src/data/encoding';
import { type LoadOptions, loadDataset } from '../../src/data/loadDataset';
import { columnMedians } from '../../src/data/scaling';
import type { Cell } from '../../src/data/table';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-encoding-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function load(text: string, options: LoadOptions) {
  const path = join(folder, 'mine.csv');
  writeFileSync(path, text);
  return loadDataset(path, options);
}

/** Encodes one column called x with the first `train` rows for training. */
function encoded(cells: readonly Cell[], train: number, options: EncodingOptions = {}) {
  const table = { name: 't', columns: ['x'], rows: cells.map(cell => [cell]) };
  const { inputs, features, says } = encoder(
    table,
    ['x'],
    options,
  )(Int32Array.from({ length: train }, (_, i) => i));
  return { values: [...inputs], features, says };
}

test('text becomes one 0/1 column for each value of the training part', () => {
  const { values, features, says } = encoded(['red', 'blue', 'red', 'blue'], 3);
  assert.deepEqual(features, ['x=blue', 'x=red']);
  assert.deepEqual(values, [0, 1, 1, 0, 0, 1, 1, 0]);
  assert.deepEqual(says, ['Text became one 0/1 column for each value of the training part: x (blue, red).']);
});

test('a value that the training part does not have is 0 in all columns, and said to be', () => {
  const { values, features, says } = encoded(['a', 'b', 'c', 'c'], 2);
  assert.deepEqual(features, ['x=a', 'x=b']);
  assert.deepEqual(values.slice(4), [0, 0, 0, 0]);
  assert.match(says[1], /does not have are 0 in all columns: x \(2 rows\)\.$/);
});

test('ordered text becomes its place in the order', () => {
  const { values, says } = encoded(['low', 'high', 'mid'], 2, { ordered: { x: ['low', 'mid', 'high'] } });
  assert.deepEqual(values, [0, 2, 1]);
  assert.deepEqual(says, ['Ordered text became 0, 1, 2, …: x (low < mid < high).']);
});

test('gaps are filled from the training part alone', () => {
  // Median of 1, 2, 9 is 2 and the mode of 9, 9, 1 is 9, whatever the other rows hold.
  assert.deepEqual(encoded([1, 2, 9, 500, null, 700], 3, { missing: 'median' }).values[4], 2);
  assert.deepEqual(encoded([9, 9, 1, 1, 1, null], 3, { missing: 'mode' }).values[5], 9);
  const text = encoded(['b', 'b', 'a', 'a', 'a', null], 3, { missing: 'median' });
  assert.deepEqual(text.values.slice(-2), [0, 1]);
  assert.match(text.says[0], /^Missing cells were filled .* of the training part: x \(1 by b\)\.$/);
});

test('a constant column is named', () => {
  assert.match(encoded([3, 3, 4], 2).says[0], /^Constant over the training part.*: x\.$/);
});

test('columnMedians takes the middle, or the mean of the middle two, of the numbers that are there', () => {
  const nan = Number.NaN;
  assert.deepEqual([...columnMedians(Float64Array.of(5, nan, 1, 2, 100, 4, nan, nan), 2)], [5, 3]);
  assert.ok(Number.isNaN(columnMedians(Float64Array.of(nan, nan), 1)[0]));
});

/** Twenty rows with two classes; `cell` makes the column x. */
function rows(cell: (row: number) => string, separator = ','): string {
  const lines = Array.from({ length: 20 }, (_, i) => [i, cell(i), i % 2 ? 'yes' : 'no'].join(separator));
  return [['n', 'x', 'y'].join(separator), ...lines].join('\n');
}

test('what cannot become numbers is refused in words that say what to do', async () => {
  const cases: [string, LoadOptions, RegExp][] = [
    [
      rows(i => `2024-01-${i + 10}`),
      {},
      /'x' .* looks like dates, row 1 is '2024-01-10'; turn them into numbers first/,
    ],
    [
      rows(i => (i === 6 ? 'n.a.' : `${i}`)),
      {},
      /holds numbers except that row 7 is 'n\.a\.'; .* missingMarks/,
    ],
    [rows(i => `${i},5`, ';'), { separator: ';' }, /decimal comma, row 1 is '0,5'; pass decimal: ','/],
    [rows(() => ''), { missing: 'median' }, /'x' .* is empty in every row; leave it out of `features`/],
    [
      rows(i => (i % 5 ? '1' : '?')),
      {},
      /'x' .* is empty in row 1, 6, 11, 16; pass missing: 'drop', 'median' or 'mode'/,
    ],
    [rows(() => 'a'), { ordered: { x: ['b'] } }, /the values that `ordered` lists \(b\); row 1 is 'a'/],
    [rows(() => '1'), { ordered: { x: ['b'] } }, /'x' .* holds numbers, `ordered` is for text/],
    [rows(() => 'a'), { ordered: { z: ['b'] } }, /Column 'z' in `ordered` is none of the features/],
    [
      rows(() => 'a'),
      { missing: 'mean' as never },
      /missing must be one of refuse, drop, median, mode; 'mean' came/,
    ],
    [rows(() => 'a'), { ordered: ['x'] as never }, /ordered must be an object with a list of texts/],
    [
      rows(i => `${i}`).replace(/yes$/m, 'maybe'),
      {},
      /Class 'maybe' has 1 row; .* join it with another class/,
    ],
    [rows(i => `${i}`).replace('n,x', 'x,x'), {}, /two columns are called 'x'; rename one/],
  ];
  for (const [text, options, message] of cases) {
    await assert.rejects(load(text, { target: 'y', ...options }), message);
  }
  const names = `n,y\n${Array.from({ length: 42 }, (_, i) => `name ${i >> 1},${i % 2}`).join('\n')}`;
  await assert.rejects(
    load(names, { target: 'y' }),
    /'n' .* holds 21 different texts, .* at most 20, row 1 is 'name 0'/,
  );
  const fractions = rows(i => `${i}.5`);
  await assert.rejects(
    load(fractions, { target: 'x' }),
    /holds fractions such as 0\.5; a measurement cannot be predicted/,
  );
});

test('missing cells can be dropped with their rows, which the split names', async () => {
  const text = rows(i => (i === 3 ? '' : `${i}`)).replace('8,8,no', '8,8,');
  const dataset = await load(text, { target: 'y', missing: 'drop' });
  const parts = [dataset.train, dataset.validation!, dataset.test];
  const used = parts.flatMap(part => [...part.sourceRows]).sort((a, b) => a - b);
  assert.deepEqual(
    used,
    Array.from({ length: 20 }, (_, i) => i).filter(i => i !== 3 && i !== 8),
  );
  assert.match(
    dataset.split,
    /^2 of 20 rows were left out for missing cells \(row 4, 9\)\. 18 rows were dealt/,
  );
  for (const part of parts) {
    part.sourceRows.forEach((row, r) => {
      assert.equal(dataset.classes[part.labels[r]], row % 2 ? 'yes' : 'no');
    });
  }
});

test('the whole mess at once: what was done is said, and no test row had a say in it', async () => {
  const text = `\ufeffid;größe;Farbe;stufe;preis;einheit;y\r\n${Array.from({ length: 60 }, (_, i) =>
    [
      i,
      i % 7 === 3 ? 'NA' : `${i},5`,
      i % 3 ? '"rot; hell"' : 'blau',
      i % 2 ? 'hoch' : 'tief',
      `${i % 10},25`,
      1,
      i % 2,
    ].join(';'),
  ).join('\r\n')}\r\n`;
  const dataset = await load(text, {
    target: 'y',
    features: ['größe', 'Farbe', 'stufe', 'preis', 'einheit'],
    decimal: ',',
    missing: 'median',
    ordered: { stufe: ['tief', 'hoch'] },
  });
  assert.deepEqual(dataset.features, ['größe', 'Farbe=blau', 'Farbe=rot; hell', 'stufe', 'preis', 'einheit']);
  assert.match(
    dataset.scaling,
    /^Missing cells .*größe \(\d by .*\)\. Text became .*: Farbe \(blau, rot; hell\)\. Ordered/,
  );
  assert.match(dataset.scaling, /Constant .*: einheit\. Each feature was standardised/);
  // The median by hand: of the sizes of the training rows that have one.
  const sizes = [...dataset.train.sourceRows].filter(row => row % 7 !== 3).map(row => row + 0.5);
  sizes.sort((a, b) => a - b);
  const middle = (sizes[(sizes.length - 1) >> 1] + sizes[sizes.length >> 1]) / 2;
  assert.ok(dataset.scaling.includes(`by ${middle})`), dataset.scaling);
});

test('a decimal comma is read where asked for, and separators are told apart', () => {
  assert.deepEqual(readCsv('a;b\n1,5;x\n-2;y\n', 't', { decimal: ',' }).rows, [
    [1.5, 'x'],
    [-2, 'y'],
  ]);
  assert.deepEqual(readCsv('a,b\n"1.234,5",2\n', 't', { decimal: ',', separator: ',' }).rows, [
    ['1.234,5', 2],
  ]);
  assert.deepEqual(readCsv('1,5;2,5\n', 't', { decimal: ',', header: false }).rows, [[1.5, 2.5]]);
  assert.throws(
    () => readCsv('1,5;2,5\n3,5;4,5\n', 't', { header: false }),
    /',' \(3 columns\) and ';' \(2 columns\) both/,
  );
  assert.deepEqual(readCsv('a\tb\n"x, y"\t1\n', 't').rows, [['x, y', 1]]);
  assert.throws(
    () => readCsv('a,b\n1,2,3\n', 't'),
    /row 1 has 3 cells, there are 2 columns; .* separated by ','/,
  );
  assert.throws(() => readCsv('a\n', 't', { separator: ':' as never }), /separator must be one of/);
});

test('marks of missing cells can be named, which replaces the usual ones', () => {
  assert.deepEqual(readCsv('a,b\n-999,NA\n1,x\n', 't', { missingMarks: ['-999'] }).rows, [
    [null, 'NA'],
    [1, 'x'],
  ]);
});
