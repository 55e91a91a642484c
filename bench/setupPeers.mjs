import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clone } from '../scripts/setup/clone.mjs';
import { pipFailure } from '../scripts/setup/pipFailure.mjs';
import { findPython } from '../scripts/setup/python.mjs';
import { runProgram } from '../scripts/setup/runProgram.mjs';
import { runSteps } from '../scripts/setup/runSteps.mjs';
import { compareStamp, hashFiles, writeStamp } from '../scripts/setup/stamp.mjs';

const BENCH = dirname(fileURLToPath(import.meta.url));
const VENV = join(clone.root, '.bench-venv');
const PYTHON = join(VENV, 'bin', 'python');
const STAMP = join(VENV, '.setup-stamp.json');
const PIP_OPTIONS = [
  '--quiet',
  '--no-input',
  '--disable-pip-version-check',
  '--no-deps',
  '--only-binary=:all:',
];

/** .bench-venv with the programs that the bench runs beside ours, every version pinned by requirements.txt. */
const peers = {
  name: 'peers',
  title: 'peers of the bench',

  check() {
    return compareStamp(STAMP, facts(), '.bench-venv');
  },

  async run() {
    const base = await findPython();
    rmSync(VENV, { recursive: true, force: true });
    await runProgram(base, ['-m', 'venv', VENV]);
    try {
      await runProgram(PYTHON, [
        '-m',
        'pip',
        'install',
        ...PIP_OPTIONS,
        '-r',
        join(BENCH, 'requirements.txt'),
      ]);
      await runProgram(PYTHON, ['-c', 'import nolds, statsmodels.tsa.stattools']);
    } catch (error) {
      const failure = pipFailure('pip install, which fills .bench-venv with statsmodels and nolds', error);
      failure.remedy = failure.remedy.replace('npm run setup', 'npm run bench');
      throw failure;
    }
    writeStamp(STAMP, facts());
    return `made .bench-venv with statsmodels and nolds from ${base}`;
  },
};

function facts() {
  return {
    'requirements.txt': hashFiles(BENCH, ['requirements.txt']),
    'the place of the clone': clone.root,
  };
}

process.exitCode = (await runSteps([peers], { brief: true })) ? 0 : 1;
