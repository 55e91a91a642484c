import { createHash } from 'node:crypto';

/** What was measured on the clock, and so differs from run to run. */
const MEASURED = new Set(['seconds', 'cpuSeconds']);

/** Every number, word and array of bits that a result holds, by its path in it; what was measured on the clock is left out. */
export type Bits = ReadonlyMap<string, string>;

/** Reads a result to its last field. Arrays of bits are taken byte by byte, other numbers so that -0 and 0 differ. */
export function bitsOf(result: unknown): Bits {
  const bits = new Map<string, string>();
  const open = new Set<object>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'function') return;
    if (typeof value !== 'object' || value === null) {
      bits.set(path, Object.is(value, -0) ? '-0' : `${typeof value} ${String(value)}`);
      return;
    }
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      const hash = createHash('sha256').update(bytes).digest('hex');
      bits.set(path, `${value.constructor.name} of ${value.byteLength} bytes, ${hash}`);
      return;
    }
    if (open.has(value)) throw new Error(`A result holds itself at ${path}`);
    open.add(value);
    const entries: Iterable<readonly [unknown, unknown]> =
      value instanceof Map
        ? value.entries()
        : value instanceof Set
          ? [...value].entries()
          : Object.entries(value).filter(([name]) => !MEASURED.has(name));
    let count = 0;
    for (const [name, inner] of entries) {
      visit(inner, `${path}.${String(name)}`);
      count++;
    }
    bits.set(path, `${Array.isArray(value) ? 'list' : 'object'} of ${count}`);
    open.delete(value);
  };
  visit(result, 'result');
  return bits;
}

/** The first place where two results are not the same, in words; null where they are, bit for bit. */
export function firstDifference(a: Bits, b: Bits): string | null {
  for (const [path, value] of a) {
    const other = b.get(path);
    if (other !== value) return `${path}: ${value} against ${other ?? 'nothing'}`;
  }
  for (const path of b.keys()) if (!a.has(path)) return `${path}: nothing against ${b.get(path)}`;
  return null;
}

/** One hash of all bits. */
export function digestOf(bits: Bits): string {
  const hash = createHash('sha256');
  for (const [path, value] of bits) hash.update(`${path}\n${value}\n`);
  return hash.digest('hex');
}
