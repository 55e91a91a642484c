import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pipFailure } from '../scripts/setup/pipFailure.mjs';
import { place } from '../scripts/setup/place.mjs';
import { findPython } from '../scripts/setup/python.mjs';
import { runProgram } from '../scripts/setup/runProgram.mjs';
import { runSteps } from '../scripts/setup/runSteps.mjs';
import { compareStamp, hashFiles, writeStamp } from '../scripts/setup/stamp.mjs';

const BENCH = dirname(fileURLToPath(import.meta.url));
const VENV = join(place.root, '.bench-venv');
const PYTHON = join(VENV, 'bin', 'python');
const STAMP = join(VENV, '.setup-stamp.json');
const SPECTRA_STAMP = join(VENV, '.setup-stamp-spectra.json');
const EXPLANATIONS_STAMP = join(VENV, '.setup-stamp-explanations.json');
const TRAINING_STAMP = join(VENV, '.setup-stamp-training.json');
const PIP_OPTIONS = [
  '--quiet',
  '--no-input',
  '--disable-pip-version-check',
  '--no-deps',
  '--only-binary=:all:',
];

/** .bench-venv with the programs that the bench of the numerical core runs beside ours, every version pinned. */
const numerics = {
  name: 'peers',
  title: 'peers of the bench',

  check() {
    return compareStamp(STAMP, facts('requirements.txt'), '.bench-venv');
  },

  async run() {
    const base = await findPython();
    rmSync(VENV, { recursive: true, force: true });
    await runProgram(base, ['-m', 'venv', VENV]);
    await install('requirements.txt', 'statsmodels and nolds', 'import nolds, statsmodels.tsa.stattools');
    writeStamp(STAMP, facts('requirements.txt'));
    return `made .bench-venv with statsmodels and nolds from ${base}`;
  },
};

/** WeightWatcher on top of them. */
const spectra = {
  name: 'peers-spectra',
  title: 'peers of the bench of spectra',

  check() {
    return compareStamp(SPECTRA_STAMP, facts('requirementsSpectra.txt'), '.bench-venv');
  },

  async run() {
    await install('requirementsSpectra.txt', 'WeightWatcher', 'import onnx, weightwatcher');
    writeStamp(SPECTRA_STAMP, facts('requirementsSpectra.txt'));
    return 'added WeightWatcher to .bench-venv';
  },
};

/** shap on top of them. */
const explanations = {
  name: 'peers-explanations',
  title: 'peers of the bench of explanations',

  check() {
    return compareStamp(EXPLANATIONS_STAMP, facts('requirementsExplanations.txt'), '.bench-venv');
  },

  async run() {
    await install('requirementsExplanations.txt', 'shap', 'import shap');
    writeStamp(EXPLANATIONS_STAMP, facts('requirementsExplanations.txt'));
    return 'added shap to .bench-venv';
  },
};

/** PyTorch on top of them: a wheel of half a gigabyte. */
const training = {
  name: 'peers-training',
  title: 'peers of the bench of training',

  check() {
    return compareStamp(TRAINING_STAMP, facts('requirementsTraining.txt'), '.bench-venv');
  },

  async run() {
    await install('requirementsTraining.txt', 'PyTorch', join(BENCH, 'emptyCuda.py'));
    writeStamp(TRAINING_STAMP, facts('requirementsTraining.txt'));
    return 'added PyTorch to .bench-venv';
  },
};

/** @param trial a script, or what one would import */
async function install(requirements, names, trial) {
  try {
    await runProgram(PYTHON, ['-m', 'pip', 'install', ...PIP_OPTIONS, '-r', join(BENCH, requirements)]);
    await runProgram(PYTHON, trial.endsWith('.py') ? [trial] : ['-c', trial]);
  } catch (error) {
    const failure = pipFailure(`pip install, which fills .bench-venv with ${names}`, error);
    failure.remedy = failure.remedy.replace('npm run setup', 'npm run bench');
    throw failure;
  }
}

function facts(requirements) {
  return {
    [requirements]: hashFiles(BENCH, [requirements]),
    'the place of the clone': place.root,
  };
}

const extra = { spectra, explanations, training }[process.argv[2]];
const steps = extra === undefined ? [numerics] : [numerics, extra];
process.exitCode = (await runSteps(steps, { brief: true })) ? 0 : 1;
