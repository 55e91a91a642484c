import { requireList, requireWhole } from '../core/require';
import { type Figure, figure, type Trace } from './figure';
import { baseLayout, label, palette, rounded, titled } from './theme';

/** One picture. */
export interface NamedImage {
  /** Above the picture. */
  readonly name: string;
  /** Row by row from the upper left; NaN is drawn in vermillion. */
  readonly pixels: ArrayLike<number>;
}

/** Size and arrangement of the pictures of `imageFigure`. */
export interface ImageFigureOptions {
  /** Pixels in a row of a picture. */
  readonly width: number;
  /** Pictures side by side. Default: up to 10. */
  readonly columns?: number;
  /** Above the grid. */
  readonly title: string;
  /** A smaller line under the title. Default none. */
  readonly note?: string;
}

/** Pixels of air between pictures, and above each for its name. */
const GAP = { x: 2, y: 7 };

/** Height of the whole figure without its pictures. */
const FRAME = 84;
/** Width that the pictures share. */
const WIDTH = 712;

/**
 * Grey pictures in a grid, white for the smallest value of a picture and black for its largest.
 *
 * @throws RangeError without pictures or for one whose pixels do not fill its rows
 * @example
 * import { imageFigure } from 'legcnet';
 * const cross = { name: 'cross', pixels: [0, 1, 0, 1, 1, 1, 0, 1, 0] };
 * imageFigure([cross], { title: 'One picture', width: 3 }).data[0].type; // 'heatmap'
 */
export function imageFigure(images: readonly NamedImage[], options: ImageFigureOptions): Figure {
  const task = 'draw images';
  requireList(images, 'images', task);
  const { width, title, note = '' } = options;
  requireWhole(width, 1, 'width', task);
  if (images.length === 0) throw new RangeError(`Cannot ${task}: at least one image is required`);
  const { columns = Math.min(10, images.length) } = options;
  requireWhole(columns, 1, 'columns', task);
  const odd = images.find(({ pixels }) => pixels.length === 0 || pixels.length % width !== 0);
  if (odd !== undefined) {
    throw new RangeError(
      `Cannot ${task}: '${odd.name}' has ${odd.pixels.length} pixels, not rows of ${width}`,
    );
  }
  const height = Math.max(...images.map(({ pixels }) => pixels.length / width));
  const rows = Math.ceil(images.length / columns);
  const [across, down] = [columns * (width + GAP.x) - GAP.x, rows * (height + GAP.y)];
  const [grey, holes] = [blank(down, across), blank(down, across)];
  for (const [i, { pixels }] of images.entries()) {
    const left = (i % columns) * (width + GAP.x);
    const top = Math.floor(i / columns) * (height + GAP.y) + GAP.y;
    const known = Array.from(pixels).filter(Number.isFinite);
    const low = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    const high = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    for (let p = 0; p < pixels.length; p++) {
      const [y, x] = [top + Math.floor(p / width), left + (p % width)];
      if (Number.isFinite(pixels[p])) grey[y][x] = rounded((pixels[p] - low) / (high - low || 1), 2);
      else holes[y][x] = 1;
    }
  }
  const heatmap = (z: (number | null)[][], colorscale: readonly (readonly [number, string])[]): Trace => ({
    type: 'heatmap',
    z,
    zmin: 0,
    zmax: 1,
    colorscale,
    showscale: false,
    hoverinfo: 'skip',
  });
  const hasHoles = holes.some(row => row.some(value => value !== null));
  const scale = WIDTH / across;
  const layout = baseLayout(titled(title, [note]), {
    height: Math.round(FRAME + scale * down),
    margin: { l: 24, r: 24, t: 64, b: 20 },
    xaxis: { visible: false, range: [-0.5, across - 0.5] },
    yaxis: { visible: false, range: [down - 0.5, -0.5], scaleanchor: 'x' },
    annotations: images.map(({ name }, i) => ({
      text: label(name),
      x: (i % columns) * (width + GAP.x) + (width - 1) / 2,
      y: Math.floor(i / columns) * (height + GAP.y) + GAP.y - 1,
      yanchor: 'bottom',
      showarrow: false,
      font: { size: 11 },
    })),
  });
  const names = images.map(({ name }) => name).join(', ');
  return figure(
    [
      heatmap(grey, [
        [0, palette.white],
        [1, palette.ink],
      ]),
      ...(hasHoles
        ? [
            heatmap(holes, [
              [0, palette.vermillion],
              [1, palette.vermillion],
            ]),
          ]
        : []),
    ],
    layout,
    `${images.length} pictures of ${width} by ${height} pixels: ${names}.`,
  );
}

function blank(rows: number, columns: number): (number | null)[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => null));
}
