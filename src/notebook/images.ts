import type { CellOutput, DisplayOutput, NotebookFile } from './notebookFile';
import { heightOf, type PlotlyJson, paintFigures } from './paintFigures';
import { smallPng } from './smallPng';

export interface AddImagesOptions {
  /** Width of the drawings in CSS pixels. Default 760. */
  readonly width?: number;
  /** Image pixels per CSS pixel. Default 1.25, a compromise with the size of the file. */
  readonly scale?: number;
}

const plotlyMime = 'application/vnd.plotly.v1+json';

/**
 * A copy of the notebook made for readers without scripts, as on GitHub: every Plotly output gets a PNG and loses its
 * HTML, and the embedded library goes. So do progress displays, which tell of this machine only.
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
  if (figures.length > 0) {
    const drawings = figures.map(({ data }) => data[plotlyMime] as PlotlyJson);
    await paintFigures(drawings, async paint => {
      for (const [i, { data, metadata }] of figures.entries()) {
        const png = await paint(drawings[i], { format: 'png', width, scale });
        delete data['text/html'];
        data['image/png'] = Buffer.from(smallPng(png)).toString('base64');
        metadata['image/png'] = { width, height: heightOf(drawings[i].layout) };
      }
    });
  }
  for (const { data, metadata } of displays) {
    // The session's HTML carries the library; its text says the rest.
    if (metadata.legcnet?.kind === 'session') delete data['text/html'];
  }
  return copy;
}

function isLasting(output: CellOutput): boolean {
  return output.output_type !== 'display_data' || output.metadata.legcnet?.kind !== 'progress';
}
