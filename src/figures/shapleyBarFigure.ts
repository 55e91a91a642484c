import type { ShapleyImportance } from '../explanation/importance';
import { type Figure, figure } from './figure';
import { axis, baseLayout, counted, label, palette, rounded, shortNumber, titled } from './theme';

/** How many features `shapleyBarFigure` draws, and its title. */
export interface ShapleyBarOptions {
  /** Features drawn, the most important first; the others are summed up in the note. Default 12. */
  readonly shown?: number;
  /** Default `Which features move the output?`. */
  readonly title?: string;
}

/**
 * Mean |Shapley value| of each feature as a bar with its interval over rows, largest on top, to three digits.
 *
 * @example
 * import { importance, shapley, shapleyBarFigure } from 'legcnet';
 * const linear = (x: Float64Array, n: number) => Float64Array.from({ length: n }, (_, i) => 2 * x[2 * i] - 5 * x[2 * i + 1]);
 * const explained = await shapley(linear, [[0, 0]], [[1, 1], [2, 1], [3, 1]], { names: ['width', 'height'] });
 * shapleyBarFigure(importance(explained)).data[0].y; // [ 0, 1 ]
 */
export function shapleyBarFigure(importance: ShapleyImportance, options: ShapleyBarOptions = {}): Figure {
  const { shown = 12, title = 'Which features move the output?' } = options;
  const { names, values, low, high, order, rows, level, output } = importance;
  const drawn = order.slice(0, shown);
  const rest = order.slice(shown);
  const sum = rest.reduce((total, p) => total + values[p], 0);
  const ends = drawn.map(p => (Number.isFinite(high[p]) ? high[p] : values[p]));
  const most = ends.reduce((largest, end) => Math.max(largest, Number.isFinite(end) ? end : 0), 0);
  const hasIntervals = drawn.some(p => Number.isFinite(low[p]));
  const note = [
    output,
    `mean over ${counted(rows, 'row')}`,
    hasIntervals ? `line: ${shortNumber(100 * level)} % interval over rows` : '',
    rest.length === 0 ? '' : `${counted(rest.length, 'more feature')}, together ${shortNumber(sum)}`,
  ];
  const layout = baseLayout(titled(title, note), {
    height: 150 + 34 * Math.max(1, drawn.length),
    margin: { l: 24, r: 24, t: 80, b: 60 },
    showlegend: false,
    bargap: 0.35,
    xaxis: axis('mean |SHAP value|', { range: [0, most > 0 ? 1.18 * most : 1] }),
    yaxis: axis('', featureAxis(drawn.map(p => names[p]))),
    annotations: drawn.map((p, y) => ({
      x: Number.isFinite(ends[y]) ? rounded(ends[y]) : 0,
      y,
      text: threeDigits(values[p]),
      showarrow: false,
      xanchor: 'left',
      xshift: 6,
      font: { size: 12 },
    })),
  });
  const bars = {
    type: 'bar',
    orientation: 'h',
    x: drawn.map(p => rounded(values[p])),
    y: drawn.map((_, y) => y),
    marker: { color: palette.blue },
    error_x: {
      type: 'data',
      symmetric: false,
      array: drawn.map(p => rounded(high[p] - values[p])),
      arrayminus: drawn.map(p => rounded(values[p] - low[p])),
      color: palette.ink,
      thickness: 1.5,
      width: 3,
    },
    text: drawn.map(
      p =>
        `${label(names[p])}<br>${shortNumber(values[p], 4)}, ${shortNumber(low[p])} to ${shortNumber(high[p])}`,
    ),
    textposition: 'none',
    hoverinfo: 'text',
  };
  const told = drawn.slice(0, 5).map(p => `${names[p]} ${shortNumber(values[p])}`);
  return figure([bars], layout, `Mean |SHAP value|: ${told.join(', ')}.`);
}

/** Three significant digits, zeros included, so that bars of one figure compare at a glance. */
export function threeDigits(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(3).replace('-', '\u2212') : 'none';
}

/** Numbered rows from the top, one a feature: two features may have one name. */
export function featureAxis(names: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    range: [names.length - 0.4, -0.6],
    tickvals: names.map((_, y) => y),
    ticktext: names.map(label),
    ticks: '',
    showgrid: false,
    showline: false,
  };
}
