import type { OptionNames } from '../core/options';
import { roundDecimals } from '../kernels/roundDecimals';
import { roundDigits } from '../kernels/roundDigits';
import { createChangePoints } from './changePoints';
import { createLyapR, type LyapROptions } from './lyapR';
import { type ExponentFit, noExponent, type WindowEstimator } from './windowEstimator';
import type { ExponentStatus } from './windowedExponents';

/** Everything between the iterates of a window and the exponent that the study's test read. */
export interface PublishedChain extends LyapROptions {
  /** Decimals of the weights that `lyap_r` read; null for all. */
  readonly decimals: number | null;
  /** Exponent 0 where `changePoints` finds a change of mean or the range is below 1e-5. */
  readonly zeroRule: boolean;
  /** Significant digits of the exponents that the test read; null for all. */
  readonly digits: number | null;
}

export const publishedChainNames: OptionNames<PublishedChain> = {
  steps: true,
  ties: true,
  distances: true,
  decimals: true,
  zeroRule: true,
  digits: true,
};

const common = { ties: 'last', distances: 'exact', decimals: 6, digits: 5 } as const;

/**
 * The two chains behind the study's masks, both needed to make all of them again (`legcnet masks`): FT came from the
 * older program of the repository, PT from the one published last.
 *
 * @example
 * import { publishedChains } from 'legcnet';
 * [publishedChains.FT.steps, publishedChains.PT.steps]; // [20, 3]
 */
export const publishedChains: Readonly<Record<'FT' | 'PT', PublishedChain>> = {
  FT: { ...common, steps: 20, zeroRule: false },
  PT: { ...common, steps: 3, zeroRule: true },
};

/** Exponents left the study's programs with this many decimals. */
const EXPONENT_DECIMALS = 6;
/** Under the rule for still windows, those of a smaller range got the exponent 0. */
const SMALLEST_RANGE = 1e-5;

/**
 * The exponent as the study's code made it (not its text): values rounded to `decimals`, S(1) - S(0) of TISEAN `lyap_r -m2
 * -r20 -d1 -s<steps>` as that program prints it, rounded to 6 decimals and then to `digits`. It wrote 0, and so does this,
 * where the rounded window is constant (status `constant`) or has no pair of neighbours (`degenerate`) and, by the zero
 * rule, where the range is small (`constant`) or the mean changes (`degenerate`). Pairs that vanish are not looked at.
 */
export function createPublishedEstimator(length: number, chain: PublishedChain): WindowEstimator {
  const { steps, decimals, digits, zeroRule } = chain;
  const lyapR = createLyapR(length, chain);
  const changePointsOf = createChangePoints(length);
  const description = `published chain: TISEAN lyap_r -m2 -r20 -d1 -s${steps}, S(1) - S(0)`;
  return { description, curve: lyapR.curve, run };

  function run(series: Float64Array, offset: number): ExponentFit {
    lyapR.curve.fill(Number.NaN);
    const raw = series.subarray(offset, offset + length);
    const left = lyapR.load(raw, decimals);
    if (Number.isNaN(left)) return noExponent('non-finite');
    if (length < steps + 3) return noExponent('too-short');
    if (zeroRule && range(raw) < SMALLEST_RANGE) return zero('constant');
    if (zeroRule && changePointsOf(raw, 1).length > 0) return zero('degenerate');
    if (left === 0) return zero('constant');
    const slope = lyapR.run();
    if (Number.isNaN(slope)) return zero('degenerate');
    const printed = roundDecimals(slope, EXPONENT_DECIMALS);
    const exponent = digits === null ? printed : roundDigits(printed, digits);
    return { status: 'ok', exponent, intercept: lyapR.curve[0], points: 2, fitFrom: 0, fitTo: 1 };
  }
}

/** The study's 0, with the reason. */
function zero(status: ExponentStatus): ExponentFit {
  return { ...noExponent(status), exponent: 0 };
}

function range(values: Float64Array): number {
  // Read by index: destructuring walks an iterator.
  let min = values[0];
  let max = min;
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    min = value < min ? value : min;
    max = value > max ? value : max;
  }
  return max - min;
}
