import { type Figure, figure, type Layout, type Trace } from './figure';
import { baseLayout, label, palette, titled } from './theme';

/**
 * - `step`: a box
 * - `data`: a shaded box, what goes in or comes out
 * - `decision`: a diamond
 * - `omitted`: a dashed box, a step that was not taken
 */
export type FlowKind = 'step' | 'data' | 'decision' | 'omitted';

/** A box of a flowchart. */
export interface FlowBox {
  /** What arrows call the box. */
  readonly id: string;
  /** What the box stands for, shown by its colour and frame. */
  readonly kind: FlowKind;
  /** From the top, 0 first. */
  readonly row: number;
  /** From the left, 0 first; a box over several columns starts here. */
  readonly column: number;
  /** Columns that it lies over. Default 1. */
  readonly span?: number;
  /** Bold first line. */
  readonly title: string;
  /** Plain text under it, broken into lines where it must be. */
  readonly text?: string;
}

/** An arrow between two boxes of the same row, or of rows one above the other. */
export interface FlowArrow {
  /** Box that it starts at. */
  readonly from: string;
  /** Box that it ends at. */
  readonly to: string;
  /** What goes along it; each entry is a line. */
  readonly says?: readonly string[];
  /** Drawn dashed: left out in this run. Default false. */
  readonly omitted?: boolean;
}

/** Title and arrangement of `flowFigure`. */
export interface FlowFigureOptions {
  /** Above the chart. */
  readonly title: string;
  /** Lines below the chart. Default: none. */
  readonly notes?: readonly string[];
  /** Number of columns. */
  readonly columns: number;
  /** Between boxes side by side, in pixels at a width of 760. Default 24. */
  readonly gap?: number;
}

/** All in pixels at the width that notebooks draw figures at. */
const WIDTH = 736;
const LINE = 16.5;
const CHARACTER = 6.4;
const PADDING = 9;
const ROW_GAP = 26;
const MARGIN = { l: 12, r: 12, t: 62, b: 12 };
/** Width of a diamond. */
const DIAMOND = 260;

interface Placed extends FlowBox {
  readonly lines: readonly string[];
  readonly left: number;
  readonly right: number;
  /** Downwards, as screens count. */
  readonly top: number;
  readonly bottom: number;
}

/**
 * A flowchart: boxes in rows and columns, straight arrows with what goes along them. Boxes grow with their text and rows with their
 * boxes, so that nothing overlaps or is cut at the width of a notebook.
 *
 * @example
 * import { flowFigure } from 'legcnet';
 * const chart = flowFigure(
 *   [
 *     { id: 'train', kind: 'step', row: 0, column: 0, title: 'Train' },
 *     { id: 'prune', kind: 'step', row: 1, column: 0, title: 'Prune' },
 *   ],
 *   [{ from: 'train', to: 'prune', says: ['weights'] }],
 *   { title: 'Two steps', columns: 1 },
 * );
 * chart.summary; // 'Two steps: Train; Prune. On the arrows: Train → Prune: weights.'
 */
export function flowFigure(
  boxes: readonly FlowBox[],
  arrows: readonly FlowArrow[],
  options: FlowFigureOptions,
): Figure {
  const { title, notes = [], columns, gap = 24 } = options;
  const placed = place(boxes, arrows, columns, gap);
  const height = Math.max(...placed.map(({ bottom }) => bottom)) + 2;
  const find = (id: string): Placed => {
    const found = placed.find(box => box.id === id);
    if (found === undefined) throw new RangeError(`Cannot draw a flowchart: there is no box '${id}'`);
    return found;
  };
  const drawn = arrows.map(arrow => drawArrow(arrow, find(arrow.from), find(arrow.to)));
  const layout = baseLayout(titled(title, notes), {
    height: height + MARGIN.t + MARGIN.b,
    margin: MARGIN,
    showlegend: false,
    xaxis: { visible: false, range: [0, WIDTH], fixedrange: true },
    // Upside down: the first row is at the top.
    yaxis: { visible: false, range: [height, 0], fixedrange: true },
    shapes: [...drawn.flatMap(({ lines }) => lines), ...placed.map(outline)],
    annotations: [...drawn.flatMap(({ notes: own }) => own), ...placed.flatMap(texts)],
  });
  const told = placed.map(box => `${box.title}${box.text ? ` (${box.text})` : ''}`);
  const said = arrows.flatMap(({ from, to, says }) =>
    says ? [`${find(from).title} → ${find(to).title}: ${says.join(' ')}`] : [],
  );
  return figure([anchor()], layout, `${title}: ${told.join('; ')}. On the arrows: ${said.join('; ')}.`);
}

/** Plotly draws axes, and with them shapes, only where there is a trace. */
function anchor(): Trace {
  return { type: 'scatter', mode: 'markers', x: [0], y: [0], marker: { opacity: 0 }, hoverinfo: 'skip' };
}

function place(
  boxes: readonly FlowBox[],
  arrows: readonly FlowArrow[],
  columns: number,
  gap: number,
): readonly Placed[] {
  const column = WIDTH / columns;
  const withText = boxes.map(box => {
    const centre = (box.column + (box.span ?? 1) / 2) * column;
    const widest = (box.span ?? 1) * column - gap;
    const half = (box.kind === 'decision' ? Math.min(DIAMOND, widest) : widest) / 2;
    const [left, right] = [centre - half, centre + half];
    const room = (right - left - 2 * PADDING) * (box.kind === 'decision' ? 0.42 : 1);
    const wrapped = [...wrap(box.title, room / (1.08 * CHARACTER)).map(line => `<b>${label(line)}</b>`)];
    const lines =
      box.text === undefined ? wrapped : [...wrapped, ...wrap(box.text, room / CHARACTER).map(label)];
    const tall = lines.length * LINE + 2 * PADDING;
    return { ...box, lines, left, right, tall: box.kind === 'decision' ? 2 * tall : tall };
  });
  const rows = Math.max(...boxes.map(({ row }) => row)) + 1;
  const rowOf = new Map(boxes.map(({ id, row }) => [id, row]));
  const tops: number[] = [];
  let top = 2;
  const tallest = Array.from({ length: rows }, (_, r) =>
    Math.max(0, ...withText.filter(({ row }) => row === r).map(({ tall }) => tall)),
  );
  for (let r = 0; r < rows; r++) {
    tops.push(top);
    // Arrows to the next row need room for what they say.
    const says = arrows.filter(({ from, to }) => rowOf.get(from) === r && rowOf.get(to) === r + 1);
    const lines = Math.max(0, ...says.map(arrow => arrow.says?.length ?? 0));
    top += tallest[r] + Math.max(ROW_GAP, lines * LINE + 16);
  }
  return withText.map(({ tall, ...box }) => {
    const middle = tops[box.row] + tallest[box.row] / 2;
    return { ...box, top: middle - tall / 2, bottom: middle + tall / 2 };
  });
}

/** Lines of at most so many characters, broken at spaces. */
function wrap(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const part of text.split('\n')) {
    let line = '';
    for (const word of part.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (longer.length > most && line !== '') {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
}

function outline({ kind, left, right, top, bottom }: Placed): Layout {
  const colours: Readonly<Record<FlowKind, string>> = {
    step: palette.white,
    data: palette.paleBlue,
    decision: palette.paleOrange,
    omitted: palette.white,
  };
  const look = {
    fillcolor: colours[kind],
    line: {
      color: kind === 'omitted' ? palette.grey : palette.ink,
      width: 1.3,
      dash: kind === 'omitted' ? 'dash' : 'solid',
    },
    layer: 'between',
  };
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  if (kind !== 'decision') return { type: 'rect', x0: left, x1: right, y0: top, y1: bottom, ...look };
  return { type: 'path', path: `M ${left},${y} L ${x},${top} L ${right},${y} L ${x},${bottom} Z`, ...look };
}

function texts({ kind, lines, left, right, top, bottom }: Placed): readonly Layout[] {
  const first = (top + bottom) / 2 - ((lines.length - 1) * LINE) / 2;
  return lines.map((text, i) => ({
    x: (left + right) / 2,
    y: first + i * LINE,
    text,
    showarrow: false,
    font: { size: 12, color: kind === 'omitted' ? palette.soft : palette.ink },
  }));
}

/** The line of an arrow, and its head and words. */
function drawArrow(
  { says = [], omitted = false }: FlowArrow,
  from: Placed,
  to: Placed,
): { readonly lines: readonly Layout[]; readonly notes: readonly Layout[] } {
  const colour = omitted ? palette.grey : palette.ink;
  const line = { color: colour, width: 1.3, dash: omitted ? 'dash' : 'solid' };
  const straight = (x0: number, y0: number, x1: number, y1: number): Layout => ({
    type: 'line',
    x0,
    y0,
    x1,
    y1,
    line,
  });
  const head = (x: number, y: number, ax: number, ay: number): Layout => ({
    x,
    y,
    ax,
    ay,
    xref: 'x',
    yref: 'y',
    axref: 'x',
    ayref: 'y',
    text: '',
    showarrow: true,
    arrowhead: 2,
    arrowsize: 1,
    arrowwidth: 1.3,
    arrowcolor: colour,
  });
  const words = (x: number, y: number, parts: Layout): readonly Layout[] =>
    says.length === 0
      ? []
      : [
          {
            x,
            y,
            text: says.map(label).join('<br>'),
            showarrow: false,
            font: { size: 11.5, color: colour },
            ...parts,
          },
        ];
  const centre = (box: Placed): number => (box.left + box.right) / 2;
  const middle = (box: Placed): number => (box.top + box.bottom) / 2;
  if (from.row === to.row) {
    const isRight = from.left < to.left;
    const [start, end] = isRight ? [from.right, to.left] : [from.left, to.right];
    const y = middle(from);
    return {
      lines: [],
      notes: [head(end, y, start, y), ...words((start + end) / 2, y, { yanchor: 'bottom', yshift: 1 })],
    };
  }
  if (from.kind === 'decision' && Math.abs(centre(to) - centre(from)) > 1) {
    // From the side of the diamond, then down.
    const [x, y] = [centre(to), middle(from)];
    const side = x < centre(from) ? from.left : from.right;
    const [xanchor, xshift] = x < side ? ['right', -8] : ['left', 8];
    return {
      lines: [straight(side, y, x, y)],
      notes: [head(x, to.top, x, y), ...words(x, (y + to.top) / 2, { xanchor, xshift })],
    };
  }
  const x = centre(from.right - from.left < to.right - to.left ? from : to);
  return {
    lines: [],
    notes: [
      head(x, to.top, x, from.bottom),
      ...words(x, (from.bottom + to.top) / 2, { xanchor: 'left', xshift: 8, align: 'left' }),
    ],
  };
}
