type Bytes = readonly number[];

interface Opcodes {
  proto(version: number): Bytes;
  int(value: number): Bytes;
  int4(value: number): Bytes;
  text(value: string): Bytes;
  bytes(value: Bytes): Bytes;
  global(module: string, name: string): Bytes;
  put(index: number): Bytes;
  get(index: number): Bytes;
  stop: Bytes;
  mark: Bytes;
  none: Bytes;
  stackGlobal: Bytes;
  reduce: Bytes;
  build: Bytes;
  persid: Bytes;
  emptyTuple: Bytes;
  tuple: Bytes;
  tuple1: Bytes;
  emptyList: Bytes;
  append: Bytes;
  emptyDict: Bytes;
  setItem: Bytes;
}

/** Opcodes of Python's pickle, for building good and bad pickles by hand; names as in `pickletools`. */
export const op: Opcodes = {
  proto: version => [0x80, version],
  stop: [0x2e],
  mark: [0x28],
  none: [0x4e],
  int: (value: number) => [0x4b, value],
  int4: (value: number) => [0x4a, ...little(value)],
  text: (value: string) => [0x58, ...little(value.length), ...Buffer.from(value)],
  bytes: value => [0x42, ...little(value.length), ...value],
  global: (module: string, name: string) => [0x63, ...Buffer.from(`${module}\n${name}\n`)],
  stackGlobal: [0x93],
  reduce: [0x52],
  build: [0x62],
  persid: [0x51],
  emptyTuple: [0x29],
  tuple: [0x74],
  tuple1: [0x85],
  emptyList: [0x5d],
  append: [0x61],
  emptyDict: [0x7d],
  setItem: [0x73],
  put: (index: number) => [0x72, ...little(index)],
  get: (index: number) => [0x6a, ...little(index)],
};

export function pickle(...parts: readonly Bytes[]): Uint8Array {
  return Uint8Array.from([...op.proto(2), ...parts.flat(), ...op.stop]);
}

function little(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}
