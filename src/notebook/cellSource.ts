import vm from 'node:vm';
import { onCellStart, type RunningCell } from './kernel';

/** Functions of early cells may throw in late ones, but not for ever. */
const MOST_CELLS = 500;

interface CellSource {
  /** As the reader wrote it. */
  readonly written: readonly string[];
  /** As it runs, and as stack traces count. */
  run: readonly string[];
}

const sources = new Map<string, CellSource>();
let isNaming = false;

/**
 * Gives the code of every cell its name in stack traces, `cell 3`, in place of `evalmachine.<anonymous>`, and remembers its
 * lines. tslab compiles cells without source maps.
 */
export function nameCells(): void {
  if (isNaming) return;
  isNaming = true;
  let name: string | null = null;
  onCellStart((cell: RunningCell) => {
    name = `cell ${cell.number}`;
    sources.set(name, { written: cell.code.split('\n'), run: [] });
    if (sources.size > MOST_CELLS) sources.delete(sources.keys().next().value as string);
  });
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) => {
    const source = name === null ? undefined : sources.get(name);
    if (source === undefined || !code.endsWith('(__tslab__.exports, __tslab__.require)'))
      return runInThisContext(code, options);
    source.run = code.split('\n');
    // Its own message would repeat the compiled line.
    return runInThisContext(code, { ...(options as object), filename: name as string, displayErrors: false });
  };
}

/** A line of a cell. */
export interface CellLine {
  /** Counted from 1 in the cell as it was written; null where the compiled line stands for none of them alone. */
  readonly line: number | null;
  readonly text: string;
}

/** Which line of its cell a line of compiled code was, by the names in it: compiling only takes types away. */
export function cellLine(cell: string, compiledLine: number): CellLine | null {
  const source = sources.get(cell);
  const compiled = source?.run[compiledLine - 1];
  if (source === undefined || compiled === undefined) return null;
  const text = readable(compiled);
  const words = wordsOf(text);
  const candidates = source.written.flatMap((written, i) => (holds(wordsOf(written), words) ? [i] : []));
  const exact = candidates.filter(i => wordsOf(source.written[i]).length === words.length);
  const [found, ...more] = exact.length > 0 ? exact : candidates;
  if (words.length === 0 || found === undefined || more.length > 0) return { line: null, text };
  return { line: found + 1, text: source.written[found].trim() };
}

/** Compiled code without what compiling adds to names. */
function readable(compiled: string): string {
  return compiled
    .trim()
    .replace(/^\((?:async )?function\(exports, require\) \{ /, '')
    .replace(/^(const )?(exports\.)?tsLastExpr\d* = /, '')
    .replace(/\(0, (?:\w+_\d+|exports)\.(\w+)\)/g, '$1')
    .replace(/\b(?:\w+_\d+|exports)\.(?=\w)/g, '');
}

function wordsOf(line: string): string[] {
  return (line.match(/[\w$.]+|[^\s\w$.]/g) ?? []).filter(
    word => !['const', 'let', 'var', 'export', ';'].includes(word),
  );
}

/** Whether all `parts` are among `words`, in their order. */
function holds(words: readonly string[], parts: readonly string[]): boolean {
  let at = 0;
  for (const word of words) if (word === parts[at]) at++;
  return at === parts.length;
}
