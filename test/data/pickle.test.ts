import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Pickled, type PickledTuple, readPickle } from '../../src/data/pickle';
import { op, pickle } from './pickleBytes';

const read = (bytes: Uint8Array): Pickled => readPickle(bytes, { file: 'x.pkl', globals: {} });

test('plain values come back as Python wrote them, at protocols 2 to 5', () => {
  // base64.b64encode(pickle.dumps({'a': [1, -2, 300, 2**40, 1.5], 'b': (None, True, 'ü', b'\x01')}, protocol=p)), Python
  // 3.11; for protocol 2, which calls a function to make bytes, without the last entry.
  const written: Record<number, string> = {
    2: 'gAJ9cQAoWAEAAABhcQFdcQIoSwFK/v///00sAYoGAAAAAAABRz/4AAAAAAAAZVgBAAAAYnEDTohYAgAAAMO8cQSHcQV1Lg==',
    3: 'gAN9cQAoWAEAAABhcQFdcQIoSwFK/v///00sAYoGAAAAAAABRz/4AAAAAAAAZVgBAAAAYnEDKE6IWAIAAADDvHEEQwEBcQV0cQZ1Lg==',
    4: 'gASVOgAAAAAAAAB9lCiMAWGUXZQoSwFK/v///00sAYoGAAAAAAABRz/4AAAAAAAAZYwBYpQoToiMAsO8lEMBAZR0lHUu',
    5: 'gAWVOgAAAAAAAAB9lCiMAWGUXZQoSwFK/v///00sAYoGAAAAAAABRz/4AAAAAAAAZYwBYpQoToiMAsO8lEMBAZR0lHUu',
  };
  for (const [protocol, text] of Object.entries(written)) {
    const value = read(Buffer.from(text, 'base64')) as Map<string, Pickled>;
    assert.deepEqual(value.get('a'), [1, -2, 300, 2 ** 40, 1.5]);
    const tuple = value.get('b') as PickledTuple;
    assert.deepEqual(tuple.items.slice(0, 3), [null, true, 'ü']);
    if (protocol !== '2') assert.deepEqual([...(tuple.items[3] as Uint8Array)], [1]);
  }
});

test('code is named and refused, however it is reached, and never run', () => {
  const shell = op.text('touch /tmp/legcnet-pickle-ran');
  const attacks: [string, Uint8Array, RegExp][] = [
    ['GLOBAL and REDUCE', pickle(op.global('os', 'system'), shell, op.tuple1, op.reduce), /names os\.system/],
    [
      'STACK_GLOBAL',
      pickle(op.text('builtins'), op.text('eval'), op.stackGlobal, shell, op.tuple1, op.reduce),
      /names builtins\.eval/,
    ],
    ['STACK_GLOBAL of other values', pickle(op.int(1), op.int(2), op.stackGlobal), /names 1\.2/],
    [
      'a name from the prototype',
      pickle(op.global('toString', ''), op.emptyTuple, op.reduce),
      /names toString\./,
    ],
    ['INST', pickle(op.mark, shell, [0x69], [...Buffer.from('os\nsystem\n')]), /opcode INST/],
    ['OBJ', pickle(op.mark, op.none, [0x6f]), /opcode OBJ/],
    ['NEWOBJ', pickle(op.none, op.emptyTuple, [0x81]), /opcode NEWOBJ,/],
    ['NEWOBJ_EX', pickle([0x92]), /opcode NEWOBJ_EX/],
    ['EXT1', pickle([0x82, 1]), /opcode EXT1/],
    ['EXT4', pickle([0x84, 1, 0, 0, 0]), /opcode EXT4/],
    ['PERSID', pickle([0x50, 0x61, 0x0a]), /opcode PERSID/],
    ['BINPERSID', pickle(op.text('a'), op.persid), /persistent id/],
    ['an unknown opcode', pickle([0xff]), /opcode 0xff/],
    ['REDUCE of a list', pickle(op.emptyList, op.emptyTuple, op.reduce), /not a class/],
    ['BUILD of a list', pickle(op.emptyList, op.emptyDict, op.build), /state of something that has none/],
  ];
  for (const [name, bytes, message] of attacks) {
    assert.throws(() => read(bytes), message, name);
    assert.throws(() => read(bytes), /^Error: Cannot read x\.pkl: its pickle/, name);
  }
});

test('a class that may be mentioned may still not be called', () => {
  const bytes = pickle(op.global('numpy', 'ndarray'), op.emptyTuple, op.reduce);
  const globals = { 'numpy ndarray': null };
  assert.throws(
    () => readPickle(bytes, { file: 'x', globals }),
    /calls numpy ndarray, which may only be mentioned/,
  );
});

test('attributes on a dictionary are passed over', () => {
  const bytes = pickle(op.emptyDict, op.emptyDict, op.text('__class__'), op.int(1), op.setItem, op.build);
  assert.deepEqual(read(bytes), new Map());
});

test('integers beyond eight bytes or 2^53 are refused', () => {
  assert.throws(() => read(pickle([0x8a, 200, ...new Array(200).fill(1)])), /integer of 200 bytes/);
  assert.throws(() => read(pickle([0x8b, 255, 255, 255, 127])), /opcode LONG4/);
  assert.throws(() => read(pickle([0x8a, 8, ...new Array(8).fill(0x11)])), /beyond 2\^53/);
  assert.equal(read(pickle([0x8a, 0])), 0);
  assert.equal(read(pickle([0x8a, 1, 0xff])), -1);
});

test('sizes beyond the end of the file are refused before anything is made', () => {
  assert.throws(() => read(pickle([0x58, 0xff, 0xff, 0xff, 0xff])), /cut off: 4294967295 bytes are needed/);
  assert.throws(() => read(pickle([0x42, 0xff, 0xff, 0xff, 0x7f, 1])), /cut off/);
});

test('marks may not nest deeper than a thousand', () => {
  assert.throws(() => read(pickle(new Array(100_000).fill(0x28))), /nests more than 1000 deep/);
});

test('a list nested a hundred thousand deep is read without recursion', () => {
  const depth = 100_000;
  const bytes = pickle(new Array(depth).fill(0x5d), new Array(depth - 1).fill(0x61));
  assert.ok(Array.isArray(read(bytes)));
});

test('a billion laughs stay as small as they are written', () => {
  // Each list holds the one before ten times, by reference.
  const parts = [op.emptyList, op.put(0)];
  for (let level = 1; level <= 20; level++) {
    parts.push(op.emptyList, op.put(level), op.mark, ...new Array(10).fill(op.get(level - 1)), [0x65]);
  }
  const top = op.tuple;
  const before = process.memoryUsage().heapUsed;
  read(pickle(op.mark, ...parts, top));
  assert.ok(process.memoryUsage().heapUsed - before < 2e7);
});

test('a memo far apart takes no room, and what was never stored cannot be recalled', () => {
  assert.equal(read(pickle(op.none, op.put(0xffffffff))), null);
  assert.throws(() => read(pickle(op.get(7))), /recalls value 7/);
  assert.throws(() => read(pickle(op.put(0))), /remembers a value where there is none/);
});

test('a broken order of operations is refused', () => {
  assert.throws(() => read(pickle()), /takes a value where there is none/);
  assert.throws(() => read(pickle(op.none, op.none)), /values left over/);
  assert.throws(() => read(pickle(op.mark, op.none)), /takes a value|left over/);
  assert.throws(() => read(pickle(op.tuple)), /closes a group/);
  assert.throws(() => read(pickle(op.none, op.mark, op.append)), /takes a value/);
  assert.throws(() => read(pickle(op.none, op.none, op.append)), /not a list/);
  assert.throws(() => read(pickle(op.none, op.none, op.none, op.setItem)), /not a dictionary/);
  assert.throws(() => read(pickle(op.emptyDict, op.mark, op.none, [0x75])), /not a dictionary/);
  assert.throws(() => read(pickle([0x63, ...Buffer.from('a'.repeat(300))])), /without an end/);
});

test('a pickle that is cut off, of another protocol, or followed by something is refused', () => {
  const whole = pickle(op.emptyList);
  assert.throws(() => read(new Uint8Array()), /cut off/);
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => read(whole.subarray(0, length)), /cut off/, `${length} bytes`);
  }
  assert.throws(() => read(Uint8Array.from([0x80, 9, 0x4e, 0x2e])), /protocol 9/);
  assert.throws(() => read(Uint8Array.from([...whole, 0])), /followed by 1 unknown bytes/);
});

test('a pickle without end is stopped', () => {
  assert.throws(() => read(new Uint8Array(1_000_001).fill(0x4e)), /more than 1000000 operations/);
});
