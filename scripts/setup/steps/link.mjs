import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { place } from '../place.mjs';
import { missing, outdated } from '../stepState.mjs';
import { withWorkFolder } from '../workFolder.mjs';

/** The package inside its own node_modules: notebooks import 'legcnet', and `npx legcnet` works. */
const LINKS = [
  { path: join(place.modules, 'legcnet'), target: '..' },
  { path: join(place.modules, '.bin', 'legcnet'), target: join('..', '..', 'dist', 'src', 'cli.js') },
];

export const link = {
  name: 'link',
  title: "link for import 'legcnet'",

  check() {
    const wrong = LINKS.find(({ path, target }) => targetOf(path) !== target);
    if (wrong === undefined) return null;
    const found = targetOf(wrong.path);
    return found === undefined
      ? missing(`${wrong.path} is not there`)
      : outdated(`${wrong.path} is ${found}`);
  },

  async run() {
    await withWorkFolder(place.work, folder => {
      for (const { path, target } of LINKS) {
        const made = join(folder, 'link');
        mkdirSync(dirname(path), { recursive: true });
        symlinkSync(target, made);
        rmSync(path, { recursive: true, force: true });
        renameSync(made, path);
      }
    });
    return 'linked node_modules/legcnet and the legcnet command to this clone';
  },
};

function targetOf(path) {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
