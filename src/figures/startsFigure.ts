import { type Figure, figure, type Trace } from './figure';
import { axis, baseLayout, counted, label, palette, rounded, shortNumber, titled } from './theme';

/** What one start gives. */
export interface StartPoint {
  /** The line that it stands on. */
  readonly group: string;
  /** For the reader who points at it, such as `initialisation 2`. */
  readonly start: string;
  /** Null where the start gives none: it stands at the right edge. */
  readonly value: number | null;
  /** Drawn as an open diamond: the start behind a printed number, or the printed number itself. Default false. */
  readonly marked?: boolean;
}

/** Title, axis and names of `startsFigure`. */
export interface StartsFigureOptions {
  /** Above the figure. */
  readonly title: string;
  /** With its unit. */
  readonly xTitle: string;
  /** What the diamonds are. Default `the paper`. */
  readonly markedName?: string;
  /** What the dots are. Default `ours`. */
  readonly name?: string;
  /** What it means to have no value. Default `none`. */
  readonly missingName?: string;
  /** A line to compare with. Default none. */
  readonly reference?: number;
  /** Smaller lines under the title. */
  readonly notes?: readonly string[];
}

/**
 * One value a start, one line a group: how the start behind a printed number stands among others.
 *
 * @example
 * import { startsFigure } from 'legcnet';
 * const points = [
 *   { group: 'Iris', start: '1', value: 0.97 },
 *   { group: 'Iris', start: '2', value: 0.93, marked: true },
 * ];
 * startsFigure(points, { title: 'Two starts', xTitle: 'accuracy' }).data[0].type; // 'scatter'
 */
export function startsFigure(points: readonly StartPoint[], options: StartsFigureOptions): Figure {
  const { title, xTitle, markedName = 'the paper', name = 'ours', missingName = 'none' } = options;
  const { reference, notes = [] } = options;
  const groups = [...new Set(points.map(({ group }) => group))];
  const isKnown = ({ value }: StartPoint): boolean => value !== null && Number.isFinite(value);
  const known = points.filter(isKnown).map(({ value }) => value as number);
  const shown = reference === undefined ? known : [...known, reference];
  const low = shown.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = shown.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const step = shown.length === 0 ? 1 : (high - low || Math.abs(high) || 1) * 0.06;
  const edge = shown.length === 0 ? 0 : high + 2 * step;
  const missing = points.length - known.length;
  const place = (point: StartPoint, isMarked: boolean): { x: number; y: number; text: string } => {
    const others = points.filter(each => each.group === point.group && !isKnown(each) && !isKnown(point));
    const x = isKnown(point) ? rounded(point.value as number) : edge + others.indexOf(point) * step * 0.4;
    return { x, y: groups.indexOf(point.group) + (isMarked ? 0 : 0.16), text: label(describe(point)) };
  };
  const describe = ({ group, start, value }: StartPoint): string =>
    `${group}, ${start}: ${value === null ? missingName : shortNumber(value, 4)}`;
  const trace = (isMarked: boolean): Trace => {
    const own = points.filter(({ marked = false }) => marked === isMarked).map(each => place(each, isMarked));
    return {
      type: 'scatter',
      mode: 'markers',
      name: label(isMarked ? markedName : name),
      x: own.map(({ x }) => x),
      y: own.map(({ y }) => y),
      text: own.map(({ text }) => text),
      hovertemplate: '%{text}<extra></extra>',
      marker: isMarked
        ? { symbol: 'diamond-open', size: 14, color: palette.vermillion, line: { width: 2 } }
        : { symbol: 'circle', size: 8, color: palette.blue, opacity: 0.75 },
    };
  };
  const layout = baseLayout(titled(title, notes), {
    height: 160 + 36 * groups.length,
    margin: { l: 24, r: 24, t: 96, b: 60 },
    shapes: [
      ...(missing === 0 ? [] : [bandFrom(edge - step)]),
      ...(reference === undefined ? [] : [verticalLine(reference, palette.ink)]),
    ],
    annotations:
      missing === 0
        ? []
        : [
            {
              text: label(missingName),
              x: edge - step,
              xref: 'x',
              y: 1,
              yref: 'paper',
              yanchor: 'bottom',
              xanchor: 'left',
              showarrow: false,
              font: { size: 12, color: palette.soft },
            },
          ],
    xaxis: axis(label(xTitle)),
    yaxis: axis('', {
      tickvals: groups.map((_, g) => g),
      ticktext: groups.map(label),
      range: [groups.length - 0.5, -0.5],
      ticks: '',
    }),
  });
  const told = missing === 0 ? '' : ` ${counted(missing, 'start')} without a value: ${missingName}.`;
  return figure([trace(false), trace(true)], layout, `${title}: ${points.map(describe).join('; ')}.${told}`);
}

function verticalLine(x: number, color: string): object {
  return { type: 'line', xref: 'x', yref: 'paper', x0: x, x1: x, y0: 0, y1: 1, line: { color, width: 1 } };
}

/** Where the points without a value stand: no scale holds there. */
function bandFrom(x: number): object {
  const edges = { xref: 'x', yref: 'paper', x0: x, x1: x, y0: 0, y1: 1 };
  return { ...edges, type: 'line', line: { color: palette.grey, width: 1, dash: 'dot' } };
}
