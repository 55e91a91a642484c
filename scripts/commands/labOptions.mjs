import { join, relative } from 'node:path';
import { place } from '../setup/place.mjs';

/**
 * How we start JupyterLab on a folder: our kernel for new notebooks, and no questions about news and updates.
 *
 * @param {string} folder where it opens
 * @param {string} [root] what it can open: links that lead out of it are dead. Default: the folder
 */
export function labOptions(folder, root = folder) {
  return [
    `--ServerApp.root_dir=${root}`,
    `--FileContentsManager.preferred_dir=${relative(root, folder)}`,
    // Its own switches stop the fetching of news and updates, but only a setting stops the question.
    '--LabApp.news_url=None',
    '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
    `--LabApp.app_settings_dir=${join(place.root, 'scripts', 'lab')}`,
    '--MultiKernelManager.default_kernel_name=legcnet',
    ...(process.getuid() === 0 ? ['--allow-root'] : []),
  ];
}
