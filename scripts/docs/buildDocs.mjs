import { join } from 'node:path';
import { Application, Logger, LogLevel } from 'typedoc';
import { place } from '../setup/place.mjs';
import { addSubpaths } from './addSubpaths.mjs';
import { linkNames } from './linkNames.mjs';
import { pipeline } from './pipeline.mjs';
import { placeTypes } from './placeTypes.mjs';
import { sayKinds } from './sayKinds.mjs';

const ENTRIES = [
  ['legcnet', join(place.root, 'src', 'index.ts')],
  ['legcnet/queue', join(place.root, 'src', 'queue', 'index.ts')],
];
const TSCONFIG = join(place.root, 'tsconfig.json');

/**
 * Writes the API documentation into `out`: one page a name, in the order of `src/index.ts`, the README in front.
 *
 * @returns problems (an undocumented name or field, a link that leads nowhere, a type that no function shows; with any of them
 *   the pages are not to be trusted) and the number of names
 */
export async function buildDocs(out, { entries = ENTRIES, tsconfig = TSCONFIG } = {}) {
  const { sections, order } = pipeline(entries);
  const app = await Application.bootstrap({
    entryPoints: entries.map(([, file]) => file),
    tsconfig,
    skipErrorChecking: true, // the build has checked types
    name: 'legcnet',
    readme: join(place.root, 'README.md'),
    disableGit: true,
    disableSources: true,
    hideGenerator: true,
    excludePrivate: true,
    categorizeByGroup: false,
    categoryOrder: sections,
    navigation: { includeCategories: true, includeGroups: false },
    sort: ['kind'],
    requiredToBeDocumented: [
      'Variable',
      'Function',
      'Class',
      'Interface',
      'Property',
      'Method',
      'Accessor',
      'TypeAlias',
    ],
    validation: { notDocumented: true, notExported: true, invalidLink: true, invalidPath: true },
  });
  const logger = new Collector();
  app.logger = logger;
  sayKinds(app);
  linkNames(app);
  placeTypes(app);
  addSubpaths(
    app,
    [
      ['kernel', 'Notebook'],
      ['queue', 'legcnet/queue'],
    ].map(([name, section]) => [`legcnet/${name}`, join(place.root, name, 'index.d.ts'), section]),
  );
  order(app);

  const project = await app.convert();
  if (project === undefined) return { problems: [...logger.problems, 'nothing was read'], names: 0 };
  app.validate(project);
  await app.generateDocs(project, out);
  const names = project.children.length;
  return { problems: logger.problems, names };
}

/** Keeps warnings and errors: both are problems. */
class Collector extends Logger {
  problems = [];

  log(message, level) {
    super.log(message, level);
    if (level >= LogLevel.Warn) this.problems.push(message);
  }

  addContext(message) {
    return message;
  }
}
