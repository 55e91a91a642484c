import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { place } from '../place.mjs';
import { runProgram } from '../runProgram.mjs';
import { SetupError } from '../setupError.mjs';
import { compareStamp, hashFiles, writeStamp } from '../stamp.mjs';
import { missing } from '../stepState.mjs';
import { replaceFolder, withWorkFolder } from '../workFolder.mjs';

const STAMP = '.setup-stamp.json';
const INPUTS = ['package.json', 'package-lock.json', '.npmrc'];
const NO_REGISTRY =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|E401|E403|E5\d\d/;
const OPTIONS = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];

/** node_modules as the lock file says, without install scripts. */
export const npm = {
  name: 'npm',
  title: 'npm dependencies',

  check() {
    const state = compareStamp(join(place.modules, STAMP), facts(), 'node_modules');
    if (state !== null) return state;
    const lost = installedPackages()?.find(path => !existsSync(join(place.root, path, 'package.json')));
    return lost === undefined ? null : missing(`${lost} is not there`);
  },

  async run() {
    await withWorkFolder(place.work, async folder => {
      for (const name of INPUTS.filter(name => existsSync(join(place.root, name)))) {
        copyFileSync(join(place.root, name), join(folder, name));
      }
      await install(folder);
      await verify(folder);
      writeStamp(join(folder, 'node_modules', STAMP), facts());
      replaceFolder(join(folder, 'node_modules'), place.modules, folder);
    });
    return `installed ${installedPackages().length} packages from the lock file`;
  },
};

function facts() {
  return {
    'package-lock.json': hashFiles(place.root, ['package-lock.json']),
    'the Node ABI': process.versions.modules,
    'the platform': `${process.platform}-${process.arch}`,
  };
}

/** Paths like node_modules/tslab of all that npm put there, by npm's own record. */
function installedPackages() {
  const record = JSON.parse(readFileSync(join(place.modules, '.package-lock.json'), 'utf8'));
  return Object.keys(record.packages);
}

async function install(folder) {
  try {
    await runProgram('npm', ['ci', '--prefix', folder, ...OPTIONS], { cwd: folder });
  } catch (error) {
    const isNetwork = NO_REGISTRY.test(error.output);
    throw new SetupError({
      tried: 'npm ci, which installs what package-lock.json lists',
      problem: isNetwork ? `The npm registry does not answer (${error.reason}).` : error.reason,
      remedy: isNetwork
        ? 'Check the network and `npm config get registry`, then run `npm run setup` again.'
        : 'Make package.json and package-lock.json agree with `npm install --package-lock-only`, then run `npm run setup` again.',
    });
  }
}

/** The one native package besides TensorFlow: without it the kernel cannot talk to a notebook. */
async function verify(folder) {
  try {
    await runProgram(process.execPath, ['-e', "require('zeromq')"], { cwd: folder });
  } catch (error) {
    throw new SetupError({
      tried: 'loading zeromq, whose prebuilt binary the kernel needs',
      problem: error.reason,
      remedy: `Use Linux (glibc) or macOS on x64 or arm64: zeromq ships no binary for ${process.platform}-${process.arch}.`,
    });
  }
}
