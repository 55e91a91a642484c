import { type Figure, figure, type Trace } from './figure';
import { axis, baseLayout, label, lineColours, noteLines, palette, rounded, shortNumber } from './theme';

/** One difference with its interval. */
export interface ForestPoint {
  /** The line that it stands on. */
  readonly group: string;
  /** Its colour and mark. */
  readonly series: string;
  /** The difference. */
  readonly mean: number;
  /** Ends of the interval; NaN without one. */
  readonly low: number;
  /** Upper end of the interval. */
  readonly high: number;
}

/** Title, axis, notes and margin of `forestFigure`. */
export interface ForestFigureOptions {
  /** Above the figure. */
  readonly title: string;
  /** With its unit. */
  readonly xTitle: string;
  /** Smaller lines under the title. */
  readonly notes?: readonly string[];
  /** Differences up to this size are of no account: a grey band. Default none. */
  readonly margin?: number;
}

/** Characters of a line of notes that fit into a figure 700 pixels wide. */
const NOTE_LENGTH = 100;

const symbols = ['circle', 'diamond-open', 'square', 'triangle-up-open', 'cross', 'x-open'];

/**
 * Differences with intervals, one line a group and series, around zero.
 *
 * @example
 * import { forestFigure } from 'legcnet';
 * const point = { group: 'Iris', series: 'FT', mean: -0.4, low: -1.9, high: 1.1 };
 * forestFigure([point], { title: 'Pruned less dense', xTitle: 'accuracy, points' }).data[0].type; // 'scatter'
 */
export function forestFigure(points: readonly ForestPoint[], options: ForestFigureOptions): Figure {
  const { title, xTitle, notes = [], margin } = options;
  const groups = [...new Set(points.map(({ group }) => group))];
  const series = [...new Set(points.map(point => point.series))];
  const data = series.map((name, s): Trace => {
    const own = points.filter(point => point.series === name && Number.isFinite(point.mean));
    const offset = (s - (series.length - 1) / 2) * (0.7 / series.length);
    const colour = lineColours[s % lineColours.length];
    return {
      type: 'scatter',
      mode: 'markers',
      name: label(name),
      x: own.map(({ mean }) => rounded(mean)),
      y: own.map(({ group }) => groups.indexOf(group) + offset),
      error_x: {
        type: 'data',
        symmetric: false,
        array: own.map(({ mean, high }) => (Number.isFinite(high) ? rounded(high - mean) : 0)),
        arrayminus: own.map(({ mean, low }) => (Number.isFinite(low) ? rounded(mean - low) : 0)),
        thickness: 1.5,
        width: 4,
        color: colour,
      },
      marker: { symbol: symbols[s % symbols.length], size: 8, color: colour },
      text: own.map(point => label(describePoint(point))),
      hovertemplate: '%{text}<extra></extra>',
    };
  });
  const lines = noteLines(notes, NOTE_LENGTH);
  const extra = 16 * Math.max(0, lines.length - 1);
  const height = 160 + extra + groups.length * Math.max(34, 20 * series.length);
  const text = [title, ...lines.map(line => `<sup>${label(line)}</sup>`)].join('<br>');
  const base = baseLayout(text, { height });
  const layout = {
    ...base,
    // Long names of groups push the plot to the right; the title stays at the left, where its notes have room.
    title: { ...(base.title as object), xref: 'container', x: 0.03 },
    margin: { l: 24, r: 24, t: 96 + extra, b: 60 },
    shapes: [
      ...(margin === undefined ? [] : [marginBand(margin)]),
      {
        type: 'line',
        xref: 'x',
        yref: 'paper',
        x0: 0,
        x1: 0,
        y0: 0,
        y1: 1,
        line: { color: palette.ink, width: 1 },
      },
    ],
    xaxis: axis(label(xTitle)),
    yaxis: axis('', {
      tickvals: groups.map((_, g) => g),
      ticktext: groups.map(label),
      range: [groups.length - 0.5, -0.5],
      showgrid: false,
      ticks: '',
    }),
  };
  const told = points.filter(({ mean }) => Number.isFinite(mean)).map(describePoint);
  return figure(data, layout, `${title}: ${told.join('; ')}.`);
}

function describePoint({ group, series, mean, low, high }: ForestPoint): string {
  const interval = Number.isFinite(low) ? ` [${shortNumber(low)}, ${shortNumber(high)}]` : '';
  return `${group}, ${series}: ${shortNumber(mean)}${interval}`;
}

function marginBand(margin: number): object {
  return {
    type: 'rect',
    xref: 'x',
    yref: 'paper',
    x0: -margin,
    x1: margin,
    y0: 0,
    y1: 1,
    fillcolor: palette.pale,
    opacity: 0.6,
    line: { width: 0 },
    layer: 'below',
  };
}
