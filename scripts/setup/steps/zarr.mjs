import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pipFailure } from '../pipFailure.mjs';
import { place } from '../place.mjs';
import { runProgram } from '../runProgram.mjs';
import { compareStamp, hashFiles, writeStamp } from '../stamp.mjs';

const SETUP_FOLDER = dirname(dirname(fileURLToPath(import.meta.url)));
const REQUIREMENTS = 'requirementsZarr.txt';
const STAMP = join(place.venv, '.setup-stamp-zarr.json');
const OPTIONS = ['--quiet', '--no-input', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];

/** zarr and xarray on top of `.venv`; `npm test` alone makes it, because nobody else needs them. */
export const zarr = {
  name: 'zarr',
  title: "Python's zarr and xarray",

  check() {
    return compareStamp(STAMP, facts(), 'zarr in .venv');
  },

  async run() {
    const python = join(place.venv, 'bin', 'python');
    try {
      await runProgram(python, ['-m', 'pip', 'install', ...OPTIONS, '-r', join(SETUP_FOLDER, REQUIREMENTS)]);
      await runProgram(python, ['-c', 'import sys\nif sys.version_info >= (3, 11): import zarr, xarray']);
    } catch (error) {
      throw pipFailure('pip install, which adds zarr and xarray to .venv', error);
    }
    writeStamp(STAMP, facts());
    return 'added zarr and xarray to .venv';
  },
};

function facts() {
  return { [REQUIREMENTS]: hashFiles(SETUP_FOLDER, [REQUIREMENTS]) };
}
