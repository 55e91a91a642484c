import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { place } from '../setup/place.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { listFiles } from '../setup/stamp.mjs';
import { build } from '../setup/steps/build.mjs';
import { zarr } from '../setup/steps/zarr.mjs';
import { steps } from '../setup/steps.mjs';
import { environment } from './environment.mjs';

const BIOME = join(place.modules, '@biomejs', 'biome', 'bin', 'biome');
const CHECK_DECLARATIONS = join(place.root, 'scripts', 'checkDeclarations.mjs');
/** For one file of tests: Node gives them the time that it gives a test. */
const TIMEOUT_MS = 60_000 * Number(process.env.LEGCNET_TEST_MINUTES ?? 10);

const beforeBuild = steps.filter(step => step !== build);
const isReady = await runSteps(beforeBuild, { brief: true });
// Where it fails, the test that needs it is skipped by name.
if (isReady && zarr.check() !== null) await runSteps([zarr]);
process.exitCode = isReady && (await runChecks()) ? 0 : 1;

/** Cheap checks first; every check runs, so that one run shows all that is wrong. */
async function runChecks() {
  const results = [
    await runSteps([build]),
    run([BIOME, 'ci', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.']),
    run([CHECK_DECLARATIONS]),
    runTests(process.argv.slice(2)),
  ];
  return results.every(result => result);
}

/** Runs the compiled test files whose path contains one of the `filters`, or all. */
function runTests(filters) {
  const tests = listFiles(place.dist, 'test').filter(file => file.endsWith('.test.js'));
  const chosen = tests.filter(file => filters.length === 0 || filters.some(filter => file.includes(filter)));
  if (chosen.length === 0) {
    console.error(`No test file has ${filters.join(' or ')} in its path.`);
    return false;
  }
  const options = [`--test-concurrency=${availableParallelism()}`, `--test-timeout=${TIMEOUT_MS}`];
  const files = chosen.map(file => join(place.dist, file));
  return run(['--test', '--test-reporter=spec', ...options, ...files]);
}

function run(args) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: place.root,
    env: environment(),
    stdio: 'inherit',
  });
  return status === 0;
}
