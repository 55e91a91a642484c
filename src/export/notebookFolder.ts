import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { LongRun } from '../core/longRun';
import { datasetNames } from '../data/studySettings';
import type { ExportedFolder } from '../notebook/exportView';
import {
  type CodeCell,
  fromLines,
  type NotebookFile,
  notebookText,
  parseNotebook,
} from '../notebook/notebookFile';
import { findNotebook } from '../notebook/ourNotebooks';
import { toPercent } from '../notebook/percent';
import { runNotebook } from '../notebook/runner';
import { writeAbout } from './aboutFiles';
import type { ExportContext } from './exportContext';
import type { ExportDraft } from './exportDraft';
import { paintImages, writeFigure } from './figureFiles';
import { type NotebookOutput, notebookOutputs } from './notebookOutputs';
import { safeName } from './safeName';
import { writeTable } from './tableFiles';
import { Traces } from './traces';
import { writeFolder } from './writeFolder';

/** The options of `exportNotebook`, defaults filled in. */
interface NotebookFolderOptions {
  readonly out: string;
  readonly replace: boolean;
  readonly committed: boolean;
  readonly timeout: number;
  readonly run: LongRun;
}

/** `exportNotebook` behind its door. */
export async function notebookFolder(
  notebook: string,
  { out, replace, committed, timeout, run }: NotebookFolderOptions,
): Promise<ExportedFolder> {
  const source = findNotebook(notebook);
  const name = basename(source, extname(source));
  const progress = { task: `Export ${name}`, total: 2, unit: 'steps' };
  const made = await writeFolder(join(out, safeName(name)), { name, replace, run }, async draft => {
    await run.pause({ ...progress, done: 0 });
    const found = await readOrRun(source, committed, timeout, run);
    await run.pause({ ...progress, done: 1 });
    const traces = new Traces();
    const context: ExportContext = { draft, run, recordings: false, figures: [], traces };
    await writeOutputs(context, notebookOutputs(found));
    await paintImages(context);
    run.signal?.throwIfAborted();
    await writeNotebook(draft, name, source, found);
    const session = sessionOf(found);
    await writeAbout(draft, {
      name,
      description: `Everything that the notebook ${name} shows.`,
      command: `legcnet export ${basename(notebook)}${committed ? ' --committed' : ''}`,
      seed: null,
      seeds: traces.seeds,
      datasets: datasetsOf(found),
      ...(session !== '' && { session }),
    });
  });
  run.finish({ ...progress, done: 2 });
  return made;
}

async function readOrRun(
  source: string,
  committed: boolean,
  timeout: number,
  { signal }: LongRun,
): Promise<NotebookFile> {
  const path = committed ? `${source.slice(0, -extname(source).length)}.ipynb` : source;
  if (extname(path) !== '.ipynb') {
    try {
      return (await runNotebook(path, { timeout, ...(signal && { signal }) })).notebook;
    } catch (error) {
      // The runner says that it was stopped; who stopped it wants to see its own reason.
      signal?.throwIfAborted();
      throw error;
    }
  }
  if (!existsSync(path)) throw new RangeError(`Cannot export a notebook: there is no ${path}`);
  return parseNotebook(await readFile(path, 'utf8'), path);
}

async function writeOutputs(context: ExportContext, outputs: readonly NotebookOutput[]): Promise<void> {
  const { draft, run } = context;
  if (outputs.length === 0)
    throw new RangeError('Cannot export a notebook that shows nothing; execute it first');
  const digits = Math.max(2, String(outputs.length).length);
  for (const [i, output] of outputs.entries()) {
    await run.pause({ task: 'Export', done: i, total: outputs.length, unit: 'outputs' });
    const number = String(i + 1).padStart(digits, '0');
    const result = `${number} ${output.title}`;
    const name = `${number}-${safeName(output.title)}`;
    if (output.type === 'figure') await writeFigure(context, result, name, output.figure, output.png);
    else if (output.type === 'table') {
      const about = output.exact ? 'table' : 'table, rounded as the notebook shows it';
      await writeTable(draft, result, name, output.table, about);
    } else if (output.type === 'image') {
      await draft.write(`figures/${name}.${output.ending}`, output.image, { result, about: 'image' });
    } else await draft.write(`results/${name}.txt`, `${output.text}\n`, { result, about: 'text' });
  }
}

/** The code, as it was written where there is a source, and the notebook with all outputs. */
async function writeNotebook(
  draft: ExportDraft,
  name: string,
  source: string,
  notebook: NotebookFile,
): Promise<void> {
  const code = extname(source) === '.ts' ? await readFile(source) : toPercent(notebook);
  const file = safeName(name);
  await draft.write(`notebook/${file}.ts`, code, { about: 'text and code of the notebook' });
  await draft.write(`notebook/${file}.ipynb`, notebookText(notebook), { about: 'executed notebook' });
}

function codeCells({ cells }: NotebookFile): CodeCell[] {
  return cells.filter((cell): cell is CodeCell => cell.cell_type === 'code');
}

/** What the notebook itself says of the versions that executed it. */
function sessionOf(notebook: NotebookFile): string {
  for (const output of codeCells(notebook).flatMap(({ outputs }) => outputs)) {
    if ('data' in output && output.metadata?.legcnet?.kind === 'session') {
      return fromLines(output.data['text/plain']);
    }
  }
  return '';
}

/** Data sets of the study that the code names. */
function datasetsOf(notebook: NotebookFile): readonly string[] {
  const code = codeCells(notebook).map(({ source }) => fromLines(source));
  return datasetNames.filter(name => code.some(text => new RegExp(`['"\`]${name}['"\`]`).test(text)));
}
