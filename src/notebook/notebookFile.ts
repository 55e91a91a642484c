/** The parts of Jupyter's notebook format 4.5 that we write. */
export interface NotebookFile {
  nbformat: 4;
  nbformat_minor: 5;
  metadata: Record<string, unknown>;
  cells: NotebookCell[];
}

export type NotebookCell = MarkdownCell | CodeCell;

export interface MarkdownCell {
  cell_type: 'markdown';
  id: string;
  metadata: CellMetadata;
  source: string[];
}

export interface CodeCell {
  cell_type: 'code';
  id: string;
  metadata: CellMetadata;
  execution_count: number | null;
  source: string[];
  outputs: CellOutput[];
}

export interface CellMetadata {
  tags?: string[];
}

export type CellOutput = StreamOutput | DisplayOutput;

export interface StreamOutput {
  output_type: 'stream';
  name: 'stdout' | 'stderr';
  text: string[];
}

export interface DisplayOutput {
  output_type: 'display_data';
  data: Record<string, unknown>;
  metadata: OutputMetadata;
}

/**
 * `legcnet.kind` says what a display shows: the kind of a result, or `session`, `progress`; `legcnet.unexplained` what of it
 * differs from the paper without a reason.
 */
export interface OutputMetadata {
  legcnet?: { kind: string; unexplained?: string[] };
  [mimeType: string]: unknown;
}

/** Whether a cell is there to show an error: Jupyter's own tag for it is `raises-exception`. */
export function mayFail({ metadata }: NotebookCell): boolean {
  return metadata.tags?.includes('raises-exception') ?? false;
}

/** Text as the format keeps it: one string a line, each but the last with its line end. */
export function toLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** Text of the format, which may be one string or a list. */
export function fromLines(lines: unknown): string {
  return Array.isArray(lines) ? lines.join('') : String(lines ?? '');
}

/**
 * The notebook in a file's text.
 *
 * @param path names the file in messages
 * @throws RangeError when it is not JSON, or not a notebook of format 4, saying what is wrong
 */
export function parseNotebook(text: string, path: string): NotebookFile {
  const refuse = (what: string, cause?: unknown): never => {
    throw new RangeError(`Cannot read ${path}: it is no notebook (${what})`, { cause });
  };
  let notebook: NotebookFile;
  try {
    notebook = JSON.parse(text);
  } catch (cause) {
    return refuse((cause as Error).message, cause);
  }
  if (!Array.isArray(notebook?.cells))
    return refuse('there is no list of cells, as notebooks have since format 4');
  for (const [c, cell] of notebook.cells.entries()) {
    if (typeof cell !== 'object' || cell === null || !cellTypes.has(cell.cell_type)) {
      return refuse(`cell ${c + 1} is neither code, markdown nor raw`);
    }
    const outputs = cell.cell_type === 'code' ? cell.outputs : [];
    if (!Array.isArray(outputs) || outputs.some(output => typeof output !== 'object' || output === null)) {
      return refuse(`cell ${c + 1} has no list of outputs`);
    }
    if (typeof cell.metadata !== 'object' || cell.metadata === null)
      return refuse(`cell ${c + 1} has no metadata`);
  }
  return notebook;
}

const cellTypes: ReadonlySet<string> = new Set(['code', 'markdown', 'raw']);

/**
 * The notebook as the file's text, the way Jupyter writes it, but for the numbers of figures and tables: those stand in one
 * line each, which makes the file a third of the size.
 */
export function notebookText(notebook: NotebookFile): string {
  const figures: string[] = [];
  const text = JSON.stringify(
    notebook,
    (key, value) => {
      if (!/^application\/vnd\.(plotly|legcnet)/.test(key) || typeof value !== 'object') return value;
      figures.push(JSON.stringify(value));
      return `@figure ${figures.length - 1}@`;
    },
    1,
  );
  return `${text.replace(/(application\/vnd\.(?:plotly|legcnet)[^"]*": )"@figure (\d+)@"/g, (_, key, i) => key + figures[Number(i)])}\n`;
}
