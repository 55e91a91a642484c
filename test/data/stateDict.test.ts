import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import { readStateDict } from '../../src/data/stateDict';
import { op, pickle } from './pickleBytes';

/** Four floats: 1, 2, 3, 4. */
const floats = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
const ordered = [op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce].flat();

/** A tensor the way `torch.save` writes it. */
function tensor(
  shape: readonly number[],
  strides: readonly number[],
  { offset = 0, key = '0', count = 4, type = 'FloatStorage' } = {},
): number[] {
  const tuple = (items: readonly (readonly number[])[]): number[] => [op.mark, ...items, op.tuple].flat();
  return [
    op.global('torch._utils', '_rebuild_tensor_v2'),
    op.mark,
    tuple([op.text('storage'), op.global('torch', type), op.text(key), op.text('cpu'), op.int4(count)]),
    op.persid,
    op.int4(offset),
    tuple(shape.map(op.int4)),
    tuple(strides.map(op.int4)),
    [0x89],
    ordered,
    op.tuple,
    op.reduce,
  ].flat();
}

function archive(entries: readonly number[][], files: Record<string, Uint8Array> = {}): Uint8Array {
  const items = entries.map((entry, i) => [op.text(`t${i}`), entry, op.setItem].flat());
  return zipSync({ 'm/data.pkl': pickle(ordered, ...items), 'm/data/0': floats, ...files }, { level: 0 });
}
const read = (bytes: Uint8Array): ReturnType<typeof readStateDict> => readStateDict(bytes, 'm.pth');

test('readStateDict gives named tensors in order, row-major whatever their strides', () => {
  const arrays = read(
    archive([tensor([2, 2], [2, 1]), tensor([2, 2], [1, 2]), tensor([2], [1], { offset: 2 })]),
  );
  assert.deepEqual([...arrays.keys()], ['t0', 't1', 't2']);
  assert.deepEqual(arrays.get('t0'), { shape: [2, 2], values: Float64Array.of(1, 2, 3, 4) });
  assert.deepEqual([...arrays.get('t1')!.values], [1, 3, 2, 4]);
  assert.deepEqual([...arrays.get('t2')!.values], [3, 4]);
  assert.deepEqual(read(archive([tensor([0], [1])])).get('t0'), { shape: [0], values: new Float64Array() });
});

test('readStateDict reads doubles and compressed archives', () => {
  const doubles = new Uint8Array(Float64Array.of(0.1, 0.2).buffer);
  const entry = [op.text('w'), tensor([2], [1], { type: 'DoubleStorage', count: 2 }), op.setItem].flat();
  const bytes = zipSync({ 'm/data.pkl': pickle(ordered, entry), 'm/data/0': doubles }, { level: 9 });
  assert.deepEqual([...read(bytes).get('w')!.values], [0.1, 0.2]);
});

test('a tensor that reaches beyond its storage is refused', () => {
  assert.throws(() => read(archive([tensor([2, 3], [3, 1])])), /reaches number 5 of a storage of 4/);
  assert.throws(() => read(archive([tensor([1], [1], { offset: 4 })])), /reaches number 4/);
});

test('a storage that is missing, of another size or another kind is refused', () => {
  assert.throws(() => read(archive([tensor([1], [1], { key: '1' })])), /storage 1 is missing/);
  assert.throws(() => read(archive([tensor([1], [1], { key: '../0' })])), /storage \.\.\/0 is missing/);
  assert.throws(() => read(archive([tensor([1], [1], { count: 5 })])), /should have 20 bytes, it has 16/);
  assert.throws(() => read(archive([tensor([1], [1], { type: 'HalfStorage' })])), /names torch\.HalfStorage/);
  assert.throws(() => read(archive([[op.text('x'), op.persid].flat()])), /not a storage of floats/);
});

test('a tensor of no stride cannot unfold a small file without limit', () => {
  assert.throws(() => read(archive([tensor([60_000, 60_000], [0, 0])])), /unfolds to 3600000000 numbers/);
});

test('a state dictionary that would run a command is refused by name', () => {
  const call = [op.global('os', 'system'), op.text('true'), op.tuple1, op.reduce].flat();
  assert.throws(() => read(archive([call])), /Cannot read m\.pth: its pickle names os\.system/);
});

test('entries that are not named tensors are refused', () => {
  assert.throws(() => read(archive([[...op.int(1)]])), /'t0' is not a named tensor/);
  assert.throws(() => read(zipSync({ 'm/data.pkl': pickle(op.emptyList) })), /not a dictionary of tensors/);
  const built = [tensor([1], [1]), op.emptyDict, op.build].flat();
  assert.throws(() => read(archive([built])), /state of something that has none/);
});

test('what is not an archive of PyTorch says so', () => {
  assert.throws(() => read(Buffer.from('\x80\x02')), /not a zip archive/);
  assert.throws(() => read(zipSync({ 'a.txt': floats })), /no data\.pkl/);
  const big = { 'm/byteorder': Buffer.from('big') };
  assert.throws(() => read(archive([], big)), /big-endian/);
});

test('a zip archive that is cut off is refused', () => {
  const whole = archive([tensor([2, 2], [2, 1])]);
  for (let length = 0; length < whole.length; length += 7) {
    assert.throws(() => read(whole.subarray(0, length)), /^Error: Cannot read m\.pth/, `${length} bytes`);
  }
});

test('a zip archive that unpacks too far is refused', () => {
  const bytes = Buffer.from(archive([]));
  // The size before compression of the first entry, in the central directory (signature PK 1 2, offset 24).
  bytes.writeUInt32LE(0x7fffffff, bytes.indexOf('PK\x01\x02') + 24);
  assert.throws(() => read(bytes), /unpacks to more than/);
});
