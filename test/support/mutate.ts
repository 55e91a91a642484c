import { randomStream } from '../../src/statistics/random';

/** Numbers that lengths, counts and offsets of file formats trip over. */
const lengths = [0, 1, 2, 7, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/**
 * An endless row of damaged files: one to eight changes each to one of the sound ones. Bytes are set, put in, cut out, repeated,
 * brought from another file or overwritten by lengths that no such file can have; `words` of the format are put in at any place.
 */
export function* mutants(
  sound: readonly Uint8Array[],
  { seed, words = [] }: { readonly seed: number; readonly words?: readonly string[] },
): Generator<Uint8Array, never> {
  const random = randomStream(seed, 'mutants');
  const below = (n: number): number => Math.floor(random() * n);
  const change = (bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> => {
    const at = below(bytes.length + 1);
    const end = at + below(Math.min(bytes.length - at, 64) + 1);
    const around = (middle: Uint8Array): Buffer<ArrayBuffer> =>
      Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(end)]);
    switch (below(8)) {
      case 0: {
        if (at < bytes.length) bytes[at] = below(256);
        return bytes;
      }
      case 1:
        return around(new Uint8Array(0));
      case 2:
        return around(Uint8Array.from({ length: below(9) }, () => below(256)));
      case 3:
        return bytes.subarray(0, at);
      case 4: {
        const span = bytes.subarray(at, end);
        return around(Buffer.concat(Array.from({ length: below(20) }, () => span)));
      }
      case 5: {
        const other = sound[below(sound.length)];
        const from = below(other.length + 1);
        return around(other.subarray(from, from + below(64)));
      }
      case 6: {
        const value = lengths[below(lengths.length)];
        if (at + 4 > bytes.length) return bytes;
        if (random() < 0.5) bytes.writeUInt32LE(value, at);
        else bytes.writeUInt32BE(value, at);
        return bytes;
      }
      default:
        return words.length === 0 ? bytes : around(Buffer.from(words[below(words.length)]));
    }
  };
  for (;;) {
    // A copy of its own: `Buffer.from` of a small array shares memory with others, which `writeUInt32LE` must not reach.
    let bytes = Buffer.from(Uint8Array.from(sound[below(sound.length)]));
    for (let changes = 1 + below(8); changes > 0; changes--) bytes = change(bytes);
    yield Uint8Array.from(bytes);
  }
}
