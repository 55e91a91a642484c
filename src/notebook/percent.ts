import { createHash } from 'node:crypto';
import { type CellMetadata, fromLines, type NotebookCell, type NotebookFile, toLines } from './notebookFile';

/** `// %%`, then optionally a title, `[markdown]`, and `tags=["a", "b"]`. */
const marker = /^\/\/ %%(?<rest>.*)$/;

/**
 * The notebook that a TypeScript file in percent format describes (jupytext's): `// %%` starts a code cell,
 * `// %% [markdown]` a text cell, whose lines are comments. What stands before the first marker is not part of it.
 * Cell ids depend on the cell's own text only, so that an edit changes one id.
 *
 * @throws SyntaxError for a line of a text cell that is not a comment
 */
export function parsePercent(source: string): NotebookFile {
  const cells: NotebookCell[] = [];
  const ids = new Set<string>();
  let head: string | null = null;
  let body: string[] = [];
  const close = (): void => {
    if (head === null) return;
    const cell = toCell(head, body, ids);
    if (cell.source.length > 0) cells.push(cell);
  };
  for (const line of source.split(/\r?\n/)) {
    const rest = marker.exec(line)?.groups?.rest;
    if (rest === undefined) {
      body.push(line);
    } else {
      close();
      head = rest;
      body = [];
    }
  }
  close();
  return { nbformat: 4, nbformat_minor: 5, metadata: notebookMetadata(), cells };
}

/** The notebook's text and code as a TypeScript file in percent format, which `parsePercent` reads back; outputs are left out. */
export function toPercent({ cells }: NotebookFile): string {
  return `${cells.map(cellText).join('\n\n')}\n`;
}

function cellText({ cell_type: type, metadata, source }: NotebookCell): string {
  const text = fromLines(source);
  const tags = metadata.tags === undefined ? '' : ` tags=${JSON.stringify(metadata.tags)}`;
  // A line that looks like a marker would start a cell.
  if (type === 'code') return `// %%${tags}\n${text.replace(/^\/\/ %%/gm, ' $&')}`;
  return `// %% [markdown]${tags}\n${text.replace(/^.*$/gm, line => (line === '' ? '//' : `// ${line}`))}`;
}

function toCell(head: string, body: readonly string[], ids: Set<string>): NotebookCell {
  const metadata = cellMetadata(head);
  const isText = /\[(markdown|md)\]/.test(head);
  const text = (isText ? body.map(uncomment) : body).join('\n').replace(/^\n+|\s+$/g, '');
  const id = cellId(isText ? 'text' : 'code', text, ids);
  if (isText) return { cell_type: 'markdown', id, metadata, source: toLines(text) };
  return { cell_type: 'code', id, metadata, execution_count: null, source: toLines(text), outputs: [] };
}

function uncomment(line: string): string {
  if (line.trim() === '') return '';
  const text = /^\/\/ ?(.*)$/.exec(line)?.[1];
  if (text === undefined) throw new SyntaxError(`A line of a text cell must start with //, got: ${line}`);
  return text;
}

function cellMetadata(head: string): CellMetadata {
  const tags = /tags=(\[[^\]]*\])/.exec(head)?.[1];
  return tags === undefined ? {} : { tags: JSON.parse(tags) };
}

function cellId(type: string, text: string, ids: Set<string>): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  let id = `${type}-${hash}`;
  for (let copy = 2; ids.has(id); copy++) id = `${type}-${hash}-${copy}`;
  ids.add(id);
  return id;
}

/** The kernel and language that a notebook of ours asks for. */
function notebookMetadata(): Record<string, unknown> {
  return {
    kernelspec: { display_name: 'TypeScript (legcnet)', language: 'typescript', name: 'legcnet' },
    language_info: {
      codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
      file_extension: '.ts',
      mimetype: 'text/typescript',
      name: 'typescript',
      version: '3.7.2',
    },
  };
}
