import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCsv } from '../../src/data/csv';
import { readIdx } from '../../src/data/idx';
import { readNpy } from '../../src/data/npy';
import { readNumpyObjects } from '../../src/data/numpyObjects';
import { readPickle } from '../../src/data/pickle';
import { prepare } from '../../src/data/prepare';
import { samplesOf } from '../../src/data/samples';
import {
  columnModes,
  columnMoments,
  fillMissing,
  standardizeColumns,
  standardizeRows,
  stretchColumns,
} from '../../src/data/scaling';
import { shuffledSplit, stratifiedSplit } from '../../src/data/split';
import { readStateDict } from '../../src/data/stateDict';
import type { Cell } from '../../src/data/table';
import { randomStream } from '../../src/statistics/random';
import { anyNumber, fuzz, isFiniteSeries } from '../support/awkwardSeries';
import { awkwardName, tried } from '../support/awkwardText';

/** What readers of files throw: an Error that names the file. */
const fileErrors = [Error, RangeError, TypeError];
const moderate = fc.double({ min: -1e150, max: 1e150, noNaN: true });
const tables = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.tuple(
      fc.constant(columns),
      fc
        .array(moderate, { minLength: rows * columns, maxLength: rows * columns })
        .map(values => Float64Array.from(values)),
    ),
  );

fuzz(
  'readCsv gives a table whose rows are all as long as its columns, or says why not',
  fc.tuple(
    fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom('1', '.', ',', ';', '\n', '"', 'a', '-', 'e', '?', ' ', '\t'),
        maxLength: 60,
      }),
      fc.uint8Array({ maxLength: 100 }),
    ),
    fc.oneof(fc.boolean(), fc.array(fc.string(), { maxLength: 4 })),
  ),
  ([source, header]) => {
    const table = tried(() => readCsv(source, 'made-up.csv', { header }), fileErrors);
    if (table === undefined) return;
    assert.ok(table.rows.length > 0);
    assert.equal(new Set(table.columns).size, table.columns.length);
    for (const row of table.rows) {
      assert.equal(row.length, table.columns.length);
      for (const cell of row) if (typeof cell === 'number') assert.ok(!Number.isNaN(cell));
    }
  },
);

fuzz(
  'a table written as CSV comes back cell by cell',
  fc
    .integer({ min: 1, max: 4 })
    .chain(columns =>
      fc.array(
        fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), {
          minLength: columns,
          maxLength: columns,
        }),
        { minLength: 1, maxLength: 8 },
      ),
    )
    // A line of nothing but gaps is a blank line.
    .filter(rows => rows.every(row => row.some(cell => cell !== null))),
  rows => {
    const names = rows[0].map((_, c) => `"say ""x${c}"", please"`);
    const text = [names.join(','), ...rows.map(row => row.map(cell => cell ?? 'NA').join(','))].join('\r\n');
    const table = readCsv(text, 'made-up.csv');
    assert.deepEqual(
      table.columns,
      rows[0].map((_, c) => `say "x${c}", please`),
    );
    assert.deepEqual(
      table.rows.map(row => row.map(cell => (cell === 0 ? 0 : cell))),
      rows.map(row => row.map(cell => (cell === 0 ? 0 : cell))),
    );
  },
);

/** A sound file, some of its bytes changed or cut away, or noise. */
function broken(whole: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const changes = fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 0, max: 255 })), { maxLength: 4 });
  return fc.oneof(
    fc.uint8Array({ maxLength: 120 }),
    fc.tuple(whole, changes, fc.option(fc.nat(300), { nil: undefined })).map(([bytes, changed, cut]) => {
      const copy = Uint8Array.from(bytes);
      for (const [at, byte] of changed) if (at < copy.length) copy[at] = byte;
      return copy.slice(0, cut);
    }),
  );
}

function npyOf(dtype: string, shape: string, body: Uint8Array): Uint8Array {
  const header = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${shape}), }`;
  const padded = `${header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(padded.length);
  return Buffer.concat([
    Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]),
    length,
    Buffer.from(padded),
    body,
  ]);
}

const npyFiles = fc
  .tuple(
    fc.constantFrom('<f8', '>f4', '<i8', '|u1', '|b1', '|O', '<U4', '<c16'),
    fc.constantFrom('2,', '1, 2', '', '0,', '999999999999, 9', '2, 0'),
    fc.uint8Array({ maxLength: 32 }),
  )
  .map(parts => npyOf(...parts));

fuzz('readNpy and readNumpyObjects read numbers or say why not', broken(npyFiles), bytes => {
  const numbers = tried(() => readNpy(bytes, 'made-up.npy'), fileErrors);
  if (numbers !== undefined) {
    assert.equal(
      numbers.values.length,
      numbers.shape.reduce((product, size) => product * size, 1),
    );
  }
  tried(() => readNumpyObjects(bytes, 'made-up.npy'), fileErrors);
});

fuzz('readNpy gives back the doubles of a sound file', fc.array(anyNumber(), { maxLength: 20 }), values => {
  const body = Buffer.alloc(8 * values.length);
  for (const [i, value] of values.entries()) body.writeDoubleLE(value, 8 * i);
  assert.deepEqual([...readNpy(npyOf('<f8', `${values.length},`, body), 'x.npy').values], values);
});

const idxFiles = fc
  .tuple(fc.array(fc.nat(3), { maxLength: 3 }), fc.uint8Array({ maxLength: 30 }))
  .map(([shape, values]) => {
    const head = Buffer.alloc(4 + 4 * shape.length);
    head.set([0, 0, 8, shape.length]);
    for (const [i, size] of shape.entries()) head.writeUInt32BE(size, 4 + 4 * i);
    return new Uint8Array(Buffer.concat([head, values]));
  });

fuzz('readIdx reads bytes or says why not', broken(idxFiles), bytes => {
  const read = tried(() => readIdx(bytes, 'made-up.idx'), fileErrors);
  if (read !== undefined) {
    assert.equal(
      read.values.length,
      read.shape.reduce((product, size) => product * size, 1),
    );
  }
});

const pickles = fc
  .array(
    fc.oneof(
      fc
        .constantFrom(
          ...[
            0x28, 0x29, 0x2e, 0x30, 0x31, 0x32, 0x4e, 0x5d, 0x7d, 0x61, 0x65, 0x73, 0x75, 0x74, 0x85, 0x86,
            0x87, 0x88, 0x89, 0x94, 0x52, 0x62, 0x51,
          ],
        )
        .map(opcode => [opcode]),
      fc.constantFrom(
        [0x4b, 7],
        [0x68, 0],
        [0x8c, 1, 97],
        [0x58, 1, 0, 0, 0, 97],
        [0x63, 97, 10, 98, 10],
        [0x4a, 1, 0, 0, 0],
      ),
    ),
    { maxLength: 30 },
  )
  .map(operations => Uint8Array.from([0x80, 2, ...operations.flat(), 0x2e]));

fuzz(
  'readPickle and readStateDict read a value or say why not, whatever the opcodes',
  broken(pickles),
  bytes => {
    tried(() => readPickle(bytes, { file: 'made-up.pkl', globals: {} }), fileErrors);
    tried(() => readStateDict(bytes, 'made-up.pt'), fileErrors);
  },
);

fuzz('scaling leaves finite columns and rows of the moments it promises', tables, ([columns, values]) => {
  const rows = values.length / columns;
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scaled = values.slice();
  standardizeColumns(scaled, columnMoments(values, columns));
  const byRow = values.slice();
  standardizeRows(byRow, columns);
  const stretched = values.slice();
  stretchColumns(stretched, columns);
  for (const each of [scaled, byRow, stretched]) assert.ok(isFiniteSeries(each), `${size}`);
  assert.ok(stretched.every(value => value >= 0 && value <= 1));
  for (let c = 0; c < columns; c++) {
    const column = Float64Array.from({ length: rows }, (_, r) => stretched[r * columns + c]);
    assert.equal(Math.min(...column), 0);
    assert.ok(Math.max(...column) === 1 || column.every(value => value === 0));
  }
});

fuzz(
  'gaps are filled with the most frequent value of their column',
  fc.tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.array(fc.constantFrom(1, 2, Number.NaN), { minLength: 3, maxLength: 12 }),
  ),
  ([columns, found]) => {
    const values = Float64Array.from(found.slice(0, found.length - (found.length % columns)));
    const modes = columnModes(values, columns);
    const filled = values.slice();
    fillMissing(filled, modes);
    filled.forEach((value, i) => {
      const expected = Number.isNaN(values[i]) ? modes[i % columns] : values[i];
      assert.ok(Object.is(value, expected));
    });
  },
);

const shares = fc.double({ min: 0, minExcluded: true, max: 1, maxExcluded: true, noNaN: true });

fuzz(
  'splits deal out every row once',
  fc.tuple(fc.array(fc.nat(2), { minLength: 1, maxLength: 80 }), shares, shares, fc.nat()),
  ([found, testShare, validationShare, seed]) => {
    const labels = Int32Array.from(found);
    const splits = [
      shuffledSplit(labels.length, testShare, seed),
      // Shares that leave nothing for training are refused before, by loadDataset.
      testShare + validationShare < 1
        ? tried(() =>
            stratifiedSplit(
              labels,
              ['a', 'b', 'c'],
              testShare,
              validationShare,
              randomStream(seed, 'data split'),
            ),
          )
        : undefined,
    ];
    for (const split of splits) {
      if (split === undefined) continue;
      const dealt = [split.train, split.validation ?? [], split.test].flatMap(rows => [...rows]);
      assert.deepEqual(
        dealt.sort((a, b) => a - b),
        Array.from(labels, (_, row) => row),
      );
    }
  },
);

const cells: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -1e100, max: 1e100, noNaN: true }) },
  { weight: 1, arbitrary: fc.oneof(anyNumber(), awkwardName, fc.boolean(), fc.constant(null)) },
);

fuzz(
  'a table of any cells becomes finite inputs and parts that hold every row, or is refused with its reason',
  fc.tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom<Cell>('a', 'b', 'c'),
        fc.double({ min: -1e100, max: 1e100, noNaN: true }),
        cells,
      ),
      {
        minLength: 1,
        maxLength: 60,
      },
    ),
    fc.uniqueArray(awkwardName, { minLength: 3, maxLength: 3 }),
    fc.integer({ min: 0, max: 2 }),
    fc.constantFrom('published' as const, 'described' as const, 'sound' as const),
    fc.nat(),
    fc.boolean(),
    fc.constantFrom('refuse' as const, 'drop' as const, 'median' as const, 'mode' as const),
  ),
  ([rows, columns, target, procedure, seed, isClean, missing]) => {
    const table = { name: 'the table', columns, rows: isClean ? rows.map(([a, b]) => [a, b, b]) : rows };
    const samples = tried(() =>
      samplesOf(table, 'made up', { target: columns[isClean ? 0 : target], missing }),
    );
    if (samples === undefined) return;
    const dataset = tried(() =>
      prepare(samples, { procedure, seed, testShare: 0.2, validationShare: 0.2, scaled: true }),
    );
    if (dataset === undefined) return;
    const parts = [dataset.train, dataset.test, ...(dataset.validation === null ? [] : [dataset.validation])];
    assert.equal(
      parts.reduce((sum, part) => sum + part.rows, 0),
      samples.used.length,
    );
    for (const part of parts) {
      assert.ok(isFiniteSeries(part.inputs));
      assert.equal(part.inputs.length, part.rows * dataset.features.length);
      assert.equal(part.targets.length, part.rows * dataset.outputs);
      assert.ok(part.labels.every(label => label >= 0 && label < dataset.classes.length));
    }
  },
);
