// This file and the four entry files are all that an old Node reads, so they keep to syntax it can parse.

export const MINIMUM_NODE = '20.19';

/** The sentence to show when `version` (like '18.20.4') is too old, otherwise an empty string. */
export function nodeProblem(version) {
  const found = version.split('.').map(Number);
  const needed = MINIMUM_NODE.split('.').map(Number);
  const isNewEnough = found[0] > needed[0] || (found[0] === needed[0] && found[1] >= needed[1]);
  return isNewEnough ? '' : `Node ${version} is too old: legcnet needs Node ${MINIMUM_NODE} or newer.`;
}

/** Loads a command, or says what is wrong with the Node that runs it. */
export function onSupportedNode(loadCommand) {
  const problem = nodeProblem(process.versions.node);
  if (problem === '') return loadCommand();
  console.error(
    `${problem}\nRemedy: install a newer Node (\`nvm install\` reads .nvmrc), then run this again.`,
  );
  process.exitCode = 1;
}
