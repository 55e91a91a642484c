/** A quick call of one public function. */
export interface Case {
  /** What is called, where a function has several cases: `train, TensorFlow engine`. */
  readonly title?: string;
  /** Calls it; `change` is one of `changes`, or empty. */
  readonly run: (seed: number, change: object) => unknown;
  /** Options that must not move a bit. */
  readonly changes: readonly object[];
  /** Whether another seed gives another result. */
  readonly isSeeded: boolean;
  /** Why it cannot run here, or false. */
  readonly skip: string | false;
}

interface CaseOptions<C> {
  readonly changes?: readonly Partial<C>[];
  readonly title?: string;
  readonly skip?: string | false;
}

/** A case of a function that draws from a seed. */
export function seeded<C extends object>(
  run: (seed: number, change: Partial<C>) => unknown,
  { changes = [], skip = false, title }: CaseOptions<C> = {},
): Case {
  return { run: run as Case['run'], changes, skip, isSeeded: true, ...(title !== undefined && { title }) };
}

/** A case of a function that draws nothing, but works with threads or in pieces. */
export function unseeded<C extends object>(
  run: (change: Partial<C>) => unknown,
  options: CaseOptions<C> = {},
): Case {
  return { ...seeded<C>((_, change) => run(change), options), isSeeded: false };
}

/** By the public name; a name may have several cases. */
export type Cases = Readonly<Record<string, Case | readonly Case[]>>;

/** Every number of threads that is asked for. */
export const threads: readonly { readonly workers: number }[] = [0, 1, 2, 3].map(workers => ({ workers }));
