import type { ShapleyImportance } from '../explanation/importance';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { featureAxis, threeDigits } from './shapleyBarFigure';
import { axis, baseLayout, label, palette, rounded, shortNumber, titled } from './theme';

/** One network's importances. */
export interface ShapleyPanel {
  /** Such as `dense` or `LEGCNet-FT`. */
  readonly name: string;
  /** Of `importance`. */
  readonly importance: Pick<ShapleyImportance, 'names' | 'values' | 'low' | 'high' | 'order'>;
  /** Bars of somebody else, one a feature, drawn as open circles. Default: none. */
  readonly published?: readonly number[] | null;
}

/** The title of `shapleyPanelFigure`. */
export interface ShapleyPanelOptions {
  /** Default `Do the networks look at the same features?`. */
  readonly title?: string;
}

/** Share of a panel's width that stays free on its right. */
const GAP = 0.12;

/** A bar this much shorter than the longest is zero but for rounding. */
const ROUNDING = 1e-12;

/**
 * Importances of several networks side by side on one scale. Features stand in the first network's order in every panel, and a
 * number gives the rank where it is another one there: a changed order shows as a broken staircase.
 *
 * @throws RangeError without panels, or for panels of different features
 * @example
 * import { importance, shapley, shapleyPanelFigure } from 'legcnet';
 * const linear = (a: number, b: number) => (x: Float64Array, n: number) =>
 *   Float64Array.from({ length: n }, (_, i) => a * x[2 * i] + b * x[2 * i + 1]);
 * const rows = [[1, 1], [2, 1], [3, 1]];
 * const dense = importance(await shapley(linear(2, 5), [[0, 0]], rows));
 * const pruned = importance(await shapley(linear(2, 1), [[0, 0]], rows));
 * const panels = [{ name: 'dense', importance: dense }, { name: 'pruned', importance: pruned }];
 * shapleyPanelFigure(panels).data[0].type; // 'bar'
 */
export function shapleyPanelFigure(
  panels: readonly ShapleyPanel[],
  { title = 'Do the networks look at the same features?' }: ShapleyPanelOptions = {},
): Figure {
  if (panels.length === 0) throw new RangeError('shapleyPanelFigure needs at least one panel, got none');
  const { names, order } = panels[0].importance;
  const odd = panels.find(({ importance }) => importance.names.join('\n') !== names.join('\n'));
  if (odd !== undefined) {
    throw new RangeError(
      `Panels need the same features: ${panels[0].name} has ${names.join(', ')}, ${odd.name} ${odd.importance.names.join(', ')}`,
    );
  }
  const ends = panels.flatMap(({ importance, published }) =>
    [...importance.values, ...importance.high, ...(published ?? [])].filter(Number.isFinite),
  );
  const most = ends.reduce((largest, value) => Math.max(largest, value), 0) || 1;
  // Room for the numbers, which take more of a narrow panel.
  const end = (1.15 + 0.17 * panels.length) * most;
  const width = 1 / panels.length;
  const axes: Record<string, Layout> = {};
  const annotations: Layout[] = [];
  const data = panels.flatMap((panel, k): Trace[] => {
    const id = k === 0 ? '' : String(k + 1);
    const { values, low, high } = panel.importance;
    axes[`xaxis${id}`] = axis(k === Math.floor((panels.length - 1) / 2) ? 'mean |SHAP value|' : '', {
      domain: [k * width, (k + 1 - GAP) * width],
      range: [0, end],
      tickvals: ticksUpTo(end),
      anchor: `y${id}`,
    });
    axes[`yaxis${id}`] = axis('', {
      ...featureAxis(order.map(p => names[p])),
      anchor: `x${id}`,
      showticklabels: k === 0,
    });
    annotations.push({
      xref: `x${id} domain`,
      yref: 'paper',
      x: 0,
      y: 1,
      yshift: 16,
      xanchor: 'left',
      text: `<b>${label(panel.name)}</b>`,
      showarrow: false,
    });
    order.forEach((p, y) => {
      const rank = panel.importance.order.indexOf(p);
      const tip = Number.isFinite(high[p]) ? high[p] : values[p];
      annotations.push({
        xref: `x${id}`,
        yref: `y${id}`,
        x: Number.isFinite(tip) ? rounded(Math.max(tip, panel.published?.[p] ?? 0)) : 0,
        y,
        xanchor: 'left',
        xshift: 6,
        text:
          threeDigits(values[p] < ROUNDING * most ? 0 : values[p]) +
          (rank === y ? '' : ` <b>#${rank + 1}</b>`),
        showarrow: false,
        font: { size: 11, color: rank === y ? palette.ink : palette.vermillion },
      });
    });
    return [
      {
        type: 'bar',
        orientation: 'h',
        name: 'ours',
        legendgroup: 'ours',
        showlegend: false,
        xaxis: `x${id}`,
        yaxis: `y${id}`,
        x: order.map(p => rounded(values[p])),
        y: order.map((_, y) => y),
        customdata: order.map(() => label(panel.name)),
        marker: { color: palette.blue },
        error_x: {
          type: 'data',
          symmetric: false,
          array: order.map(p => rounded(high[p] - values[p])),
          arrayminus: order.map(p => rounded(values[p] - low[p])),
          color: palette.ink,
          thickness: 1.2,
          width: 2,
        },
        hovertemplate: '%{customdata} %{x:.4f}<extra></extra>',
      },
      ...publishedTrace(panel, order, id, k === 0),
    ];
  });
  const hasPublished = panels.some(({ published }) => published);
  const note = [
    'order of the first network; #: rank where it differs',
    'line: interval over rows',
    hasPublished ? 'circle: the paper' : '',
  ];
  const layout = baseLayout(titled(title, note), {
    height: 170 + 34 * names.length,
    margin: { l: 24, r: 24, t: 100, b: 60 },
    bargap: 0.35,
    showlegend: false,
    annotations,
    ...axes,
  });
  const values = panels[0].importance.values;
  const first = order.map(p => `${names[p]} ${shortNumber(values[p])}`).join(', ');
  const moved = panels.filter(({ importance }) => importance.order.some((p, y) => p !== order[y]));
  const others = moved.map(({ name }) => name).join(', ');
  const told =
    panels.length === 1 ? '' : moved.length === 0 ? ', in every network' : `, but not in ${others}`;
  return figure(data, layout, `Features by importance: ${first}${told}.`);
}

/** Two to four round numbers from 0, none so near the end that it would touch the 0 of the next panel. */
function ticksUpTo(end: number): number[] {
  const power = 10 ** Math.floor(Math.log10(end / 3));
  const step = [1, 2, 5, 10].map(digit => digit * power).find(each => each >= end / 3) ?? 10 * power;
  const count = Math.floor((0.88 * end) / step) + 1;
  return Array.from({ length: count }, (_, i) => rounded(i * step));
}

function publishedTrace(
  { name, published }: ShapleyPanel,
  order: readonly number[],
  id: string,
  isFirst: boolean,
): Trace[] {
  if (!published) return [];
  return [
    {
      type: 'scatter',
      mode: 'markers',
      name: 'the paper',
      legendgroup: 'published',
      showlegend: isFirst,
      xaxis: `x${id}`,
      yaxis: `y${id}`,
      x: order.map(p => rounded(published[p])),
      y: order.map((_, y) => y),
      customdata: order.map(() => label(name)),
      marker: { symbol: 'circle-open', size: 8, color: palette.ink, line: { width: 1.5 } },
      hovertemplate: '%{customdata}, the paper %{x:.4f}<extra></extra>',
    },
  ];
}
