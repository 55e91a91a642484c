/** Remainders of a byte that 0, 1, 2 or 3 zero bytes follow; Castagnoli's polynomial, bits reversed. */
const remainders = Array.from({ length: 4 }, () => new Uint32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let remainder = byte;
  for (const table of remainders) {
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0x82f63b78 : 0);
    table[byte] = remainder;
  }
}

/** CRC-32C of some bytes (RFC 3720, appendix B.4): what Zarr's codec `crc32c` appends to a chunk. Four bytes a step. */
export function crc32c(bytes: Uint8Array): number {
  const [r0, r1, r2, r3] = remainders;
  const { length } = bytes;
  let crc = 0xffffffff;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    crc ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    crc = r3[crc & 255] ^ r2[(crc >>> 8) & 255] ^ r1[(crc >>> 16) & 255] ^ r0[crc >>> 24];
  }
  for (; i < length; i++) crc = (crc >>> 8) ^ r0[(crc ^ bytes[i]) & 255];
  return (crc ^ 0xffffffff) >>> 0;
}
