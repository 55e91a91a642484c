import { mkdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findProgram } from '../findProgram.mjs';
import { packageFolder, place } from '../place.mjs';
import { runProgram } from '../runProgram.mjs';
import { SetupError } from '../setupError.mjs';
import { listFiles } from '../stamp.mjs';
import { withWorkFolder } from '../workFolder.mjs';
import { library } from './wheel.mjs';

const NODE_HEADERS = join(packageFolder('node-api-headers'), 'include');
const FLAGS = ['-std=c++17', '-O2', '-fPIC', '-DNAPI_VERSION=8'];

/** The path of a C++ compiler. */
export function findCompiler() {
  const found = findProgram('g++', 'c++', 'clang++');
  if (found !== undefined) return found;
  throw new SetupError({
    tried: "looking for a C++ compiler to build tfjs-node's binding, whose download server does not answer",
    problem: 'None of g++, c++ and clang++ is on PATH.',
    remedy: `Install one (on Debian or Ubuntu: apt install g++), then run \`${place.setupCommand}\` again.`,
  });
}

/** Compiles the C++ sources of tfjs-node against the library in the user's cache, into the file `binding`. */
export async function compileBinding(compiler, tfjsNode, binding) {
  const sources = listFiles(tfjsNode, 'binding').filter(name => name.endsWith('.cc'));
  const includes = [NODE_HEADERS, library.include].map(path => `-I${path}`);
  const libraries = library.names.map(name => join(library.folder, name));
  await withWorkFolder(place.work, async folder => {
    const made = join(folder, basename(binding));
    try {
      const objects = await Promise.all(
        sources.map(async source => {
          const object = join(folder, `${basename(source)}.o`);
          await runProgram(compiler, [...FLAGS, ...includes, '-c', join(tfjsNode, source), '-o', object]);
          return object;
        }),
      );
      await runProgram(compiler, [
        '-shared',
        ...objects,
        ...libraries,
        `-Wl,-rpath,${library.folder}`,
        '-o',
        made,
      ]);
    } catch (error) {
      throw new SetupError({
        tried: `compiling tfjs-node's binding with ${compiler}`,
        problem: error.reason,
        remedy: `Use a compiler that knows C++17 (g++ 9 or newer), then run \`${place.setupCommand}\` again.`,
      });
    }
    mkdirSync(dirname(binding), { recursive: true });
    renameSync(made, binding);
  });
}
