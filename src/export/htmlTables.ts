import { factColumns } from '../notebook/facts';
import type { CellValue } from '../notebook/table';
import type { TableParts } from '../notebook/tableBundle';

/** A table cell of HTML; spans are how many columns and rows it covers. */
interface Cell {
  readonly text: string;
  readonly columns: number;
  readonly rows: number;
}

/**
 * The tables in HTML that our views made, for notebooks that carry nothing else: numbers are as rounded as they are shown.
 * Lines of a head become one name a column.
 */
export function htmlTables(html: string): readonly TableParts[] {
  const found = [...html.matchAll(/<table[^>]*>([\s\S]*?)<\/table>/g)];
  return found.map((match, i) => {
    const previous = found[i - 1];
    const before = html.slice(previous === undefined ? 0 : previous.index + previous[0].length, match.index);
    const after = html.slice(match.index + match[0].length, found[i + 1]?.index);
    return tableOf(match[1], before, after);
  });
}

function tableOf(table: string, before: string, after: string): TableParts {
  const head = /<thead[^>]*>([\s\S]*?)<\/thead>/.exec(table)?.[1] ?? '';
  const names = gridOf(head);
  const rows = gridOf(table.replace(/<thead[^>]*>[\s\S]*?<\/thead>/, '')).map(row => row.map(cellValue));
  const width = Math.max(names[0]?.length ?? 0, ...rows.map(row => row.length));
  const columns = Array.from({ length: width }, (_, c) => {
    if (names.length === 0) return factColumns[c] ?? `value ${c}`;
    return [...new Set(names.map(row => row[c] ?? ''))].filter(name => name !== '').join(', ');
  });
  const paragraphs = [...before.matchAll(/<p>([\s\S]*?)<\/p>/g)].map(([, text]) => text);
  const caption = paragraphs.find(text => text.startsWith('<strong>')) ?? '';
  const notes = paragraphs.filter(text => text !== caption);
  const total = /first [\d\u202F]+ of ([\d\u202F]+) rows/.exec(after)?.[1].replaceAll('\u202F', '');
  return {
    columns,
    rows: rows.map(row => [...row, ...Array.from({ length: width - row.length }, () => null)]),
    totalRows: total === undefined ? rows.length : Number(total),
    caption: textOf(caption),
    note: textOf(notes.join(' ')),
  };
}

/** Texts of the cells of some lines, a cell that spans several repeated in each. */
function gridOf(html: string): string[][] {
  const grid: string[][] = [];
  const lines = [...html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)];
  lines.forEach(([, line], r) => {
    grid[r] ??= [];
    let c = 0;
    for (const { text, columns, rows } of cellsOf(line)) {
      while (grid[r][c] !== undefined) c++;
      for (let down = 0; down < Math.min(rows, lines.length - r); down++) {
        grid[r + down] ??= [];
        for (let right = 0; right < columns; right++) grid[r + down][c + right] = text;
      }
    }
  });
  return grid.map(row => Array.from(row, text => text ?? ''));
}

function cellsOf(line: string): Cell[] {
  return [...line.matchAll(/<(t[hd])([^>]*)>([\s\S]*?)<\/\1>/g)].map(([, , attributes, text]) => ({
    text: textOf(text),
    columns: Number(/colspan="(\d{1,3})"/.exec(attributes)?.[1] ?? 1),
    rows: Number(/rowspan="(\d{1,3})"/.exec(attributes)?.[1] ?? 1),
  }));
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

function textOf(html: string): string {
  return html
    .replace(/<sup>\s*(\d+)\s*<\/sup>/g, '[$1]')
    .replace(/<br\s*\/?>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp|#39);/g, entity => entities[entity])
    .replace(/[ \n\t]+/g, ' ')
    .trim();
}

/** A number as our views write it, or the text. */
function cellValue(text: string): CellValue {
  if (text === '') return null;
  const plain = text.replaceAll('\u202F', '').replaceAll('\u2212', '-');
  return /^-?\d+(\.\d+)?(e-?\d+)?$/.test(plain) ? Number(plain) : text;
}
