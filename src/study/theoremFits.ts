import { type BootstrapInterval, bootstrapInterval } from '../statistics/bootstrapInterval';
import { mean } from '../statistics/moments';
import type { TheoremRule } from './theoremMasks';

/** One network under one mask. */
export interface TheoremRow {
  /** How the weights were chosen. */
  readonly rule: TheoremRule;
  /** Units in a hidden layer. */
  readonly width: number;
  /** 1, 2, … */
  readonly draw: number;
  /** Weights of the network. */
  readonly weights: number;
  /** Weights removed. */
  readonly removed: number;
  /** The largest difference found between dense and pruned network. */
  readonly epsilon: number;
  /** A bound that the difference cannot exceed. */
  readonly upper: number;
  /** The largest output of the dense network found: what is left if every weight goes. */
  readonly dense: number;
}

/** Slopes against ln width, the mean over draws of each draw's least squares slope, with an interval over draws. */
export interface TheoremFit {
  /** How the weights were chosen. */
  readonly rule: TheoremRule;
  /** Of ln epsilon; not finite where a mask changes nothing. */
  readonly epsilon: BootstrapInterval;
  /** Of ln (epsilon / dense). */
  readonly relative: BootstrapInterval;
  /** Of ln dense. */
  readonly dense: BootstrapInterval;
}

/** A fit a rule, in the order of the rows; draws that lack a width are left out. */
export function theoremFits(rows: readonly TheoremRow[], seed: number): readonly TheoremFit[] {
  const widths = new Set(rows.map(({ width }) => width)).size;
  return [...new Set(rows.map(({ rule }) => rule))].map(rule => {
    const byDraw = new Map<number, TheoremRow[]>();
    for (const row of rows) {
      if (row.rule === rule) byDraw.set(row.draw, [...(byDraw.get(row.draw) ?? []), row]);
    }
    const whole = [...byDraw.values()].filter(own => own.length === widths);
    const slopes = (of: (row: TheoremRow) => number): BootstrapInterval =>
      bootstrapInterval(
        whole.map(own => logSlope(own, of)),
        mean,
        { seed: `${seed} ${rule}` },
      );
    return {
      rule,
      epsilon: slopes(row => row.epsilon),
      relative: slopes(row => row.epsilon / row.dense),
      dense: slopes(row => row.dense),
    };
  });
}

/** Least squares slope of ln y against ln width. */
function logSlope(rows: readonly TheoremRow[], of: (row: TheoremRow) => number): number {
  const x = rows.map(({ width }) => Math.log(width));
  const y = rows.map(row => Math.log(of(row)));
  const [meanX, meanY] = [mean(x), mean(y)];
  let xx = 0;
  let xy = 0;
  x.forEach((each, i) => {
    xx += (each - meanX) ** 2;
    xy += (each - meanX) * (y[i] - meanY);
  });
  return xy / xx;
}
