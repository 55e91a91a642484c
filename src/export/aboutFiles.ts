import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import { dataFile, datasetEntry } from '../data/manifest';
import type { StudyName } from '../data/studySettings';
import { type Environment, environment } from '../notebook/environment';
import type { ExportDraft } from './exportDraft';
import { exportReadme } from './exportReadme';
import { type GitState, gitState } from './gitState';
import { jsonText } from './jsonText';
import type { FoundSeed } from './traces';

/** `environment.json`: what it takes to compute the results again. */
export interface ExportEnvironment extends Environment {
  /** When it was exported, ISO 8601, UTC. */
  readonly created: string;
  /** What was called. */
  readonly command: string;
  /** What the whole analysis was seeded with, when that was said. */
  readonly seed: number | null;
  /** Seeds that the results carry. */
  readonly seeds: readonly FoundSeed[];
  /** The folder that the analysis ran in; null where it is in no git repository. */
  readonly analysis: GitState | null;
  /** This package's own files; null for an installed package. */
  readonly source: GitState | null;
  /** SHA-256 of the nearest package-lock.json, which pins every package; null where there is none. */
  readonly packageLock: string | null;
  /** The public files behind the data sets of the study that the results name. */
  readonly dataFiles: readonly UsedFile[];
  /** Words of the executed notebook about what executed it; absent for results of this process. */
  readonly session?: string;
}

interface UsedFile {
  readonly dataset: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly licence: string;
  readonly citation: string;
}

export interface AboutOptions {
  readonly name: string;
  /** A sentence or more for the README; empty for none. */
  readonly description: string;
  readonly command: string;
  readonly seed: number | null;
  readonly seeds: readonly FoundSeed[];
  readonly datasets: Iterable<string>;
  readonly session?: string;
}

/** Writes what is about the whole: environment, citation, and the README, which lists all files written before. */
export async function writeAbout(draft: ExportDraft, options: AboutOptions): Promise<void> {
  const { command, seed, seeds, datasets, session } = options;
  const made: ExportEnvironment = {
    created: new Date().toISOString(),
    command,
    seed,
    seeds,
    analysis: await gitState(process.cwd()),
    source: existsSync(join(packageRoot, '.git')) ? await gitState(packageRoot) : null,
    packageLock: await packageLock(),
    dataFiles: [...datasets].sort().flatMap(usedFiles),
    ...(session !== undefined && { session }),
    ...environment(),
  };
  await draft.write('environment.json', jsonText(made), { about: 'versions, machine, seeds, data files' });
  const citation = await readFile(join(packageRoot, 'CITATION.cff'));
  await draft.write('CITATION.cff', citation, { about: 'how to cite the software and the paper' });
  const readme = exportReadme({ ...options, environment: made, files: draft.files, leftOut: draft.leftOut });
  await draft.write('README.md', readme, { about: 'what this folder holds' });
}

/** None for Iris, whose values come with the package. */
function usedFiles(dataset: string): readonly UsedFile[] {
  const { files, weights } = datasetEntry(dataset as StudyName);
  return [...files, ...weights].map(file => {
    const { bytes, sha256, licence, citation } = dataFile(file);
    return { dataset, file, bytes, sha256, licence, citation };
  });
}

async function packageLock(): Promise<string | null> {
  for (const start of [process.cwd(), packageRoot]) {
    for (let folder = resolve(start); ; folder = dirname(folder)) {
      const path = join(folder, 'package-lock.json');
      if (existsSync(path))
        return createHash('sha256')
          .update(await readFile(path))
          .digest('hex');
      if (dirname(folder) === folder) break;
    }
  }
  return null;
}
