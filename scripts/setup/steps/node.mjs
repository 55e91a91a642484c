import { findProgram } from '../findProgram.mjs';
import { nodeProblem } from '../nodeVersion.mjs';
import { place } from '../place.mjs';
import { SetupError } from '../setupError.mjs';
import { missing, outdated } from '../stepState.mjs';

/** A Node that is new enough, with npm. */
export const node = {
  name: 'node',
  title: 'Node and npm',

  check() {
    const problem = nodeProblem(process.versions.node);
    if (problem !== '') return outdated(problem);
    return findProgram('npm') === undefined ? missing('npm is not on PATH') : null;
  },

  async run() {
    throw new SetupError({
      tried: `looking for Node and npm (this is Node ${process.versions.node})`,
      problem: node.check().why,
      remedy: `Install Node together with npm, for example with \`nvm install\`, and run \`${place.setupCommand}\` again.`,
    });
  },
};
