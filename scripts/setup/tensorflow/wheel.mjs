import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from '../lock.mjs';
import { pipFailure } from '../pipFailure.mjs';
import { place, userCache } from '../place.mjs';
import { findPython } from '../python.mjs';
import { runProgram } from '../runProgram.mjs';
import { SetupError } from '../setupError.mjs';
import { compareStamp, writeStamp } from '../stamp.mjs';
import { removeLeftovers, withWorkFolder } from '../workFolder.mjs';

const VERSION = '2.21.0';
/** The package with TensorFlow for the CPU is named differently for each processor. Checksums are those of its wheels for Python 3.11. */
const WHEELS = {
  'linux-x64': {
    project: 'tensorflow-cpu',
    platform: 'manylinux_2_27_x86_64',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
  'linux-arm64': {
    project: 'tensorflow',
    platform: 'manylinux_2_27_aarch64',
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
  },
};
const MACHINE = `${process.platform}-${process.arch}`;
const EXTRACTOR = fileURLToPath(new URL('extractWheel.py', import.meta.url));

const folder = join(userCache, `tensorflow-cpu-${VERSION}-${MACHINE}`);
const stamp = join(folder, 'setup-stamp.json');

/** TensorFlow's C library in the user's cache: one copy for all clones and projects. */
export const library = {
  folder: join(folder, 'tensorflow'),
  include: join(folder, 'tensorflow', 'include'),
  names: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
};

/** null when the cache holds both libraries as they were extracted, otherwise what is wrong. */
export function libraryState() {
  return compareStamp(stamp, sizes(folder), 'the TensorFlow library in the user cache');
}

/** Refuses machines for which the Python package index has no library; `failure` is the installer's. */
export function requireWheel(failure) {
  if (MACHINE in WHEELS) return;
  throw new SetupError({
    tried: "tfjs-node's own installer, then TensorFlow from the Python package index",
    problem: `The installer failed (${failure.message}) and the index has no library for ${MACHINE}.`,
    remedy: `Run \`${place.setupCommand}\` in a network that reaches storage.googleapis.com, or on Linux.`,
  });
}

/** Downloads TensorFlow's wheel and keeps the libraries and headers of it, unless the cache has them. */
export async function fetchLibrary(report) {
  await withLock(
    `${folder}.lock`,
    async () => {
      removeLeftovers(userCache);
      if (libraryState() !== null) await withWorkFolder(userCache, work => fetchInto(work, report));
    },
    pid => report.note(`waiting for set-up process ${pid}, which is fetching TensorFlow`),
  );
}

async function fetchInto(work, report) {
  report.note(`downloading TensorFlow ${VERSION} (about 280 MB) into ${userCache}`);
  const python = await makeEnvironment(join(work, 'venv'));
  await download(python, work, WHEELS[MACHINE], report);
  const file = readdirSync(work).find(name => name.endsWith('.whl'));
  const extracted = join(work, 'extracted');
  await extract(python, join(work, file), extracted);
  writeStamp(join(extracted, 'setup-stamp.json'), sizes(extracted));
  rmSync(folder, { recursive: true, force: true });
  renameSync(extracted, folder);
}

/** An environment with pip and nothing else: the system's Python may lack pip, and may not be changed. */
async function makeEnvironment(venv) {
  await runProgram(await findPython(), ['-m', 'venv', venv]);
  return join(venv, 'bin', 'python');
}

/** The library is the same in the wheels for every Python, so any one version is asked for. */
async function download(python, work, { project, platform, sha256 }, report) {
  const target = ['--implementation', 'cp', '--python-version', '3.11', '--platform', platform];
  const options = ['--no-deps', '--only-binary=:all:', '--no-cache-dir', '--disable-pip-version-check'];
  const wanted = join(work, 'wanted.txt');
  writeFileSync(wanted, `${project}==${VERSION} --hash=sha256:${sha256}\n`);
  const args = [
    '-m',
    'pip',
    'download',
    ...options,
    ...target,
    '--dest',
    work,
    '--require-hashes',
    '-r',
    wanted,
  ];
  try {
    await runProgram(python, args, { env: { ...process.env, TMPDIR: work }, show: report.isTerminal });
  } catch (error) {
    throw pipFailure(`pip download of ${project} ${VERSION}, which carries TensorFlow's C library`, error);
  }
}

async function extract(python, wheel, folder) {
  try {
    await runProgram(python, [EXTRACTOR, wheel, folder]);
  } catch (error) {
    throw new SetupError({
      tried: `extracting TensorFlow's libraries (900 MB) into ${userCache}`,
      problem: error.reason,
      remedy: `Make room there, or set XDG_CACHE_HOME to a larger disk, then run \`${place.setupCommand}\` again.`,
    });
  }
}

function sizes(parent) {
  const size = name => statSync(join(parent, 'tensorflow', name), { throwIfNoEntry: false })?.size;
  return Object.fromEntries(library.names.map(name => [name, size(name) ?? 'nothing']));
}
