import type { ScalarActivation } from '../network/lipschitzConstant';
import { type Figure, figure, type Trace } from './figure';
import { axis, baseLayout, dashes, label, lineColours, palette, rounded } from './theme';

/** Derivatives of an activation at some places. */
export interface ActivationSlopes {
  /** The activation. */
  readonly activation: ScalarActivation;
  /** Places, ascending. */
  readonly x: Float64Array;
  /** Derivative at each. */
  readonly slopes: Float64Array;
  /** Its Lipschitz constant, the height that the curve touches and does not pass. */
  readonly constant: number;
}

/**
 * How steep is an activation? Its derivative, and its Lipschitz constant as a thin line.
 *
 * @example
 * import { activationSlopeFigure, activationSlopes, lipschitzConstants } from 'legcnet';
 * const x = Float64Array.of(-2, -1, 0, 1, 2);
 * const slopes = activationSlopes('sigmoid', x);
 * const drawn = activationSlopeFigure([{ activation: 'sigmoid', x, slopes, constant: lipschitzConstants.sigmoid }]);
 * drawn.data[0].y; // [ 0.105, 0.1966, 0.25, 0.1966, 0.105 ]
 */
export function activationSlopeFigure(activations: readonly ActivationSlopes[]): Figure {
  const data = activations.map(
    ({ activation, x, slopes }, i): Trace => ({
      type: 'scatter',
      mode: 'lines',
      name: label(activation),
      x: Array.from(x, value => rounded(value)),
      y: Array.from(slopes, value => rounded(value)),
      line: {
        color: lineColours[i % lineColours.length],
        dash: dashes[i % dashes.length],
        width: 2,
        simplify: false,
      },
    }),
  );
  const constants = [...new Set(activations.map(({ constant }) => constant))];
  const layout = baseLayout('How steep are the activations?', {
    height: 340,
    xaxis: axis('sum that goes into a unit'),
    yaxis: axis('derivative', { rangemode: 'tozero' }),
    shapes: constants.map(constant => ({
      type: 'line',
      xref: 'paper',
      x0: 0,
      x1: 1,
      y0: constant,
      y1: constant,
      line: { color: palette.grey, width: 1, dash: 'dot' },
    })),
  });
  const told = activations.map(
    ({ activation, slopes, constant }) =>
      `${activation} ${rounded(Math.max(...slopes))} (constant ${constant})`,
  );
  return figure(data, layout, `Largest derivative of each activation: ${told.join(', ')}.`);
}
