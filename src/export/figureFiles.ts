import type { Figure } from '../figures/figure';
import { escapeHtml } from '../notebook/html';
import { type Paint, paintFigures } from '../notebook/paintFigures';
import { bundleFor, figureHtml, plotlyEmbed } from '../notebook/plotlyEmbed';
import type { ExportContext, FigureToPaint } from './exportContext';
import { jsonText } from './jsonText';

/** Width of the images in CSS pixels, and pixels of a PNG for each of them: 1520 fill a page at 200 dots an inch. */
const WIDTH = 760;
const SCALE = 2;

/** Nothing outside the page may be loaded; the browser itself sees to it. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:";

/** Writes a figure as a page of its own and as Plotly JSON, and notes it for `paintImages`. */
export async function writeFigure(
  { draft, figures }: ExportContext,
  result: string,
  name: string,
  { data, layout, summary }: Omit<Figure, 'kind'>,
  png?: Uint8Array,
): Promise<void> {
  const page = figurePage({ data, layout, summary }, result);
  await draft.write(`figures/${name}.html`, page, { result, about: 'figure' });
  const json = jsonText({ data, layout, summary });
  await draft.write(`figures/${name}.json`, json, { result, about: 'figure' });
  figures.push({ result, name, data, layout, ...(png && { png }) });
}

/** Writes PNG and SVG of all figures noted; where that is not possible, the manifest says why. */
export async function paintImages(context: ExportContext): Promise<void> {
  const { draft, figures, run } = context;
  if (figures.length === 0) return;
  let isPainting = false;
  try {
    await paintFigures(figures, async paint => {
      isPainting = true;
      for (const [done, figure] of figures.entries()) {
        await run.pause({ task: 'Draw the figures', done, total: figures.length, unit: 'figures' });
        await writeImages(context, figure, paint);
      }
    });
  } catch (error) {
    // Of the browser only that it does not start may be left to the manifest: a full disk may not.
    if (isPainting) throw error;
    run.signal?.throwIfAborted();
    const reason = messageOf(error);
    for (const { name, result, png } of figures) {
      if (png === undefined) draft.leave(result, 'PNG and SVG', reason);
      else {
        await draft.write(`figures/${name}.png`, png, { result, about: 'figure' });
        draft.leave(result, 'SVG', reason);
      }
    }
  }
}

async function writeImages(
  { draft, run }: ExportContext,
  { name, result, ...figure }: FigureToPaint,
  paint: Paint,
): Promise<void> {
  for (const options of [
    { format: 'png', width: WIDTH, scale: SCALE },
    { format: 'svg', width: WIDTH },
  ] as const) {
    const image = await paint(figure, options).catch(messageOf);
    run.signal?.throwIfAborted();
    if (typeof image === 'string') draft.leave(result, options.format.toUpperCase(), image);
    else await draft.write(`figures/${name}.${options.format}`, image, { result, about: 'figure' });
  }
}

/** What an error says, without what Chromium's messages tell of its own code. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0].replace(/^page\.evaluate: /, '');
}

/** One HTML page with one live figure, Plotly included. */
export function figurePage(figure: Omit<Figure, 'kind'>, title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>body{margin:16px;font-family:"Helvetica Neue",Helvetica,Arial,sans-serif;background:#fff;color:#222}</style>
</head>
<body>
${figureHtml(figure, 'figure')}
<p>${escapeHtml(figure.summary)}</p>
${plotlyEmbed(bundleFor(figure.data))}
</body>
</html>
`;
}
