import { pack } from '../package/pack.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { steps } from '../setup/steps.mjs';

const needed = steps.filter(({ name }) => ['node', 'npm', 'build'].includes(name));
if (await runSteps(needed, { brief: true })) {
  const { file, size, files } = await pack();
  console.log(`${file}: ${files.length} files, ${(size / 1e6).toFixed(1)} MB`);
} else process.exitCode = 1;
