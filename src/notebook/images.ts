import { type CellOutput, type DisplayOutput, fromLines, type NotebookFile } from './notebookFile';
import { heightOf, type PlotlyJson, paintFigures } from './paintFigures';
import { smallPng } from './smallPng';
import { sortScript } from './sortScript';

export interface AddImagesOptions {
  /** Width of the drawings in CSS pixels. Default 760. */
  readonly width?: number;
  /** Image pixels per CSS pixel. Default 1.25, a compromise with the size of the file. */
  readonly scale?: number;
}

const plotlyMime = 'application/vnd.plotly.v1+json';

/**
 * A copy of the notebook made for readers without scripts, as on GitHub: every Plotly output gets a PNG and loses its
 * HTML, its summary becomes the text behind the image, and the embedded library goes. So do scripts that sort tables, and
 * progress displays, which tell of this machine only.
 *
 * @throws Error when there is no Chromium to draw with
 */
export async function addImages(
  notebook: NotebookFile,
  options: AddImagesOptions = {},
): Promise<NotebookFile> {
  const { width = 760, scale = 1.25 } = options;
  const copy = structuredClone(notebook);
  for (const cell of copy.cells) if (cell.cell_type === 'code') cell.outputs = cell.outputs.filter(isLasting);
  const outputs = copy.cells.flatMap(cell => (cell.cell_type === 'code' ? cell.outputs : []));
  const displays = outputs.filter((output): output is DisplayOutput => output.output_type === 'display_data');
  const figures = displays.filter(({ data }) => plotlyMime in data);
  const images = await drawFigures(
    figures.map(({ data }) => data[plotlyMime] as PlotlyJson),
    width,
    scale,
  );
  figures.forEach((output, i) => {
    const height = heightOf((output.data[plotlyMime] as PlotlyJson).layout);
    delete output.data['text/html'];
    output.data['image/png'] = images[i];
    output.metadata['image/png'] = { width, height, alt: fromLines(output.data['text/plain']) };
  });
  for (const { data, metadata } of displays) {
    if ('text/html' in data) data['text/html'] = fromLines(data['text/html']).replaceAll(sortScript, '');
    // The session's HTML carries the library; its text says the rest.
    if (metadata.legcnet?.kind === 'session') delete data['text/html'];
  }
  return copy;
}

function isLasting(output: CellOutput): boolean {
  return output.output_type !== 'display_data' || output.metadata.legcnet?.kind !== 'progress';
}

/** PNGs of Plotly figures, base64. */
async function drawFigures(figures: readonly PlotlyJson[], width: number, scale: number): Promise<string[]> {
  if (figures.length === 0) return [];
  return paintFigures(figures, async paint => {
    const images: string[] = [];
    for (const figure of figures) {
      const png = await paint(figure, { format: 'png', width, scale });
      images.push(Buffer.from(smallPng(png)).toString('base64'));
    }
    return images;
  });
}
