import { lstatSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pipFailure } from '../pipFailure.mjs';
import { place } from '../place.mjs';
import { findPython } from '../python.mjs';
import { runProgram } from '../runProgram.mjs';
import { compareStamp, hashFiles, readStamp, writeStamp } from '../stamp.mjs';
import { outdated } from '../stepState.mjs';
import { replaceFolder, withWorkFolder } from '../workFolder.mjs';

const SETUP_FOLDER = dirname(dirname(fileURLToPath(import.meta.url)));
const REQUIREMENTS = 'requirements.txt';
const STAMP = '.setup-stamp.json';

/** .venv with JupyterLab and nbclient, every version pinned by requirements.txt. */
export const python = {
  name: 'python',
  title: 'Python environment',

  check() {
    const stamp = join(place.venv, STAMP);
    const state = compareStamp(stamp, facts(), '.venv');
    if (state !== null) return state;
    const isSamePython = readStamp(stamp).interpreter === interpreterOf(place.venv);
    return isSamePython ? null : outdated('the Python that .venv was made from changed or is gone');
  },

  async run() {
    const base = await findPython();
    await withWorkFolder(place.work, async folder => {
      const made = join(folder, 'venv');
      await runProgram(base, ['-m', 'venv', made]);
      await install(made);
      rewritePaths(made, place.venv);
      writeStamp(join(made, STAMP), { ...facts(), interpreter: interpreterOf(made) });
      replaceFolder(made, place.venv, folder);
    });
    return `made .venv with JupyterLab from ${base}`;
  },
};

function facts() {
  return {
    'requirements.txt': hashFiles(SETUP_FOLDER, [REQUIREMENTS]),
    'the place of the package': place.root,
  };
}

function interpreterOf(venv) {
  try {
    return realpathSync(join(venv, 'bin', 'python'));
  } catch {
    return undefined;
  }
}

async function install(venv) {
  const python = join(venv, 'bin', 'python');
  const options = [
    '--quiet',
    '--no-input',
    '--disable-pip-version-check',
    '--no-deps',
    '--only-binary=:all:',
  ];
  try {
    await runProgram(python, ['-m', 'pip', 'install', ...options, '-r', join(SETUP_FOLDER, REQUIREMENTS)]);
    await runProgram(python, ['-c', 'import jupyterlab, nbclient, nbconvert, plotly']);
  } catch (error) {
    throw pipFailure('pip install, which fills .venv with JupyterLab and what it needs', error);
  }
}

/** Programs of a virtual environment name its folder in their text: make them name where it will lie. */
function rewritePaths(venv, place) {
  const bin = readdirSync(join(venv, 'bin')).map(name => join(venv, 'bin', name));
  for (const file of [...bin, join(venv, 'pyvenv.cfg')].filter(file => lstatSync(file).isFile())) {
    const text = readFileSync(file, 'latin1');
    if (text.includes(venv)) writeFileSync(file, text.replaceAll(venv, place), 'latin1');
  }
}
