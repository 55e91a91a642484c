import { fetchFile } from '../data/fetchFile';
import { filesOf } from '../data/manifest';
import { datasetNames } from '../data/studySettings';

export async function printData(names: string[]): Promise<void> {
  const unknown = names.find(name => !datasetNames.some(known => known === name));
  if (unknown !== undefined) {
    throw new RangeError(`There is no data set '${unknown}'; there are ${datasetNames.join(', ')}.`);
  }
  const wanted = datasetNames.filter(name => names.includes(name));
  const files = wanted.length === 0 ? filesOf() : new Set(wanted.flatMap(name => filesOf(name)));
  for (const file of files) {
    const { origin, path } = await fetchFile(file);
    console.log(`${file}: ${origin}, checksum right (${path})`);
  }
}
