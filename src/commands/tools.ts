import { parseArgs } from 'node:util';
import { fetchFile } from '../data/fetchFile';
import { filesOf } from '../data/manifest';
import { datasetNames } from '../data/studySettings';

export async function printBench(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const benches = {
    chain: async () => (await import('../../bench/chain.js')).benchWholeChain,
    training: async () => (await import('../../bench/training.js')).benchTraining,
    numerics: async () => (await import('../../bench/numerics.js')).benchNumerics,
    spectra: async () => (await import('../../bench/spectra.js')).benchSpectra,
    explanations: async () => (await import('../../bench/explanations.js')).benchExplanations,
  };
  const name = positionals.join();
  if (name !== 'numerics' && name !== 'spectra' && name !== 'chain' && name !== 'explanations' && name !== 'training') {
    throw new RangeError(`There is no bench '${name}'; there are ${Object.keys(benches).join(', ')}.`);
  }
  const { formatBench } = await import('../../bench/formatBench.js');
  const bench = await (await benches[name]())({ quick: values.quick });
  console.log(values.json ? JSON.stringify(bench, null, 1) : formatBench(bench));
}

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
