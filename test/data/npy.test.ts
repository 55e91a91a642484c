import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNpy } from '../../src/data/npy';
import { readNumpyObjects } from '../../src/data/numpyObjects';
import { randomStream } from '../../src/statistics/random';
import { npyFixtures } from './npyFixtures';
import { op, pickle } from './pickleBytes';

const fixture = (name: string): Uint8Array => Buffer.from(npyFixtures[name], 'base64');

/** A version 1 file with a header and content of one's own. */
function npy(header: string, body: Uint8Array = new Uint8Array()): Uint8Array {
  const text = Buffer.from(`${header}\n`);
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Uint8Array.of(text.length, 0),
    text,
    body,
  ]);
}
const objectHeader = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }";

test('readNpy keeps the order and values NumPy wrote', () => {
  const f8 = readNpy(fixture('f8'), 'f8');
  assert.deepEqual(f8.shape, [2, 3]);
  assert.deepEqual([...f8.values], [1.5, -2, 3, 4, 5, Number.NaN]);
  assert.deepEqual([...readNpy(fixture('bigI2'), 'bigI2').values], [1, -2, 300]);
  assert.deepEqual(readNpy(fixture('scalar'), 'scalar'), { shape: [], values: Float64Array.of(7) });
});

test('readNpy turns Fortran order into row-major order', () => {
  const { shape, values } = readNpy(fixture('f3d'), 'f3d');
  assert.deepEqual(shape, [2, 3, 4]);
  assert.deepEqual(
    [...values],
    Array.from({ length: 24 }, (_, i) => i),
  );
});

test('readNumpyObjects gives the arrays of an object array, in C and Fortran order, f8 and f4', () => {
  const { shape, items } = readNumpyObjects(fixture('objects'), 'objects');
  assert.deepEqual(shape, [1, 3]);
  assert.deepEqual(items[0], { shape: [2, 3], values: Float64Array.of(0, 1, 2, 3, 4, 5) });
  assert.deepEqual(items[1], { shape: [3, 2], values: Float64Array.of(0, 3, 1, 4, 2, 5) });
  assert.deepEqual(items[2], { shape: [2, 1], values: Float64Array.of(7, 8) });
});

test('an object array that would run a command is refused by name', () => {
  assert.throws(
    () => readNumpyObjects(fixture('evil'), 'evil.npy'),
    /Cannot read evil\.npy: its pickle names posix\.system/,
  );
});

test('an object array of anything but arrays is refused', () => {
  assert.throws(() => readNumpyObjects(fixture('text'), 'text.npy'), /entry 1 is not an array of numbers/);
  assert.throws(
    () => readNumpyObjects(npy(objectHeader, pickle(op.emptyList)), 'x'),
    /not an array of objects/,
  );
});

test('arrays pickled without shape, type or content are refused', () => {
  const bare = pickle(op.global('numpy.core.multiarray', '_reconstruct'), op.emptyTuple, op.reduce);
  assert.throws(() => readNumpyObjects(npy(objectHeader, bare), 'x'), /not an array of objects/);
  const wrong = pickle(
    op.global('numpy.core.multiarray', '_reconstruct'),
    op.emptyTuple,
    op.reduce,
    op.emptyTuple,
    op.build,
  );
  assert.throws(() => readNumpyObjects(npy(objectHeader, wrong), 'x'), /without shape or type/);
  const dtype = pickle(op.global('numpy', 'dtype'), op.text('V99999'), op.tuple1, op.reduce);
  assert.throws(() => readNumpyObjects(npy(objectHeader, dtype), 'x'), /array of type V99999/);
});

test('many arrays sharing the same bytes cannot unfold without limit', () => {
  // A million bytes, written once and given as the content of forty arrays: 40 million numbers out of one megabyte.
  const size = 1_000_000;
  const dtype = (type: string): number[] =>
    [op.global('numpy', 'dtype'), op.text(type), op.tuple1, op.reduce].flat();
  const array = (length: number, type: readonly number[], content: readonly number[]): number[] =>
    [
      [op.global('numpy.core.multiarray', '_reconstruct'), op.emptyTuple, op.reduce],
      [op.mark, op.int(1), op.int4(length), op.tuple1, type, [0x89], content, op.tuple, op.build],
    ].flat(2);
  const first = array(size, dtype('u1'), [...op.bytes(new Array(size).fill(0)), ...op.put(0)]);
  const others = Array.from({ length: 39 }, () => array(size, dtype('u1'), op.get(0)));
  const list = [op.emptyList, op.mark, first, ...others, [0x65]].flat();
  const header = "{'descr': '|O', 'fortran_order': False, 'shape': (40,), }";
  const bytes = npy(header, pickle(array(40, dtype('O8'), list)));
  assert.throws(() => readNumpyObjects(bytes, 'x'), /unfolds to 34000000 numbers/);
});

test('a file that is cut off or has bytes to spare is refused', () => {
  const whole = fixture('f8');
  for (const length of [0, 5, 11, 60, whole.length - 1]) {
    assert.throws(
      () => readNpy(whole.subarray(0, length), 'f8.npy'),
      /^Error: Cannot read f8\.npy/,
      `${length} bytes`,
    );
  }
  assert.throws(() => readNpy(Buffer.concat([whole, Buffer.of(0)]), 'f8'), /takes 48 bytes, there are 49/);
  const objects = fixture('objects');
  assert.throws(() => readNumpyObjects(objects.subarray(0, -1), 'o'), /cut off/);
});

test('a shape larger than the file or the limit is refused before memory is taken', () => {
  const header = (shape: string): string => `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape}), }`;
  assert.throws(() => readNpy(npy(header('100,')), 'x'), /takes 800 bytes, there are 0/);
  assert.throws(() => readNpy(npy(header('99999999, 99999999')), 'x'), /at most 33554432 are read/);
});

test('what is not a .npy file of plain numbers says so', () => {
  assert.throws(() => readNpy(Buffer.from('not a numpy file'), 'x'), /begins with \\x93NUMPY/);
  assert.throws(() => readNpy(npy("{'descr': [('a', '<f8')], }"), 'x'), /header is not understood/);
  assert.throws(() => readNpy(fixture('c16'), 'x'), /type <c16 are not read/);
  assert.throws(() => readNpy(fixture('i8big'), 'x'), /integer 1152921504606846976 is beyond 2\^53/);
  assert.throws(() => readNpy(fixture('objects'), 'x'), /use readNumpyObjects/);
  assert.throws(() => readNumpyObjects(fixture('f8'), 'x'), /use readNpy/);
  const later = Buffer.from(fixture('f8'));
  later[6] = 4;
  assert.throws(() => readNpy(later, 'x'), /version 4/);
});

test('an object array whose header and pickle disagree is refused', () => {
  const bytes = Buffer.from(
    Buffer.from(fixture('objects')).toString('latin1').replace('(1, 3)', '(3, 1)'),
    'latin1',
  );
  assert.throws(() => readNumpyObjects(bytes, 'x'), /header says \[3,1\], its pickle \[1,3\]/);
});

test('a file with any bytes changed is read or refused, and nothing else happens', () => {
  const random = randomStream(1, 'spoil');
  const whole = fixture('objects');
  for (let i = 0; i < 3000; i++) {
    const spoilt = Uint8Array.from(whole);
    for (let k = 0; k < 3; k++) spoilt[Math.floor(random() * spoilt.length)] = Math.floor(random() * 256);
    try {
      readNumpyObjects(spoilt, 'spoilt.npy');
    } catch (error) {
      assert.match(String(error), /^Error: Cannot read spoilt\.npy/);
    }
  }
});
