import { findProgram } from './findProgram.mjs';
import { place } from './place.mjs';
import { runProgram } from './runProgram.mjs';
import { SetupError } from './setupError.mjs';

const MINIMUM_MINOR = 10;
const TRIED = `looking for Python 3.${MINIMUM_MINOR} or newer as python3 or python`;

/** The path of a Python 3 that is new enough and can make virtual environments. */
export async function findPython() {
  const paths = ['python3', 'python'].map(name => findProgram(name)).filter(path => path !== undefined);
  if (paths.length === 0) {
    throw new SetupError({
      tried: TRIED,
      problem: 'Neither python3 nor python is on PATH.',
      remedy: `Install Python 3.${MINIMUM_MINOR} or newer (on Debian or Ubuntu: apt install python3 python3-venv), then run \`${place.setupCommand}\` again.`,
    });
  }
  const versions = await Promise.all(paths.map(versionOf));
  const chosen = versions.findIndex(isNewEnough);
  if (chosen === -1) {
    throw new SetupError({
      tried: TRIED,
      problem: `${paths.map((path, i) => `${path} is ${versions[i]}`).join(', ')}: too old.`,
      remedy: `Install Python 3.${MINIMUM_MINOR} or newer and put it first on PATH, then run \`${place.setupCommand}\` again.`,
    });
  }
  await requireVenv(paths[chosen]);
  return paths[chosen];
}

async function versionOf(path) {
  try {
    return (await runProgram(path, ['-c', "import sys; print('%d.%d.%d' % sys.version_info[:3])"])).trim();
  } catch {
    return 'not working';
  }
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 3 && minor >= MINIMUM_MINOR;
}

/** Debian and Ubuntu put ensurepip, without which a virtual environment has no pip, in a package of its own. */
async function requireVenv(path) {
  try {
    await runProgram(path, ['-c', 'import ensurepip, venv']);
  } catch (error) {
    throw new SetupError({
      tried: `asking ${path} whether it can make a virtual environment`,
      problem: `Its venv or ensurepip module is not installed (${error.reason}).`,
      remedy: `Install it (on Debian or Ubuntu: apt install python3-venv), then run \`${place.setupCommand}\` again.`,
    });
  }
}
