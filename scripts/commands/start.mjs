import { spawnSync } from 'node:child_process';
import { clone } from '../setup/clone.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { steps } from '../setup/steps.mjs';

process.exitCode = (await runSteps(steps, { brief: true })) ? runQuickstart() : 1;
console.log(`Total time: ${process.uptime().toFixed(1)} s`);

/** Executes notebooks/00-quickstart.ts, which leaves its notebook and page in reports/. */
function runQuickstart() {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '0' };
  const options = { cwd: clone.root, env, stdio: 'inherit' };
  return spawnSync(process.execPath, [clone.cli, 'notebook', 'quickstart'], options).status ?? 1;
}
