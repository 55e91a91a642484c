import { existsSync } from 'node:fs';
import { cacheFolder, dataFileNames, mirrorFolder, placeInside } from '../../src/data/manifest';

const folders = [cacheFolder(), mirrorFolder()].filter(folder => folder !== undefined);
const isThere = (name: string): boolean => folders.some(folder => existsSync(placeInside(folder, name)));

/** Why tests on the real files are skipped, or false when cache and mirror (`LEGCNET_DATA`) hold them all. */
export const mirrorSkip: string | false = dataFileNames().every(isThere)
  ? false
  : 'neither LEGCNET_DATA nor the cache holds all data files';
