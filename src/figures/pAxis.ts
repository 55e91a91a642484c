import { requireNumber } from '../core/require';
import type { Layout } from './figure';
import { axis, palette } from './theme';

/** p-values below this are drawn at it. */
export const SMALLEST_P = 1e-16;

/** @throws TypeError or RangeError unless alpha is a number from 0 to 1 */
export function requireLevel(alpha: number, task: string): void {
  const holds = typeof alpha === 'number' && alpha >= 0 && alpha <= 1;
  requireNumber(alpha, holds, 'from 0 to 1', 'alpha', task);
}

/** The p-value at the upper end of an axis that shows all of these and alpha. */
export function topP(alpha: number, pValues: readonly ArrayLike<number>[]): number {
  let smallest = alpha > 0 ? alpha : 1;
  for (const values of pValues) {
    for (let i = 0; i < values.length; i++) if (values[i] > 0 && values[i] < smallest) smallest = values[i];
  }
  return Math.max(SMALLEST_P, smallest);
}

/** A logarithmic axis of p-values, small ones on top. */
export function pAxis(top: number, ticks: number, parts: Layout = {}): Layout {
  return axis('p-value (log scale, small on top)', {
    type: 'log',
    range: [0.1, Math.min(-0.1, Math.log10(top) * 1.06)],
    exponentformat: 'power',
    tickfont: { size: 11 },
    dtick: Math.max(1, Math.ceil(-Math.log10(top) / ticks)),
    ...parts,
  });
}

/** A dashed line across the panel of y at the level of the test. */
export function alphaLine(alpha: number): Layout {
  const line = { color: palette.ink, width: 1.5, dash: 'dash' };
  return { type: 'line', xref: 'paper', x0: 0, x1: 1, y0: alpha, y1: alpha, line };
}

/** Its name, to the right of it. */
export function alphaNote(alpha: number, isLog: boolean): Layout {
  return {
    xref: 'paper',
    x: 1,
    xanchor: 'left',
    xshift: 4,
    // On a logarithmic axis annotations are placed by exponent.
    y: isLog ? Math.log10(alpha) : alpha,
    yanchor: 'middle',
    showarrow: false,
    text: `α = ${alpha}`,
    font: { size: 12 },
  };
}
