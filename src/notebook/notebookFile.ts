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
