/** How many weights to remove: a share of them or a count; exactly one of the two. */
export interface Amount {
  /** Share in [0, 1]; share times weights is rounded to the nearest whole number, a half to the even one. */
  readonly share?: number;
  /** Number of weights. */
  readonly count?: number;
}

/** @throws TypeError unless exactly one is given, RangeError when it is out of range */
export function countToRemove({ share, count }: Amount, weights: number, task: string): number {
  if ((share === undefined) === (count === undefined)) {
    throw new TypeError(
      `Cannot ${task}: either share or count is required, ${share === undefined ? 'neither' : 'both'} came`,
    );
  }
  if (share !== undefined) {
    if (!(share >= 0 && share <= 1)) {
      throw new RangeError(`Cannot ${task}: share must lie in [0, 1], ${share} came`);
    }
    return roundHalfToEven(share * weights);
  }
  const asked = count as number;
  if (!Number.isInteger(asked) || asked < 0 || asked > weights) {
    throw new RangeError(`Cannot ${task}: count must be a whole number from 0 to ${weights}, ${asked} came`);
  }
  return asked;
}

/** The amount in words, as it was asked for. */
export function describeAmount({ share }: Amount, removed: number, weights: number): string {
  return share === undefined ? `${removed} of ${weights}` : `${removed} of ${weights} (share ${share})`;
}

function roundHalfToEven(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}
