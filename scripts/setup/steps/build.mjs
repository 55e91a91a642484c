import { chmodSync, existsSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { place } from '../place.mjs';
import { runProgram } from '../runProgram.mjs';
import { SetupError } from '../setupError.mjs';
import { compareStamp, hashFiles, listFiles, writeStamp } from '../stamp.mjs';

const SOURCES = ['src', 'test', 'bench'];
const INPUTS = [...SOURCES, 'tsconfig.json', 'package.json'];
const STAMP = join(place.dist, '.setup-stamp.json');
const TSC = join(place.modules, 'typescript', 'bin', 'tsc');
const ASC = join(place.modules, 'assemblyscript', 'bin', 'asc.js');
/** AssemblyScript, one module a file, parts of modules in a folder; the TypeScript compiler sees nothing of it. */
const SIMD = join('src', 'kernels', 'simd');
const ASC_OPTIONS = [
  '--optimizeLevel',
  '3',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
];
/** Modules whose memory several threads share; `src/kernels/mlp32Module.ts` declares the same maximum. */
const SHARED = ['mlp32.ts'];
const SHARED_OPTIONS = [
  '--enable',
  'threads',
  '--importMemory',
  '--sharedMemory',
  '--initialMemory',
  '1',
  '--maximumMemory',
  '32768',
];
const OUTPUT = /\.(js|d\.ts|wasm)(\.map)?$/;

/** dist: the compiled package and tests, and the WebAssembly modules. This is the type check too. */
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
    const modules = (await compileModules()).map(module => `, ${module} to WebAssembly`);
    removeStaleOutputs();
    if (existsSync(place.cli)) chmodSync(place.cli, 0o755);
    writeStamp(STAMP, { ...inputs, ...outputFacts() });
    return `compiled src, test and bench into dist without type errors${modules.join('')}`;
  },
};

function inputFacts() {
  return { 'src, test, bench, tsconfig.json or package.json': hashFiles(place.root, INPUTS) };
}

function outputFacts() {
  return { dist: hashFiles(place.dist, outputs()) };
}

function outputs() {
  return SOURCES.flatMap(name => listFiles(place.dist, name)).filter(file => OUTPUT.test(file));
}

/** The compiler skips files that it remembers having written, even where they were deleted since. */
function forgetEarlierBuild() {
  rmSync(join(place.dist, '.tsbuildinfo'), { force: true });
}

async function compile() {
  try {
    await runProgram(process.execPath, [TSC, '-p', place.root, '--pretty', 'false'], { cwd: place.root });
  } catch (error) {
    const count = error.output.match(/error TS\d+/g)?.length ?? 0;
    throw new SetupError({
      tried: 'tsc -p ., which compiles src, test and bench',
      problem: count > 0 ? `${count} type errors, listed below.` : error.reason,
      remedy: 'Correct them and run `npm run build`.',
      output: error.output,
    });
  }
}

async function compileModules() {
  const sources = listFiles(place.root, SIMD).filter(file => file.endsWith('.ts') && dirname(file) === SIMD);
  for (const source of sources) {
    const module = join(place.dist, source.replace(/\.ts$/, '.wasm'));
    const options = SHARED.includes(basename(source)) ? [...ASC_OPTIONS, ...SHARED_OPTIONS] : ASC_OPTIONS;
    try {
      await runProgram(process.execPath, [ASC, source, '--outFile', module, ...options], {
        cwd: place.root,
      });
    } catch (error) {
      throw new SetupError({
        tried: `asc, which compiles ${source} to WebAssembly`,
        problem: error.reason,
        remedy: 'Correct it and run `npm run build`.',
        output: error.output,
      });
    }
  }
  return sources.map(source => basename(source));
}

/** A test whose source was deleted or renamed would otherwise run for ever. */
function removeStaleOutputs() {
  for (const file of outputs()) {
    const source = join(place.root, file.replace(OUTPUT, '.ts'));
    if (!existsSync(source)) rmSync(join(place.dist, file));
  }
}
