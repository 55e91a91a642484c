import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clone } from '../clone.mjs';
import { runProgram } from '../runProgram.mjs';
import { SetupError } from '../setupError.mjs';
import { compareStamp, hashFiles, listFiles, writeStamp } from '../stamp.mjs';

const INPUTS = ['src', 'test', 'tsconfig.json', 'package.json'];
const STAMP = join(clone.dist, '.setup-stamp.json');
const TSC = join(clone.modules, 'typescript', 'bin', 'tsc');
const OUTPUT = /\.(js|d\.ts)(\.map)?$/;

/** dist: the compiled package and tests. This is the type check too. */
export const build = {
  name: 'build',
  title: 'build',

  check() {
    return compareStamp(STAMP, { ...inputFacts(), ...outputFacts() }, 'dist');
  },

  async run() {
    const inputs = inputFacts();
    if (compareStamp(STAMP, outputFacts(), 'dist') !== null) forgetEarlierBuild();
    rmSync(STAMP, { force: true });
    await compile();
    removeStaleOutputs();
    if (existsSync(clone.cli)) chmodSync(clone.cli, 0o755);
    writeStamp(STAMP, { ...inputs, ...outputFacts() });
    return 'compiled src and test into dist without type errors';
  },
};

function inputFacts() {
  return { 'src, test, tsconfig.json or package.json': hashFiles(clone.root, INPUTS) };
}

function outputFacts() {
  return { dist: hashFiles(clone.dist, outputs()) };
}

function outputs() {
  return ['src', 'test'].flatMap(name => listFiles(clone.dist, name)).filter(file => OUTPUT.test(file));
}

/** The compiler skips files that it remembers having written, even where they were deleted since. */
function forgetEarlierBuild() {
  rmSync(join(clone.dist, '.tsbuildinfo'), { force: true });
}

async function compile() {
  try {
    await runProgram(process.execPath, [TSC, '-p', clone.root, '--pretty', 'false'], { cwd: clone.root });
  } catch (error) {
    const count = error.output.match(/error TS\d+/g)?.length ?? 0;
    throw new SetupError({
      tried: 'tsc -p ., which compiles src and test',
      problem: count > 0 ? `${count} type errors, listed below.` : error.reason,
      remedy: 'Correct them and run `npm run build`.',
      output: error.output,
    });
  }
}

/** A test whose source was deleted or renamed would otherwise run for ever. */
function removeStaleOutputs() {
  for (const file of outputs()) {
    const source = join(clone.root, file.replace(OUTPUT, '.ts'));
    if (!existsSync(source)) rmSync(join(clone.dist, file));
  }
}
