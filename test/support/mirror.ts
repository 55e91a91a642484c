import { existsSync } from 'node:fs';
import { cacheFolder, datasetEntry, mirrorFolder, placeInside } from '../../src/data/manifest';
import type { StudyName } from '../../src/data/studySettings';

const folders = [cacheFolder(), mirrorFolder()].filter(folder => folder !== undefined);
const isThere = (name: string): boolean => folders.some(folder => existsSync(placeInside(folder, name)));

/** Why a test on real files is skipped, or false when cache or mirror (`LEGCNET_DATA`) holds each of them. */
export function skipUnless(...files: readonly string[]): string | false {
  const missing = files.filter(file => !isThere(file));
  return missing.length === 0 ? false : `neither LEGCNET_DATA nor the cache holds ${missing.join(', ')}`;
}

/** Files that training the study's networks on these data sets reads: the rows and the published initial weights. */
export function trainingFiles(...names: readonly StudyName[]): string[] {
  return names.map(datasetEntry).flatMap(({ files, weights }) => [...files, ...weights]);
}
