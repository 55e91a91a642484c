import { describeValue, isList, requireList } from '../core/require';
import { result } from '../core/result';

/** Attributes of one Plotly trace, by their Plotly names. */
export interface Trace {
  /** Plotly's name for the kind of trace, as 'scatter'. */
  readonly type: string;
  readonly [attribute: string]: unknown;
}

/** Attributes of a Plotly layout, by their Plotly names. */
export interface Layout {
  readonly [attribute: string]: unknown;
}

/** A finished drawing: what Plotly needs, as plain JSON, and one sentence for terminals and screen readers. */
export interface Figure {
  readonly kind: 'figure';
  /** Plotly's traces. */
  readonly data: readonly Trace[];
  /** Plotly's layout. */
  readonly layout: Layout;
  /** One sentence saying what the figure shows. */
  readonly summary: string;
}

/**
 * A figure from Plotly traces and layout, made plain: typed arrays become arrays, dates ISO text, big integers numbers; NaN,
 * infinities and gaps in arrays become null, and what JSON cannot say (functions, symbols, undefined) is left out.
 * Use it to show a Plotly drawing of your own as the last expression of a cell.
 *
 * @param summary one sentence saying what the figure shows
 * @throws TypeError unless traces and layout are plain objects and the summary is text, RangeError for an object within itself
 * @example
 * import { figure } from 'legcnet';
 * const drawn = figure([{ type: 'scatter', x: [1, 2], y: Float64Array.of(3, Number.NaN) }], {}, 'One point and a gap.');
 * drawn.data[0].y; // [3, null]
 */
export function figure(data: readonly Trace[], layout: Layout, summary: string): Figure {
  const task = 'make a figure';
  requireList(data, 'data', task);
  if (typeof summary !== 'string') {
    throw new TypeError(`Cannot ${task}: summary must be a text, ${describeValue(summary)} came`);
  }
  return result({
    kind: 'figure',
    data: Array.from(data, (trace, i) => plainObject(trace, `trace ${i}`) as Trace),
    layout: plainObject(layout, 'layout'),
    summary,
  });
}

function plainObject(value: object, name: string): Layout {
  if (typeof value !== 'object' || value === null || isList(value) || value instanceof Date) {
    throw new TypeError(`Cannot make a figure: ${name} must be an object, ${describeValue(value)} came`);
  }
  return plain(value, []) as Layout;
}

/** @param around the objects that the value lies in */
function plain(value: unknown, around: readonly unknown[]): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'bigint') return plain(Number(value), around);
  if (typeof value !== 'object') return undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (around.includes(value)) throw new RangeError('Cannot make a figure: an object contains itself');
  const within = [...around, value];
  if (isList(value)) return Array.from(value, item => plain(item, within) ?? null);
  const copy: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    const made = plain(item, within);
    if (made !== undefined) copy.push([key, made]);
  }
  return Object.fromEntries(copy);
}
