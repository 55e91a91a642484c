import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import { packageVersion } from '../network/trainingIdentity';
import type { SpectralRecord } from './spectralRecord';

/** A kept record with what made it. */
export interface SavedSpectralRecord extends SpectralRecord {
  /** The command that makes it again. */
  readonly command: string;
  /** Version of the package that made it. */
  readonly version: string;
}

export const spectralRowsFile: string = join(packageRoot, 'data', 'spectralRows.json');

/**
 * The records that ship with the package, behind `legcnet table 4` and `legcnet figure 5`, by initialisation; none without the file.
 *
 * @example
 * import { savedSpectralRecords } from 'legcnet';
 * savedSpectralRecords().map(({ init }) => init); // [1, 2, 3, 4, 5]
 */
export function savedSpectralRecords(file: string = spectralRowsFile): readonly SavedSpectralRecord[] {
  if (!existsSync(file)) return [];
  // JSON writes what is not a number as null.
  const revive = (_: string, value: unknown): unknown => (value === null ? Number.NaN : value);
  return (JSON.parse(readFileSync(file, 'utf8'), revive) as { rows: SavedSpectralRecord[] }).rows;
}

/** The file's text with this record in place of an earlier one of the same initialisation; a network a line. */
export function spectralRowsJson(known: readonly SavedSpectralRecord[], record: SpectralRecord): string {
  const command = `legcnet table 4 --recompute --init ${record.init} --save`;
  const all = [
    ...known.filter(({ init }) => init !== record.init),
    { command, version: packageVersion(), ...record },
  ];
  all.sort((a, b) => a.init - b.init);
  const rows = all.map(({ networks, ...head }) => {
    const lines = networks.map(network => `        ${JSON.stringify(network)}`);
    return `    {\n      ${JSON.stringify(head).slice(1, -1)},\n      "networks": [\n${lines.join(',\n')}\n      ]\n    }`;
  });
  return `{\n  "about": ${JSON.stringify(about)},\n  "rows": [\n${rows.join(',\n')}\n  ]\n}\n`;
}

const about =
  'MNIST networks of Table 4 from the published initialisations, one a row, trained here and diagnosed layer by layer. Images, ' +
  'order of batches, random masks and nulls are drawn by the seed. Eigenvalues at full precision; those of shuffled weights, ' +
  'which only figures use, at four digits. Seconds are those of the machine that made the row.';
