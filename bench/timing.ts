/** Seconds that a piece of work takes. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Seconds that a piece of work takes, and processor time of all threads of this process meanwhile. */
export async function processorSecondsOf(
  work: () => unknown,
): Promise<{ readonly seconds: number; readonly processor: number }> {
  const before = process.cpuUsage();
  const seconds = await secondsOf(work);
  const { user, system } = process.cpuUsage(before);
  return { seconds, processor: (user + system) / 1e6 };
}

/** Processor time of both sides, in words and as their ratio: what a busy machine does to the clock, it does not do to this. */
export function processorTimes(
  ours: readonly number[],
  theirs: readonly number[],
): { readonly text: string; readonly ratio: number } {
  const [own, peer] = [median(ours), median(theirs)];
  const ratio = peer / own;
  const text = `processor time ${own.toPrecision(3)} s against ${peer.toPrecision(3)} s, ${ratio.toPrecision(3)}x`;
  return { text, ratio };
}

/**
 * Median seconds of several pieces of work, side by side: each round runs them one after the other, so that whatever else
 * the machine does meets them all alike. The first round only warms up.
 *
 * @param works each resolves to the seconds it took
 */
export async function medianSeconds(
  rounds: number,
  works: readonly (() => Promise<number>)[],
): Promise<number[]> {
  const seconds: number[][] = works.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (let i = 0; i < works.length; i++) {
      const took = await works[i]();
      if (round > 0) seconds[i].push(took);
    }
  }
  return seconds.map(median);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
