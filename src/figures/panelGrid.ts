import type { Layout } from './figure';
import { axis, label } from './theme';

/** Places of panels in rows, read like text. */
export interface PanelGrid {
  readonly rows: number;
  /** Names of the axes of panel `p`, for its traces. */
  place(p: number): { readonly xaxis: string; readonly yaxis: string };
  /** Axes of all panels, for the layout. */
  readonly axes: Layout;
  /** A bold heading over each panel, for the layout. */
  readonly headings: readonly Layout[];
}

/** What one panel shows around its traces. */
export interface Panel {
  /** Bold, plain text of a user. */
  readonly name: string;
  /** A second line, plain. */
  readonly note: string;
  readonly x?: Layout;
  readonly y?: Layout;
}

/** Between columns as a share of the figure's width, between rows as a share of a panel's height. */
const GAP = { x: 0.075, y: 0.5 };

/** @param titles of the axes; x under the lowest row, y left of the first column */
export function panelGrid(
  panels: readonly Panel[],
  columns: number,
  titles: { readonly x: string; readonly y: string },
): PanelGrid {
  const rows = Math.ceil(panels.length / columns);
  const across = Math.min(columns, panels.length);
  const width = (1 - GAP.x * (across - 1)) / across;
  const height = 1 / (rows + GAP.y * (rows - 1));
  const axes: Record<string, unknown> = {};
  const headings = panels.map(({ name, note, x = {}, y = {} }, p) => {
    const left = (p % columns) * (width + GAP.x);
    const top = 1 - Math.floor(p / columns) * height * (1 + GAP.y);
    const isLowest = p + columns >= panels.length;
    axes[`xaxis${suffix(p)}`] = axis(isLowest ? titles.x : '', {
      domain: [left, left + width],
      anchor: `y${suffix(p)}`,
      nticks: 6,
      ...x,
    });
    axes[`yaxis${suffix(p)}`] = axis(p % columns === 0 ? titles.y : '', {
      domain: [top - height, top],
      anchor: `x${suffix(p)}`,
      nticks: 5,
      ...y,
    });
    return {
      xref: 'paper',
      yref: 'paper',
      x: left,
      y: top,
      xanchor: 'left',
      yanchor: 'bottom',
      align: 'left',
      showarrow: false,
      text: `<b>${label(name)}</b><br>${note}`,
      font: { size: 12 },
    };
  });
  return { rows, axes, headings, place: p => ({ xaxis: `x${suffix(p)}`, yaxis: `y${suffix(p)}` }) };
}

/** A vertical line over the whole height of a panel. */
export function verticalLine(
  { xaxis, yaxis }: { readonly xaxis: string; readonly yaxis: string },
  x: number,
  line: Layout,
): Layout {
  return { type: 'line', xref: xaxis, yref: `${yaxis} domain`, x0: x, x1: x, y0: 0, y1: 1, line };
}

function suffix(p: number): string {
  return p === 0 ? '' : String(p + 1);
}
