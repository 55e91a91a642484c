import type { Figure } from '../figures/figure';
import { type DisplayOutput, fromLines, type NotebookFile } from '../notebook/notebookFile';
import type { PlotlyJson } from '../notebook/paintFigures';
import { dataMime, type TableParts } from '../notebook/tableBundle';
import { htmlTables } from './htmlTables';

/** One thing that a notebook shows. */
export type NotebookOutput = { readonly title: string } & (
  | { readonly type: 'figure'; readonly figure: Omit<Figure, 'kind'>; readonly png?: Uint8Array }
  | { readonly type: 'table'; readonly table: TableParts /** At full precision. */; readonly exact: boolean }
  | { readonly type: 'image'; readonly image: Uint8Array; readonly ending: 'png' | 'svg' }
  | { readonly type: 'text'; readonly text: string }
);

const plotlyMime = 'application/vnd.plotly.v1+json';

/** What an executed notebook shows, in order; what tells of its session and its progress is no result. */
export function notebookOutputs({ cells }: NotebookFile): readonly NotebookOutput[] {
  return cells
    .flatMap(cell => (cell.cell_type === 'code' ? cell.outputs : []))
    .flatMap(output => ('data' in output ? shownBy(output) : []));
}

function shownBy({ data, metadata }: DisplayOutput): NotebookOutput[] {
  const kind = metadata?.legcnet?.kind;
  if (kind === 'session' || kind === 'progress') return [];
  const text = fromLines(data['text/plain']);
  const image = data['image/png'];
  const png = image === undefined ? undefined : Buffer.from(fromLines(image), 'base64');
  if (plotlyMime in data) {
    const { data: traces, layout } = data[plotlyMime] as PlotlyJson;
    const summary = text.replace(/^\[figure\] /, '');
    const figure = { data: traces, layout, summary };
    return [{ type: 'figure', title: figureTitle(figure), figure, ...(png && { png }) }];
  }
  if (dataMime in data) {
    const table = data[dataMime] as TableParts;
    return [{ type: 'table', title: table.caption || (kind ?? 'table'), table, exact: true }];
  }
  const tables = htmlTables(fromLines(data['text/html']));
  if (tables.length > 0) {
    return tables.map(table => ({
      type: 'table',
      title: table.caption || (kind ?? 'table'),
      table,
      exact: false,
    }));
  }
  if (png !== undefined) return [{ type: 'image', title: kind ?? 'image', image: png, ending: 'png' }];
  if ('image/svg+xml' in data) {
    const svg = Buffer.from(fromLines(data['image/svg+xml']), 'utf8');
    return [{ type: 'image', title: kind ?? 'image', image: svg, ending: 'svg' }];
  }
  return text === '' ? [] : [{ type: 'text', title: kind ?? 'text', text }];
}

/** The first line of the drawing's title, without markup; else its summary. */
function figureTitle({ layout, summary }: Omit<Figure, 'kind'>): string {
  const { title } = layout as { readonly title?: string | { readonly text?: string } };
  const text = typeof title === 'string' ? title : title?.text;
  const first = (text ?? '').split(/<br\s*\/?>/)[0].replace(/<[^>]*>/g, '');
  return first.trim() || summary || 'figure';
}
