import { spawnSync } from 'node:child_process';
import { place } from '../setup/place.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { steps } from '../setup/steps.mjs';
import { environment } from './environment.mjs';

/** Makes what is not valid yet, then runs a command of the package with the words that npm was given; its exit code is ours. */
export async function runCommand(...command) {
  if (!(await runSteps(steps, { brief: true }))) {
    process.exitCode = 1;
    return;
  }
  const options = { cwd: place.root, env: environment(), stdio: 'inherit' };
  process.exitCode = spawnSync(process.execPath, [place.cli, ...command], options).status ?? 1;
}
