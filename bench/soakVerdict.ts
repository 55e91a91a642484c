import type { ProcessState } from './processState';
import { median } from './timing';

/** One quantity early and late in a soak. */
export interface SoakRow {
  readonly quantity: Exclude<keyof ProcessState, 'round' | 'seconds'>;
  /** Median of the second quarter of the rounds, and of the last: what one round has not let go of yet does not count. */
  readonly early: number;
  readonly late: number;
  /** What `late` may be at most. */
  readonly allowed: number;
  readonly flat: boolean;
}

/** What may come on top of `early`: a share, and bytes that a just-in-time compiler or an allocator may still take. */
const MiB = 2 ** 20;
const slack: Readonly<Record<SoakRow['quantity'], { readonly share: number; readonly plus: number }>> = {
  heap: { share: 0.02, plus: MiB },
  arrayBuffers: { share: 0, plus: MiB / 4 },
  resident: { share: 0.05, plus: 16 * MiB },
  tensors: { share: 0, plus: 0 },
  threads: { share: 0, plus: 0.5 },
  files: { share: 0, plus: 0.5 },
  handles: { share: 0, plus: 0.5 },
};

/** Memory is judged from so many rounds on; before that compilers still warm up. */
export const roundsForMemory = 40;

const memory: ReadonlySet<SoakRow['quantity']> = new Set(['heap', 'arrayBuffers', 'resident']);

/**
 * Whether a process that did the same over and over holds no more at the end than it did once it was warm: the first quarter of
 * the rounds is left out, the second compared with the last. Fewer rounds than `roundsForMemory` say nothing of memory.
 *
 * @throws RangeError for fewer than 8 states
 */
export function soakVerdict(states: readonly ProcessState[]): readonly SoakRow[] {
  if (states.length < 8)
    throw new RangeError(`Cannot judge a soak: 8 rounds are the least, ${states.length} came`);
  const quarter = Math.floor(states.length / 4);
  const level = (from: number, of: SoakRow['quantity']): number =>
    median(states.slice(from, from + quarter).map(state => state[of]));
  return (Object.keys(slack) as SoakRow['quantity'][])
    .filter(quantity => states.length >= roundsForMemory || !memory.has(quantity))
    .filter(quantity => states.every(state => !Number.isNaN(state[quantity])))
    .map(quantity => {
      const early = level(quarter, quantity);
      const late = level(states.length - quarter, quantity);
      const { share, plus } = slack[quantity];
      const allowed = early * (1 + share) + plus;
      return { quantity, early, late, allowed, flat: late <= allowed };
    });
}
