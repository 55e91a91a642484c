import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { place } from '../setup/place.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { steps } from '../setup/steps.mjs';
import { environment } from './environment.mjs';

if (await runSteps(steps, { brief: true })) {
  const page = join('reports', 'soak.html');
  const args = [
    '--expose-gc',
    join(place.dist, 'bench', 'soak.js'),
    '--page',
    page,
    ...process.argv.slice(2),
  ];
  const options = { cwd: place.root, env: environment(), stdio: 'inherit' };
  process.exitCode = spawnSync(process.execPath, args, options).status ?? 1;
} else process.exitCode = 1;
