import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import { packageVersion } from '../network/trainingIdentity';
import type { MnistRun } from './mnistRun';

/** Runs of `mnistRun` that were kept, with what made them. */
export interface SavedMnistRuns {
  /** How the file was made. */
  readonly about: string;
  /** One entry an initialisation. */
  readonly rows: readonly SavedMnistRun[];
}

/** One saved run of MNIST, and what made it. */
export interface SavedMnistRun {
  /** The command that makes it again. */
  readonly command: string;
  /** Version of the package that made it. */
  readonly version: string;
  /** When it was made, ISO 8601. */
  readonly made: string;
  /** The run itself. */
  readonly run: MnistRun;
}

export const mnistRunsFile: string = join(packageRoot, 'data', 'mnistRuns.json');

/**
 * The runs of `data/mnistRuns.json`, by initialisation; none when the file is absent.
 *
 * @example
 * import { savedMnistRuns } from 'legcnet';
 * savedMnistRuns().rows.length; // 5
 */
export function savedMnistRuns(): SavedMnistRuns {
  if (!existsSync(mnistRunsFile)) return { about, rows: [] };
  return JSON.parse(readFileSync(mnistRunsFile, 'utf8')) as SavedMnistRuns;
}

/** The file's text with this run in place of an earlier one of the same initialisation. */
export function mnistRunsJson({ rows }: SavedMnistRuns, run: MnistRun, made: Date): string {
  const command = `legcnet mnist --init ${run.init} --seed ${run.seed} --save`;
  const row: SavedMnistRun = { command, version: packageVersion(), made: made.toISOString(), run };
  const all = [...rows.filter(each => each.run.init !== run.init), row];
  all.sort((a, b) => a.run.init - b.run.init);
  const lines = all.map(each => `    ${JSON.stringify(each)}`);
  return `{\n  "about": ${JSON.stringify(about)},\n  "rows": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

const about =
  'MNIST from the published initialisations, one a row: all 41 000 weights analysed while the network trains, then dense and ' +
  'pruned networks trained under the stop rule. Images and order of batches are drawn by the seed, since the study published ' +
  'neither. Seconds and memory are those of the machine that made the row.';
