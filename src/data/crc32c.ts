/** Remainders of all bytes; Castagnoli's polynomial, bits reversed. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0x82f63b78 : 0);
  return remainder;
});

/** CRC-32C of some bytes (RFC 3720, appendix B.4): what Zarr's codec `crc32c` appends to a chunk. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ remainders[(crc ^ bytes[i]) & 255];
  return (crc ^ 0xffffffff) >>> 0;
}
