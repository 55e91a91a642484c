import type { ShapleyValues } from '../explanation/shapleyValues';
import { type Figure, figure } from './figure';
import { featureAxis } from './shapleyBarFigure';
import {
  axis,
  baseLayout,
  blueToRed,
  counted,
  extentText,
  label,
  palette,
  rounded,
  shortNumber,
  titled,
} from './theme';

/** Which output and how many features `beeswarmFigure` draws. */
export interface BeeswarmOptions {
  /** Output drawn. Default 0, the first. */
  readonly output?: number;
  /** Features drawn, the most important first. Default 12. */
  readonly shown?: number;
}

/** Points are stacked when they fall into one of so many equal parts of the axis. */
const BINS = 100;
/** Half the height of a feature's row that its tallest stack may fill. */
const HALF_ROW = 0.4;
/** More points a feature cannot be told apart; rows are then taken at equal steps. */
const MOST_POINTS = 1500;

/**
 * Every row's Shapley value of each feature, stacked where they crowd, features by mean |value|. Colour is the feature's own value
 * from its 5 % (blue) to its 95 % quantile (red); groups of features and missing values are grey. Nothing is left to chance: the
 * same values give the same points.
 *
 * @throws RangeError for an output that does not exist
 * @example
 * import { beeswarmFigure, shapley } from 'legcnet';
 * const linear = (x: Float64Array, n: number) => Float64Array.from({ length: n }, (_, i) => 2 * x[2 * i] - 5 * x[2 * i + 1]);
 * const explained = await shapley(linear, [[0, 0]], [[1, 1], [2, 1], [3, 1]], { names: ['width', 'height'] });
 * beeswarmFigure(explained).data[0].x; // [-5, -5, -5], the height in three rows
 */
export function beeswarmFigure(shap: ShapleyValues, options: BeeswarmOptions = {}): Figure {
  const { output = 0, shown = 12 } = options;
  const { names, outputNames, rows, values, inputs } = shap;
  const outputs = outputNames.length;
  if (!Number.isInteger(output) || output < 0 || output >= outputs) {
    throw new RangeError(
      `Cannot draw a beeswarm: output must be a whole number from 0 to ${outputs - 1}, ${output} came`,
    );
  }
  const shapOf = (row: number, p: number): number => values[(row * names.length + p) * outputs + output];
  const usable = Array.from({ length: rows }, (_, row) => row).filter(row =>
    names.every((_, p) => Number.isFinite(shapOf(row, p))),
  );
  const size = names.map((_, p) => usable.reduce((sum, row) => sum + Math.abs(shapOf(row, p)), 0));
  const order = names.map((_, p) => p).sort((a, b) => size[b] - size[a] || a - b);
  const drawn = order.slice(0, shown);
  const step = Math.max(1, Math.ceil(usable.length / MOST_POINTS));
  const points = usable.filter((_, k) => k % step === 0);
  const all = drawn.flatMap(p => points.map(row => shapOf(row, p)));
  const [low, high] = [all.reduce((a, b) => Math.min(a, b), 0), all.reduce((a, b) => Math.max(a, b), 0)];

  const data = drawn.map((p, y) => {
    const x = points.map(row => shapOf(row, p));
    const heights = stack(x, low, high);
    const own = points.map(row => inputs[row * names.length + p]);
    return {
      type: 'scatter',
      mode: 'markers',
      name: label(names[p]),
      x: x.map(value => rounded(value, 5)),
      y: heights.map(height => rounded(y - height, 5)),
      text: own.map(
        (value, k) =>
          `${label(names[p])}${Number.isFinite(value) ? ` = ${shortNumber(value)}` : ''}<br>SHAP ${shortNumber(x[k])}`,
      ),
      hoverinfo: 'text',
      marker: { size: 6, opacity: 0.85, ...colours(own) },
    };
  });
  const note = [
    outputs > 1 ? outputNames[output] : '',
    'colour: value of the feature, blue low, red high',
    step === 1 ? '' : `${counted(points.length, 'row')} of ${shortNumber(usable.length)} drawn`,
    drawn.length < names.length ? `${counted(names.length - drawn.length, 'more feature')}` : '',
  ];
  const layout = baseLayout(titled('Which way do the features move the output, row by row?', note), {
    height: 150 + 44 * Math.max(1, drawn.length),
    margin: { l: 24, r: 24, t: 80, b: 60 },
    showlegend: false,
    shapes: [
      {
        type: 'line',
        yref: 'paper',
        x0: 0,
        x1: 0,
        y0: 0,
        y1: 1,
        layer: 'below',
        line: { color: palette.grey, width: 1 },
      },
    ],
    xaxis: axis('SHAP value (impact on the output)'),
    yaxis: axis('', featureAxis(drawn.map(p => names[p]))),
  });
  const told = drawn.slice(0, 3).map(p => `${names[p]} ${extentText(usable.map(row => shapOf(row, p)))}`);
  const summary = `SHAP values of ${counted(usable.length, 'row')}; most important: ${told.join(', ')}.`;
  return figure(data, layout, summary);
}

/** Heights of the points: in each bin 0, up, down, up, ..., the tallest bin of the row filling it. */
function stack(x: readonly number[], low: number, high: number): number[] {
  const counts = new Map<number, number>();
  const places = x.map(value => {
    const bin = high > low ? Math.round((BINS * (value - low)) / (high - low)) : 0;
    const before = counts.get(bin) ?? 0;
    counts.set(bin, before + 1);
    return (before % 2 === 0 ? -1 : 1) * Math.ceil(before / 2);
  });
  const tallest = places.reduce((most, place) => Math.max(most, Math.abs(place)), 0);
  // Few points keep the distance of neighbours that touch.
  return places.map(place => (place * HALF_ROW) / Math.max(tallest, 6));
}

/** Marker colours: a scale between the 5 % and 95 % quantiles, else between the extremes; grey without values. */
function colours(own: readonly number[]): Readonly<Record<string, unknown>> {
  const sorted = own.filter(Number.isFinite).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  const [first, last] = at(0.05) < at(0.95) ? [at(0.05), at(0.95)] : [at(0), at(1)];
  if (sorted.length === 0 || first === last) return { color: palette.grey };
  const share = (value: number): number => Math.min(1, Math.max(0, (value - first) / (last - first)));
  return {
    color: own.map(value => (Number.isFinite(value) ? rounded(share(value), 3) : palette.grey)),
    colorscale: blueToRed,
    cmin: 0,
    cmax: 1,
  };
}
