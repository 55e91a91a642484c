import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { clone } from '../setup/clone.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { steps } from '../setup/steps.mjs';

if (await runSteps(steps, { brief: true })) startLab(process.argv.slice(2));
else process.exitCode = 1;

/** JupyterLab on the notebooks, with our kernel as the one for new notebooks; Ctrl-C ends it and its kernels. */
function startLab(args) {
  const options = [
    `--ServerApp.root_dir=${clone.notebooks}`,
    '--MultiKernelManager.default_kernel_name=legcnet',
    ...(process.getuid() === 0 ? ['--allow-root'] : []),
  ];
  // In a process group of its own, because JupyterLab answers the terminal's Ctrl-C with a question.
  const lab = spawn(join(clone.venv, 'bin', 'jupyter-lab'), [...options, ...args], {
    cwd: clone.notebooks,
    env: { ...process.env, JUPYTER_PATH: jupyterPath() },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => lab.kill('SIGTERM'));
  lab.on('close', code => {
    process.exitCode = code ?? 0;
  });
}

function jupyterPath() {
  const ours = join(clone.venv, 'share', 'jupyter');
  return [ours, process.env.JUPYTER_PATH].filter(Boolean).join(delimiter);
}
