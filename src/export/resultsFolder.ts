import { join } from 'node:path';
import type { LongRun } from '../core/longRun';
import { viewers } from '../core/result';
import type { ExportedFolder } from '../notebook/exportView';
import { registerViews } from '../notebook/resultViews';
import { writeAbout } from './aboutFiles';
import type { ExportContext } from './exportContext';
import { paintImages } from './figureFiles';
import { writeResult } from './resultFiles';
import { safeName, safeNames } from './safeName';
import { Traces } from './traces';
import { writeFolder } from './writeFolder';

/** The options of `exportResults`, defaults filled in. */
interface ResultsFolderOptions {
  readonly out: string;
  readonly replace: boolean;
  readonly recordings: boolean;
  readonly description: string;
  readonly seed: number | null;
  readonly run: LongRun;
}

/** `exportResults` behind its door. */
export async function resultsFolder(
  name: string,
  results: Readonly<Record<string, unknown>>,
  { out, replace, recordings, description, seed, run }: ResultsFolderOptions,
): Promise<ExportedFolder> {
  // Results show their tables by their views, in a notebook or not.
  if (!viewers.has('figure')) registerViews();
  const names = Object.keys(results);
  const progress = { task: 'Export', total: names.length, unit: 'results' };
  const made = await writeFolder(join(out, safeName(name)), { name, replace, run }, async draft => {
    const context: ExportContext = { draft, run, recordings, figures: [], traces: new Traces() };
    for (const [i, file] of safeNames(names).entries()) {
      await run.pause({ ...progress, done: i });
      await writeResult(context, { result: names[i], name: file, value: results[names[i]] });
    }
    await paintImages(context);
    run.signal?.throwIfAborted();
    const { seeds, datasets } = context.traces;
    const command = `exportResults('${name}', …)`;
    await writeAbout(draft, { name, description, command, seed, seeds, datasets });
  });
  run.finish({ ...progress, done: names.length });
  return made;
}
