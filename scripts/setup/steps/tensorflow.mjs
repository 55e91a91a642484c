import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { place } from '../place.mjs';
import { SetupError } from '../setupError.mjs';
import { compareStamp, hashFiles, readStamp, writeStamp } from '../stamp.mjs';
import { compileBinding, findCompiler } from '../tensorflow/compile.mjs';
import { runOwnInstaller } from '../tensorflow/installer.mjs';
import { multiplyMatrices } from '../tensorflow/multiplyMatrices.mjs';
import { fetchLibrary, library, libraryState, requireWheel } from '../tensorflow/wheel.mjs';

const BINDING = join(place.tfjsNode, 'lib', 'napi-v8', 'tfjs_binding.node');
const STAMP = join(dirname(BINDING), 'setup-stamp.json');

/** The native binding that lets tfjs run on TensorFlow. */
export const tensorflow = {
  name: 'tensorflow',
  title: 'TensorFlow binding',

  check() {
    const state = compareStamp(STAMP, facts(), 'tfjs_binding.node');
    if (state !== null) return state;
    return readStamp(STAMP).from === 'wheel' ? libraryState() : null;
  },

  async run(report) {
    rmSync(STAMP, { force: true });
    const failure = await failureOfOwnInstaller();
    const from = failure === undefined ? 'installer' : 'wheel';
    if (failure !== undefined) await buildFromWheel(failure, report);
    writeStamp(STAMP, { from, ...facts() });
    return from === 'wheel'
      ? "compiled tfjs-node's binding with TensorFlow's wheel and multiplied two matrices with it"
      : "ran tfjs-node's own installer and multiplied two matrices with its binding";
  },
};

function facts() {
  return {
    'the user cache': library.folder,
    "tfjs-node's sources": hashFiles(place.tfjsNode, ['binding', 'package.json']),
    'tfjs_binding.node': existsSync(BINDING) ? hashFiles(dirname(BINDING), ['tfjs_binding.node']) : 'nothing',
  };
}

async function failureOfOwnInstaller() {
  try {
    await runOwnInstaller(place.tfjsNode);
    await multiplyMatrices();
    return undefined;
  } catch (error) {
    return error;
  }
}

async function buildFromWheel(installerFailure, report) {
  requireWheel(installerFailure);
  const compiler = findCompiler();
  await fetchLibrary(report);
  await compileBinding(compiler, place.tfjsNode, BINDING);
  try {
    await multiplyMatrices();
  } catch (error) {
    throw new SetupError({
      tried: 'multiplying two matrices with the compiled binding of tfjs-node',
      problem: error.reason,
      remedy: `Delete ${library.folder} and run \`${place.setupCommand}\` again; it needs Linux with glibc 2.27 or newer.`,
    });
  }
}
