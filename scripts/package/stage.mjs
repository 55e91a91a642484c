import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { place } from '../setup/place.mjs';
import { listFiles } from '../setup/stamp.mjs';
import { bundled, bundledManifest, leadingTo, packedManifest } from './packedManifest.mjs';

/** What of a clone users install; a folder stands for all below it. */
const CONTENTS = [
  'CHANGELOG.md',
  'CITATION.cff',
  'LICENSE',
  'README.md',
  'THIRD_PARTY_LICENCES.md',
  'data',
  'dist/src',
  'docs',
  'kernel',
  'notebooks',
  'queue',
  'scripts/commands/lab.mjs',
  'scripts/commands/labOptions.mjs',
  'scripts/commands/ownNotebooks.mjs',
  'scripts/commands/setup.mjs',
  'scripts/lab',
  'scripts/lab.mjs',
  'scripts/setup',
  'scripts/setup.mjs',
];
/** Maps lead to sources that stay in the clone, and so do the steps that need them. */
const LEFT_OUT =
  /\.map$|^scripts\/setup\/(requirementsZarr\.txt|(cloneSteps|steps\/(build|link|npm|zarr))\.mjs)$/;

/** tfjs-node's own installer, which set-up tries first. */
const INSTALLER = ['install', 'resources', 'deps-constants', 'deps-stage', 'get-addon-name'].map(
  name => `scripts/${name}.js`,
);
/** What of a bundled package travels: the code, and what set-up makes its binding from. */
const BUNDLED_CONTENTS = ['README.md', 'binding', 'dist', ...INSTALLER];

/** Fills an empty folder with the package as it is to be packed. */
export function stage(folder) {
  const files = CONTENTS.flatMap(name => listFiles(place.root, name));
  copyFiles(
    place.root,
    files.filter(file => !LEFT_OUT.test(file)),
    folder,
  );
  const [manifest, lock] = ['package.json', 'package-lock.json'].map(name => readJson(place.root, name));
  writeJson(folder, packedManifest(manifest, lock));
  for (const name of Object.keys(bundled)) stageBundled(name, folder);
}

/**
 * The code lies in `vendor`, and npm's place for it only leads there: TypeScript refuses to write down a type from
 * `legcnet/node_modules/…`, as the kernel asks for every variable of a cell.
 */
function stageBundled(name, folder) {
  const from = join(place.modules, name);
  const vendor = join(folder, 'vendor', name);
  const files = BUNDLED_CONTENTS.flatMap(part => listFiles(from, part));
  copyFiles(
    from,
    files.filter(file => !/\.map$|_tests?\.(js|d\.ts)$/.test(file)),
    vendor,
  );
  const manifest = bundledManifest(readJson(from, 'package.json'));
  writeJson(vendor, manifest);
  // Neither has brought the text of its licence.
  cpSync(
    join(place.root, 'scripts', 'package', 'licences', `${bundled[name].licence}.txt`),
    join(vendor, 'LICENSE'),
  );
  const npmPlace = join(folder, 'node_modules', name);
  mkdirSync(npmPlace, { recursive: true });
  writeJson(npmPlace, leadingTo(relative(npmPlace, vendor), manifest));
}

function copyFiles(from, files, folder) {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(from, file), join(folder, file));
  }
}

function readJson(folder, name) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

function writeJson(folder, content) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
}
