import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { describeValue, isList, requireWhole } from '../core/require';
import type { ExportedFolder } from '../notebook/exportView';

/** Where an export goes. */
export interface ExportPlaceOptions extends LongRunOptions {
  /** The folder that the folder of results is put into, made when missing. Default `exports`. */
  readonly out?: string;
  /** Replaces an earlier export of the same name, if nothing in it was changed or added since. Default false. */
  readonly replace?: boolean;
}

/** What is exported beside the results, and where. */
export interface ExportOptions extends ExportPlaceOptions {
  /** A sentence or more for the README. Default: none. */
  readonly description?: string;
  /** What the whole analysis was seeded with, for the record. Default: none; seeds inside the results are listed anyway. */
  readonly seed?: number;
  /** Writes the series of recordings too, eight bytes a weight and iterate. Default false. */
  readonly recordings?: boolean;
}

export const exportPlaceOptionNames: OptionNames<ExportPlaceOptions> = {
  out: true,
  replace: true,
  ...longRunOptionNames,
};
const exportOptionNames: OptionNames<ExportOptions> = {
  description: true,
  seed: true,
  recordings: true,
  ...exportPlaceOptionNames,
};

/**
 * Writes results into a folder from which others can cite and check them, and returns where and what. By kind:
 *
 * - figures: a page that opens offline, Plotly JSON, and where Chromium is there PNG and SVG
 * - tables, data frames, lists of records: CSV and JSON at full precision, LaTeX (booktabs) rounded as shown
 * - masks: indices of removed weights, counts for each layer
 * - networks: safetensors (float64) and a TensorFlow.js layers model (float32); a TensorFlow.js model as such
 * - exponents: NumPy arrays, windows x weights; recordings: settings, epochs, networks, and on request the series
 * - data sets: how they were made, which row of the source went where, checksums; not the numbers, which have owners
 * - everything else: JSON of all fields, long typed arrays as NumPy files, and the table that it shows, if it shows one
 *
 * With them go the environment (versions, seeds, commit, data files), a README, the citation, and `manifest.json` with the
 * SHA-256 of every file. What could not be written is listed in the manifest with the reason. File names are made from
 * the names given: letters, digits, `_` and `-` stay. The folder appears when it is complete, never half-made.
 *
 * @param name of the analysis, and so of the folder
 * @param results by name
 * @throws TypeError for a name that is no text, results that are no object, or an unknown option
 * @throws RangeError when there are no results, a result contains itself, or the folder holds something that may not be replaced
 * @throws the signal's reason when aborted
 *
 * @example
 * import { createMask, exportResults } from 'legcnet';
 * const mask = createMask([2, 2, 1], [0, 5], 'the first and the last');
 * const { files } = await exportResults('first', { mask });
 * files; // ['masks/mask.json', 'environment.json', 'CITATION.cff', 'README.md', 'manifest.json']
 */
export async function exportResults(
  name: string,
  results: Readonly<Record<string, unknown>>,
  options: ExportOptions = {},
): Promise<ExportedFolder> {
  const task = 'export results';
  requireName(name, task);
  if (typeof results !== 'object' || results === null || isList(results)) {
    throw new TypeError(
      `Cannot ${task}: an object with results by name is required, ${describeValue(results)} came`,
    );
  }
  if ('kind' in results && typeof results.kind === 'string') {
    throw new TypeError(`Cannot ${task}: give the ${results.kind} a name, as in { name: ${results.kind} }`);
  }
  checkOptions(options, exportOptionNames, task);
  if (Object.keys(results).length === 0) throw new RangeError(`Cannot ${task}: there are none`);
  const { out = 'exports', replace = false, recordings = false, description = '', seed = null } = options;
  if (seed !== null) requireWhole(seed, 0, 'seed', task);
  // Loaded when asked for: the many forms of results are no business of those who never export.
  const { resultsFolder } = await import('./resultsFolder.js');
  const run = new LongRun(options);
  return resultsFolder(name, results, { out, replace, recordings, description, seed, run });
}

/** @throws TypeError unless the name is a text, RangeError for an empty one */
export function requireName(name: string, task: string): void {
  if (typeof name !== 'string') {
    throw new TypeError(`Cannot ${task}: a name is required, ${describeValue(name)} came`);
  }
  if (name.trim() === '') throw new RangeError(`Cannot ${task}: the name is empty`);
}
