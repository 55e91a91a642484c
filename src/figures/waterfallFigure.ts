import type { ShapleyValues } from '../explanation/shapleyValues';
import { type Figure, figure } from './figure';
import { featureAxis, threeDigits } from './shapleyBarFigure';
import { axis, baseLayout, label, palette, rounded, shortNumber, titled } from './theme';

/** Which output `waterfallFigure` draws, and how many features one by one. */
export interface WaterfallOptions {
  /** Output drawn. Default 0, the first. */
  readonly output?: number;
  /** Features drawn one by one; the rest is one step. Default 9. */
  readonly shown?: number;
}

/**
 * How one row gets from the expected output to its own: one step a feature, largest on top, up in vermillion, down in blue.
 *
 * @param row 0-based row of the explanation
 * @throws RangeError for a row or an output that does not exist, or a row without values
 * @example
 * import { shapley, waterfallFigure } from 'legcnet';
 * const linear = (x: Float64Array, n: number) => Float64Array.from({ length: n }, (_, i) => 2 * x[2 * i] - 5 * x[2 * i + 1]);
 * const explained = await shapley(linear, [[0, 0]], [[1, 1]], { names: ['width', 'height'] });
 * waterfallFigure(explained, 0).summary; // 'From 0 to −3: height = 1 −5, width = 1 2.'
 */
export function waterfallFigure(shap: ShapleyValues, row: number, options: WaterfallOptions = {}): Figure {
  const { output = 0, shown = 9 } = options;
  const { names, outputNames, rows, values, inputs, expected, explained, link } = shap;
  const outputs = outputNames.length;
  for (const [name, value, count] of [
    ['row', row, rows],
    ['output', output, outputs],
  ] as const) {
    if (!Number.isInteger(value) || value < 0 || value >= count) {
      throw new RangeError(
        `Cannot draw a waterfall: ${name} must be a whole number from 0 to ${count - 1}, ${value} came`,
      );
    }
  }
  const phi = names.map((_, p) => values[(row * names.length + p) * outputs + output]);
  if (!phi.every(Number.isFinite)) throw new RangeError(`Cannot draw a waterfall: row ${row} has no values`);
  const order = names.map((_, p) => p).sort((a, b) => Math.abs(phi[b]) - Math.abs(phi[a]) || a - b);
  const rest = order.slice(shown);
  const steps = order.slice(0, shown).map(p => {
    const own = inputs[row * names.length + p];
    return { name: Number.isFinite(own) ? `${names[p]} = ${shortNumber(own)}` : names[p], size: phi[p] };
  });
  if (rest.length > 0) {
    const size = rest.reduce((sum, p) => sum + phi[p], 0);
    steps.push({ name: rest.length === 1 ? names[rest[0]] : `${rest.length} more features`, size });
  }
  // The smallest step stands at the bottom, next to the expected output.
  const starts: number[] = new Array(steps.length);
  let at = expected[output];
  for (let k = steps.length - 1; k >= 0; k--) {
    starts[k] = at;
    at += steps[k].size;
  }
  const end = explained[row * outputs + output];
  const what = link === 'logit' ? 'log odds' : 'output';
  const bars = {
    type: 'bar',
    orientation: 'h',
    base: starts.map(value => rounded(value)),
    x: steps.map(({ size }) => rounded(size)),
    y: steps.map((_, y) => y),
    marker: { color: steps.map(({ size }) => (size < 0 ? palette.blue : palette.vermillion)) },
    text: steps.map(({ size }) => (size < 0 ? '' : '+') + threeDigits(size)),
    textposition: 'outside',
    cliponaxis: false,
    hovertext: steps.map(
      ({ name, size }, k) => `${label(name)}<br>${shortNumber(size, 4)} from ${shortNumber(starts[k], 4)}`,
    ),
    hoverinfo: 'text',
  };
  const ends = steps.map(({ size }, k) => starts[k] + size);
  const all = [...starts, ...ends, end];
  const [low, high] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
  const room = 0.16 * (high - low) || 0.5;
  const line = (value: number, dash: string): Readonly<Record<string, unknown>> => ({
    type: 'line',
    yref: 'paper',
    x0: rounded(value),
    x1: rounded(value),
    y0: 0,
    y1: 1,
    layer: 'below',
    line: { color: palette.grey, width: 1, dash },
  });
  const note = [
    outputs > 1 ? outputNames[output] : '',
    `dotted: expected ${what} ${shortNumber(expected[output])}`,
    `dashed: ${what} of the row ${shortNumber(end)}`,
  ];
  const layout = baseLayout(titled(`How does row ${row} come to its ${what}?`, note), {
    height: 150 + 36 * Math.max(1, steps.length),
    margin: { l: 24, r: 24, t: 80, b: 60 },
    showlegend: false,
    bargap: 0.3,
    shapes: [line(expected[output], 'dot'), line(end, 'dash')],
    xaxis: axis(what, { range: [low - room, high + room] }),
    yaxis: axis('', featureAxis(steps.map(({ name }) => name))),
  });
  const told = steps.slice(0, 3).map(({ name, size }) => `${name} ${shortNumber(size)}`);
  return figure(
    [bars],
    layout,
    `From ${shortNumber(expected[output])} to ${shortNumber(end)}: ${told.join(', ')}${steps.length > 3 ? ', …' : ''}.`,
  );
}
