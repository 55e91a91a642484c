import { parseArgs } from 'node:util';
import { fetchFile } from '../data/fetchFile';
import { filesOf } from '../data/manifest';
import { datasetNames } from '../data/studySettings';

export async function printNotebook(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'reports' },
      publish: { type: 'boolean', default: false },
      param: { type: 'string', multiple: true, default: [] },
    },
  });
  if (positionals.length !== 1)
    throw new RangeError('Name one notebook, for instance: legcnet notebook quickstart');
  const { publishNotebook, runAndReport } = await import('../notebook/runAndReport.js');
  const params = parseParams(values.param);
  if (values.publish) {
    if (values.param.length > 0)
      throw new RangeError('A notebook is published with its defaults: leave --param out');
    console.log(`Notebook: ${await publishNotebook(positionals[0])}`);
    return;
  }
  const report = await runAndReport({ notebook: positionals[0], out: values.out, params });
  console.log(report.comparison);
  console.log(`Executed in ${report.seconds.toFixed(1)} s.`);
  console.log(`Notebook: ${report.ipynb}`);
  console.log(`Report:   ${report.html}`);
}

/** `epochs=10` as the number 10, `name=titanic` as a text: what JSON can read is JSON, all else a text. */
function parseParams(words: readonly string[]): Readonly<Record<string, unknown>> {
  const entries = words.map(word => {
    const at = word.indexOf('=');
    if (at < 1) throw new RangeError(`A parameter is given as NAME=VALUE, '${word}' came`);
    const text = word.slice(at + 1);
    try {
      return [word.slice(0, at), JSON.parse(text)];
    } catch {
      return [word.slice(0, at), text];
    }
  });
  return Object.fromEntries(entries);
}

export async function printBench(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const benches = {
    numerics: async () => (await import('../../bench/numerics.js')).benchNumerics,
    spectra: async () => (await import('../../bench/spectra.js')).benchSpectra,
    explanations: async () => (await import('../../bench/explanations.js')).benchExplanations,
  };
  const name = positionals.join();
  if (name !== 'numerics' && name !== 'spectra' && name !== 'explanations') {
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
