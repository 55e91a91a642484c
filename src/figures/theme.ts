import type { Layout } from './figure';

/** Colours by name. */
export interface Palette {
  readonly blue: string;
  readonly vermillion: string;
  readonly green: string;
  readonly purple: string;
  readonly orange: string;
  readonly ink: string;
  /** Text beside the point. */
  readonly soft: string;
  readonly grey: string;
  /** Fills: bars to compare with, bands of chance, cells without a value. */
  readonly silver: string;
  /** Grid lines. */
  readonly pale: string;
  /** Stretches of the background. */
  readonly mist: string;
  /** Light vermillion and blue, for what stands behind. */
  readonly peach: string;
  readonly haze: string;
  readonly sky: string;
  /** Insides of boxes. */
  readonly paleBlue: string;
  readonly paleOrange: string;
  readonly white: string;
}

/**
 * Okabe and Ito's colours (2008), purple, orange and vermillion darkened until each has a contrast of 3 with white and all six of
 * `lineColours` stay apart for readers of any colour vision: a test simulates them.
 */
export const palette: Palette = {
  blue: '#0072B2',
  vermillion: '#C04A00',
  green: '#009E73',
  purple: '#B5649A',
  orange: '#C78800',
  ink: '#222222',
  soft: '#666666',
  grey: '#8A8A8A',
  silver: '#C4C4C4',
  pale: '#E3E3E3',
  mist: '#F1F1F1',
  peach: '#F2B48A',
  haze: '#9DB9CC',
  sky: '#7FB8D8',
  paleBlue: '#EDF4F9',
  paleOrange: '#FBF1E3',
  white: '#FFFFFF',
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
export const dashes: readonly string[] = [
  'solid',
  'dash',
  'dot',
  'dashdot',
  // Plotly's long dashes are longer than the line in a legend.
  '12px,4px',
  '12px,3px,3px,3px',
];

/** Blue below zero, white at zero, red above: ColorBrewer's RdBu, turned round. */
export const diverging: ReadonlyArray<readonly [number, string]> = [
  [0, '#2166AC'],
  [0.25, '#92C5DE'],
  [0.5, '#F7F7F7'],
  [0.75, '#F4A582'],
  [1, '#B2182B'],
];

/** Blue to red by way of a grey that shows on any page, for points. */
export const blueToRed: ReadonlyArray<readonly [number, string]> = [
  [0, diverging[0][1]],
  [0.5, '#BBBBBB'],
  [1, diverging[4][1]],
];

/**
 * What each colour becomes on a dark page, where white becomes the page's own colour. Lines and points keep their hue and their
 * distances; fills and grids sink as far below the ink as they stood above white.
 */
export const darkColours: Readonly<Record<string, string>> = {
  [palette.blue]: '#3D9BE0',
  [palette.vermillion]: '#F0702A',
  [palette.green]: '#2BC49A',
  [palette.purple]: '#DC8FC4',
  [palette.orange]: '#F2C94C',
  [palette.ink]: '#F0F0F0',
  [palette.soft]: '#B4B4B4',
  [palette.grey]: '#9A9A9A',
  [palette.silver]: '#5A5A5A',
  [palette.pale]: '#343434',
  [palette.mist]: '#222222',
  [palette.peach]: '#8C4C22',
  [palette.haze]: '#5B86A3',
  [palette.sky]: '#2C5F80',
  [palette.paleBlue]: '#17252F',
  [palette.paleOrange]: '#2E2314',
  [blueToRed[1][1]]: '#8C8C8C',
  [diverging[0][1]]: '#5FA8E6',
  [diverging[1][1]]: '#2F6490',
  [diverging[2][1]]: '#262626',
  [diverging[3][1]]: '#96482E',
  [diverging[4][1]]: '#F0735A',
};

/** Whether a drawing has the colours of our theme, so that `darkColours` covers it. */
export function isThemed({ paper_bgcolor, font }: Layout): boolean {
  return paper_bgcolor === palette.white && (font as Layout | undefined)?.color === palette.ink;
}

const fontFamily = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif';

/** What every figure's layout starts from; `parts` win, one level deep. */
export function baseLayout(title: string, parts: Layout = {}): Layout {
  const height = typeof parts.height === 'number' ? parts.height : 420;
  // The same distance from the upper edge in figures of every height.
  const y = 1 - 18 / height;
  return {
    title: { text: title, x: 0, xref: 'paper', xanchor: 'left', y, yanchor: 'top', font: { size: 16 } },
    font: { family: fontFamily, size: 13, color: palette.ink },
    paper_bgcolor: palette.white,
    plot_bgcolor: palette.white,
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

/** A title with a smaller line of notes under it, both plain text; notes too long for the width are cut. */
export function titled(title: string, notes: readonly string[]): string {
  const line = notes.filter(note => note !== '').join(' · ');
  return `${label(title)}<br><sup>${label(line.length > 120 ? `${line.slice(0, 119)}…` : line)}</sup>`;
}

/**
 * Notes in lines of at most `length` characters: a new line begins between two notes where it can, between two words where one
 * note is longer.
 */
export function noteLines(notes: readonly string[], length: number): string[] {
  const lines: string[] = [];
  const add = (piece: string, between: string): void => {
    const last = lines.length - 1;
    const longer = last < 0 ? piece : `${lines[last]}${between}${piece}`;
    if (last < 0 || longer.length > length) lines.push(piece);
    else lines[last] = longer;
  };
  for (const note of notes) {
    const [first, ...rest] = note.length > length ? note.split(' ') : [note];
    add(first, ' · ');
    for (const word of rest) add(word, ' ');
  }
  return lines;
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

/** `from 0.1 to 0.6`: the smallest and the largest of the numbers that are there. */
export function extentText(values: ArrayLike<number>): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return low <= high ? `from ${shortNumber(low)} to ${shortNumber(high)}` : 'without a value';
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
