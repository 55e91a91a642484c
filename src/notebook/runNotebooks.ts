import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { madeRecordsFolder } from '../study/madeRecords';
import { addImages } from './images';
import { type CodeCell, fromLines, type NotebookFile, notebookText } from './notebookFile';
import { committedNotebook, notebookName, ourFolder, ourNotebooks, sourceOf } from './ourNotebooks';
import { outputTexts } from './outputTexts';
import { writeReport } from './report';
import { type ExecutedNotebook, NotebookError, type RunNotebookOptions, runNotebook } from './runner';

export interface RunNotebooksOptions extends RunNotebookOptions {
  /** Names of our notebooks, with or without the number in front. Default: all, in order. */
  readonly names?: readonly string[];
  /**
   * Whether notebooks compute what they otherwise read from saved rows: those that have a parameter `recompute` are run with
   * `true`, and what one of them has trained serves the next. The committed notebooks then stay as they are, and each outcome says how
   * many outputs differ. Default false.
   */
  readonly recompute?: boolean;
  /** Where their sources lie. Default: our own notebooks. */
  readonly folder?: string;
  /** Folder for what failed or was computed again. Default `reports`. */
  readonly out?: string;
  /** Called before a notebook. */
  readonly onStart?: (name: string) => void;
  /** Called after it. */
  readonly onEnd?: (outcome: NotebookOutcome) => void;
}

/** How one of our notebooks went. */
export interface NotebookOutcome {
  readonly name: string;
  readonly seconds: number;
  /** Why it failed; null when it did not. */
  readonly failure: string | null;
  /** What was written: the committed notebook, or a page that shows how far a failed one came. */
  readonly written: string;
  /** How its outputs compare with those that were committed before. */
  readonly outputs: { readonly all: number; readonly changed: number };
  /** Whether it ran with `recompute`; false also for notebooks that have nothing to recompute. */
  readonly recomputed: boolean;
}

/** Most seconds for one notebook that trains everything again. */
const RECOMPUTE_TIMEOUT = 7200;

/**
 * Executes our notebooks one after another and writes each the way it is committed: figures as PNG beside their Plotly JSON, no
 * scripts. One that fails is not written; a page in `out` shows how far it came, and the others still run.
 *
 * @throws RangeError for a name that we have not, before anything runs
 */
export async function runNotebooks(options: RunNotebooksOptions = {}): Promise<readonly NotebookOutcome[]> {
  const { names, folder = ourFolder, onStart = () => {}, onEnd = () => {} } = options;
  const all = ourNotebooks(folder);
  const wanted = names?.map(name => notebookName(name, folder)) ?? all;
  const chosen = all.filter(name => wanted.includes(name));
  const outcomes: NotebookOutcome[] = [];
  const made = mkdtempSync(join(tmpdir(), 'legcnet-made-'));
  try {
    for (const name of chosen) {
      onStart(name);
      const outcome = await runOne(name, { ...options, env: { [madeRecordsFolder]: made, ...options.env } });
      onEnd(outcome);
      outcomes.push(outcome);
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return outcomes;
}

async function runOne(name: string, options: RunNotebooksOptions): Promise<NotebookOutcome> {
  const { recompute = false, out = 'reports', folder = ourFolder, params = {}, ...run } = options;
  const source = join(folder, `${name}.ts`);
  const recomputed = recompute && canRecompute(sourceOf(name, folder));
  const how: RunNotebookOptions = recomputed
    ? { timeout: RECOMPUTE_TIMEOUT, ...run, params: { ...params, recompute: true } }
    : // Not on what a shell was left with.
      { ...run, params, env: { LEGCNET_PARAMS: '{}', ...run.env } };
  const before = committedNotebook(name, folder);
  const outcome = ({ notebook, seconds }: ExecutedNotebook, failure: string | null, written: string) => ({
    name,
    seconds,
    failure,
    written,
    outputs: compareOutputs(notebook, before),
    recomputed,
  });
  try {
    const executed = await runNotebook(source, how);
    const place = recomputed ? join(out, 'recomputed') : folder;
    await mkdir(place, { recursive: true });
    const path = join(place, `${name}.ipynb`);
    await writeFile(path, notebookText(await addImages(executed.notebook)));
    return outcome(executed, null, path);
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    await mkdir(out, { recursive: true });
    const path = join(out, `${name}.html`);
    await writeReport(error.executed, path);
    return outcome(error.executed, error.message.replace(`${source}: `, ''), path);
  }
}

/** Whether a notebook asks for a parameter `recompute`. */
function canRecompute({ cells }: NotebookFile): boolean {
  const code = cells.filter((cell): cell is CodeCell => cell.cell_type === 'code');
  return code.some(({ source }) => /\bparams\(\{[^}]*\brecompute\s*:/.test(fromLines(source)));
}

function compareOutputs(now: NotebookFile, before: NotebookFile | null): NotebookOutcome['outputs'] {
  const texts = outputTexts(now);
  const old = before === null ? [] : outputTexts(before);
  // One that is not shown any more has changed, too.
  const longer = texts.length >= old.length ? texts : old;
  return { all: texts.length, changed: longer.filter((_, i) => texts[i] !== old[i]).length };
}
