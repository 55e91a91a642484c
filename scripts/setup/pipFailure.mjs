import { place } from './place.mjs';
import { SetupError } from './setupError.mjs';

const NO_INDEX =
  /No matching distribution|Could not find a version|connection|timed out|ProxyError|SSLError|HTTPError/i;

/** Tells a package index that does not answer from any other failure of pip. */
export function pipFailure(tried, error) {
  if (!NO_INDEX.test(error.output)) {
    return new SetupError({
      tried,
      problem: error.reason,
      remedy: `Correct what pip names (disk space, rights), then run \`${place.setupCommand}\` again.`,
    });
  }
  return new SetupError({
    tried,
    problem: `The Python package index does not answer or lacks a package (${error.reason}).`,
    remedy: `Check the network and \`pip config list\`, then run \`${place.setupCommand}\` again.`,
  });
}
