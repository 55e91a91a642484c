import type { Layout, Trace } from '../figures/figure';
import { withChromium } from './chromium';
import { bundleFor, plotlySource } from './plotlyEmbed';

/** What Plotly draws. */
export interface PlotlyJson {
  readonly data: readonly Trace[];
  readonly layout: Layout;
}

export interface PaintOptions {
  readonly format: 'png' | 'svg';
  /** Width in CSS pixels; the height is the layout's, else 420. */
  readonly width: number;
  /** Image pixels per CSS pixel. Default 1. */
  readonly scale?: number;
}

/** The image file of one figure. */
export type Paint = (figure: PlotlyJson, options: PaintOptions) => Promise<Uint8Array>;

/**
 * Runs `work` with a painter: one page of Chromium with the Plotly that all these figures need. The painter throws where
 * Plotly or Chromium cannot draw a figure.
 *
 * @throws Error when there is no Chromium to draw with
 */
export async function paintFigures<T>(
  figures: readonly PlotlyJson[],
  work: (paint: Paint) => Promise<T>,
): Promise<T> {
  return withChromium(async browser => {
    const page = await browser.newPage();
    await page.setContent('<!doctype html><body></body>');
    await page.addScriptTag({ content: plotlySource(bundleFor(figures.flatMap(({ data }) => data))) });
    return work(async ({ data, layout }, options) => {
      const { format, width, scale = 1 } = options;
      const size = { format, width, height: heightOf(layout), scale };
      const call = `Plotly.toImage(${JSON.stringify({ data, layout })}, ${JSON.stringify(size)})`;
      const image = contentOf((await page.evaluate(call)) as string);
      // What Chromium answers where an image would be larger than it can hold.
      if (image.length === 0)
        throw new RangeError(`Cannot draw a ${format} of ${width} x ${size.height} pixels`);
      return image;
    });
  });
}

/** Height of a figure in CSS pixels. */
export function heightOf({ height }: Layout): number {
  return typeof height === 'number' ? height : 420;
}

/** The content of a `data:` address. */
function contentOf(address: string): Uint8Array {
  const comma = address.indexOf(',');
  const body = address.slice(comma + 1);
  return address.slice(0, comma).endsWith(';base64')
    ? Buffer.from(body, 'base64')
    : Buffer.from(decodeURIComponent(body), 'utf8');
}
