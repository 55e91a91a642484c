import { join } from 'node:path';
import { committedNotebook, isCurrent, ourFolder, ourNotebooks, sourceOf } from './ourNotebooks';
import { type RunNotebookOptions, runNotebook } from './runner';
import { type SiteNotebook, type WrittenSite, writeSite } from './site';

export interface WriteOurSiteOptions extends RunNotebookOptions {
  /** Called before a notebook runs because its source has changed since it was executed last. */
  readonly onExecute?: (name: string) => void;
}

/**
 * Writes all our notebooks as a site, from their committed outputs; runs only those whose source has changed since.
 *
 * @throws NotebookError when one that has to run fails
 */
export async function writeOurSite(
  folder: string,
  options: WriteOurSiteOptions = {},
): Promise<WrittenSite & { readonly executed: number }> {
  const { onExecute = () => {}, ...run } = options;
  const notebooks: SiteNotebook[] = [];
  let executed = 0;
  for (const name of ourNotebooks()) {
    const committed = committedNotebook(name);
    if (committed !== null && isCurrent(committed, sourceOf(name))) {
      notebooks.push({ name, notebook: committed });
      continue;
    }
    onExecute(name);
    const { notebook } = await runNotebook(join(ourFolder, `${name}.ts`), run);
    notebooks.push({ name, notebook });
    executed++;
  }
  return { ...(await writeSite(notebooks, folder)), executed };
}
