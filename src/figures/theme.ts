import type { Layout } from './figure';

/** Colours by name. */
export interface Palette {
  readonly blue: string;
  readonly vermillion: string;
  readonly green: string;
  readonly purple: string;
  readonly orange: string;
  readonly ink: string;
  readonly grey: string;
  readonly pale: string;
}

/** Okabe and Ito's colours, told apart by readers with any colour vision; darkest first. */
export const palette: Palette = {
  blue: '#0072B2',
  vermillion: '#D55E00',
  green: '#009E73',
  purple: '#B5649A',
  orange: '#C98A00',
  ink: '#222222',
  grey: '#8A8A8A',
  pale: '#E3E3E3',
};

/** Colours of several lines in one panel; `dashes` at the same place tells them apart without colour. */
export const lineColours: readonly string[] = [
  palette.blue,
  palette.vermillion,
  palette.green,
  palette.purple,
  palette.orange,
  palette.ink,
];
export const dashes: readonly string[] = ['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot'];

/** Blue below zero, white at zero, red above: ColorBrewer's RdBu, turned round. */
export const diverging: ReadonlyArray<readonly [number, string]> = [
  [0, '#2166AC'],
  [0.25, '#92C5DE'],
  [0.5, '#F7F7F7'],
  [0.75, '#F4A582'],
  [1, '#B2182B'],
];

const fontFamily = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif';

/** What every figure's layout starts from; `parts` win, one level deep. */
export function baseLayout(title: string, parts: Layout = {}): Layout {
  const height = typeof parts.height === 'number' ? parts.height : 420;
  // The same distance from the upper edge in figures of every height.
  const y = 1 - 18 / height;
  return {
    title: { text: title, x: 0, xref: 'paper', xanchor: 'left', y, yanchor: 'top', font: { size: 16 } },
    font: { family: fontFamily, size: 13, color: palette.ink },
    paper_bgcolor: '#FFFFFF',
    plot_bgcolor: '#FFFFFF',
    margin: { l: 72, r: 24, t: 80, b: 60 },
    height: 420,
    colorway: lineColours,
    hoverlabel: { font: { family: fontFamily, size: 12 }, align: 'left' },
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.01, yanchor: 'bottom', font: { size: 12 } },
    ...parts,
  };
}

/** An axis with a title that carries its unit. */
export function axis(title: string, parts: Layout = {}): Layout {
  return {
    title: { text: title, standoff: 10 },
    gridcolor: palette.pale,
    linecolor: palette.grey,
    showline: true,
    zeroline: false,
    ticks: 'outside',
    tickcolor: palette.grey,
    ticklen: 4,
    ticklabelstandoff: 3,
    automargin: true,
    ...parts,
  };
}

/** Text of a user, safe inside Plotly's label markup: `a<b` stays `a<b`. */
export function label(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** A title with a smaller line of notes under it; notes too long for the width are cut. */
export function titled(title: string, notes: readonly string[]): string {
  const line = notes.filter(note => note !== '').join(' · ');
  return `${title}<br><sup>${label(line.length > 120 ? `${line.slice(0, 119)}…` : line)}</sup>`;
}

/** A number for a label: at most `digits` significant digits, no trailing zeros, U+2212 for minus. */
export function shortNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return 'none';
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return grouped(value);
  const text = rounded(value, digits).toString();
  return text.replace('-', '\u2212').replace('e+', 'e');
}

/** The nearest number of few digits: a drawing does not show more, and a file of them is a third of the size. */
export function rounded(value: number, digits = 6): number {
  const short = Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
  // The largest doubles round up beyond what a double holds.
  return Number.isFinite(short) ? short : value;
}

function grouped(integer: number): string {
  const digits = Math.abs(integer)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u202F');
  return (integer < 0 ? '\u2212' : '') + digits;
}

/** `1 epoch`, `2 epochs`; a plural that does not end in s is given. */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${shortNumber(count)} ${count === 1 ? noun : plural}`;
}
