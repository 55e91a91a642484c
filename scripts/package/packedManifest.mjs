import { posix } from 'node:path';

/**
 * Packages that travel inside ours, without their own lists of dependencies, which ours takes over. npm's `overrides` are
 * heeded in a clone only; whoever installs the packed package would otherwise get what these two ask for.
 */
export const bundled = {
  // Asks for a second, older tfjs-node, for `xlsx` from a web address, and for `request`, which is no longer mended.
  'danfojs-node': { licence: 'MIT', undeclared: [] },
  // Its install script ends every `npm install` that cannot reach storage.googleapis.com, and it asks for outdated `tar`
  // and `adm-zip`. It imports one package that it does not name.
  '@tensorflow/tfjs-node': { licence: 'Apache-2.0', undeclared: ['@tensorflow/tfjs-core'] },
};

const KEPT = [
  'name',
  'version',
  'description',
  'license',
  'type',
  'main',
  'types',
  'bin',
  'engines',
  'peerDependencies',
  'peerDependenciesMeta',
];

/**
 * package.json of the packed package: ours without what only a clone needs (scripts, tools, overrides), with the
 * dependencies of the bundled packages in the versions of the lock file.
 *
 * @throws Error when two of them need different versions of one package, which then would have to travel, too
 */
export function packedManifest(manifest, lock) {
  const dependencies = { ...manifest.dependencies };
  for (const [owner, { undeclared }] of Object.entries(bundled)) {
    const names = [...Object.keys(lock.packages[`node_modules/${owner}`].dependencies), ...undeclared];
    for (const name of names.filter(name => !(name in bundled))) {
      const wanted = lockedSpec(lock, owner, name);
      if ((dependencies[name] ?? wanted) !== wanted) {
        throw new Error(`${owner} needs ${name} ${wanted}, but the package has ${dependencies[name]}`);
      }
      dependencies[name] = wanted;
    }
  }
  const kept = Object.entries(manifest).filter(([field]) => KEPT.includes(field));
  return {
    ...Object.fromEntries(kept),
    dependencies: Object.fromEntries(Object.entries(dependencies).sort()),
    bundleDependencies: Object.keys(bundled),
  };
}

/** package.json of a bundled package: as it is, without dependencies and without scripts. */
export function bundledManifest(manifest) {
  const { dependencies: _, devDependencies, scripts, files, ...kept } = manifest;
  return {
    ...kept,
    // npm would compile what has a binding.gyp.
    gypfile: false,
    '//': 'Changed by legcnet, which carries this copy: dependencies moved to the package.json of legcnet, scripts left out.',
  };
}

/** package.json of a package whose code lies in another folder. */
export function leadingTo(folder, { name, version, license, main, types, ...rest }) {
  const paths = { main: posix.join(folder, main), types: posix.join(folder, types) };
  return { name, version, license, ...paths, gypfile: rest.gypfile, '//': rest['//'] };
}

/** The exact version that `owner` gets, under the name of another package where the lock file says so. */
function lockedSpec({ packages }, owner, name) {
  const entry = packages[`node_modules/${owner}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
  return entry.name === undefined ? entry.version : `npm:${entry.name}@${entry.version}`;
}
