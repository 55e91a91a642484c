/** What one processor of the machine can do at most, measured by loops that do nothing else. */
export interface Peak {
  /** Multiplications and additions of doubles in WebAssembly SIMD, registers only. */
  readonly simdFlops: number;
  /** The same in plain JavaScript. */
  readonly scalarFlops: number;
  /** Bytes a second read from memory that no cache holds. */
  readonly memoryBytes: number;
}

/** What one kernel does in a second, and what the machine would allow it. */
export interface KernelLimit {
  readonly kernel: string;
  /** How flops and bytes were counted. */
  readonly counted: string;
  /** Of one call. */
  readonly flops: number;
  readonly bytes: number;
  readonly seconds: number;
  /** Flops a byte. */
  readonly intensity: number;
  readonly flopsPerSecond: number;
  /** What is attainable at this intensity: the smaller of peak and intensity x memory. */
  readonly attainable: number;
  /** `flopsPerSecond` as a share of `attainable`. */
  readonly share: number;
}

export interface Limits {
  readonly peak: Peak;
  readonly kernels: readonly KernelLimit[];
}

/**
 * A kernel under the roof (Williams, Waterman and Patterson 2009, Roofline, Communications of the ACM 52(4), 65-76): with I = flops /
 * bytes, at most min(peak, I x bandwidth) flops a second are possible.
 *
 * @param flops additions, multiplications, divisions and comparisons of one call; a logarithm or an exponential counts as one
 * @param bytes numbers that must come from or go to memory once, whatever the caches hold
 */
export function kernelLimit(
  kernel: string,
  { flops, bytes, counted }: Pick<KernelLimit, 'flops' | 'bytes' | 'counted'>,
  seconds: number,
  { simdFlops, memoryBytes }: Peak,
): KernelLimit {
  const intensity = flops / bytes;
  const attainable = Math.min(simdFlops, intensity * memoryBytes);
  const flopsPerSecond = flops / seconds;
  const share = flopsPerSecond / attainable;
  return { kernel, counted, flops, bytes, seconds, intensity, flopsPerSecond, attainable, share };
}
