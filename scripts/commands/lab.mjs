import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { place } from '../setup/place.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { labSteps } from '../setup/steps.mjs';
import { labOptions } from './labOptions.mjs';
import { copyNotebooks } from './ownNotebooks.mjs';

if (await runSteps(labSteps, { brief: true })) startLab(process.argv.slice(2));
else process.exitCode = 1;

/**
 * JupyterLab on the reader's copies of the notebooks. Ctrl-C ends it and its kernels.
 */
function startLab(args) {
  for (const name of copyNotebooks()) {
    console.log(
      `notebooks/${name} has changed since my-notebooks/${name} was copied from it, and that copy is`,
    );
    console.log('your own by now, so it stays: rename it and run this again to get the new one beside it.');
  }
  // Notebooks link the source of the functions that they use, so all of a clone can be opened.
  // In a process group of its own, because JupyterLab answers the terminal's Ctrl-C with a question.
  const lab = spawn(
    join(place.venv, 'bin', 'jupyter-lab'),
    [...labOptions(place.ownNotebooks, place.labRoot), ...args],
    {
      cwd: place.ownNotebooks,
      env: { ...process.env, JUPYTER_PATH: jupyterPath() },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => lab.kill('SIGTERM'));
  lab.on('close', code => {
    process.exitCode = code ?? 0;
  });
}

function jupyterPath() {
  const ours = join(place.venv, 'share', 'jupyter');
  return [ours, process.env.JUPYTER_PATH].filter(Boolean).join(delimiter);
}
