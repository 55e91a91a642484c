import { result } from '../core/result';

/** Attributes of one Plotly trace, by their Plotly names. */
export interface Trace {
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
  readonly data: readonly Trace[];
  readonly layout: Layout;
  readonly summary: string;
}

/**
 * A figure from Plotly traces and layout, made plain: typed arrays become arrays, NaN and infinities become null.
 * Use it to show a Plotly drawing of your own as the last expression of a cell.
 *
 * @param summary one sentence saying what the figure shows
 */
export function figure(data: readonly Trace[], layout: Layout, summary: string): Figure {
  return result({
    kind: 'figure',
    data: data.map(trace => plain(trace) as Trace),
    layout: plain(layout) as Layout,
    summary,
  });
}

function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number>, plain);
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) if (item !== undefined) copy[key] = plain(item);
  return copy;
}
