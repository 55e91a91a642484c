import { parseArgs } from 'node:util';
import { requireClone } from '../core/installation';
import { checkReplaceable, replaceFile } from '../core/replaceFile';
import { formatMnistRuns } from '../study/formatMnistRun';
import { type MnistNetwork, type MnistRunOptions, mnistRun } from '../study/mnistRun';
import { mnistRunsFile, mnistRunsJson, savedMnistRuns } from '../study/savedMnistRuns';
import { formatTextTable } from '../study/textTable';
import {
  savedVowelReadings,
  vowelReadings,
  vowelReadingsFile,
  vowelReadingsJson,
} from '../study/vowelReadings';
import { vowelReadingsText } from '../study/vowelReadingsText';

export async function printVowel(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { remake: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  if (values.remake) requireClone('legcnet vowel --remake', 'it changes the rows that come with the package');
  const readings = values.remake ? await vowelReadings() : savedVowelReadings();
  if (values.remake) await replaceFile(vowelReadingsFile, vowelReadingsJson(readings));
  console.log(values.json ? JSON.stringify(readings, null, 1) : formatTextTable(vowelReadingsText(readings)));
}

export async function printMnist(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      init: { type: 'string' },
      seed: { type: 'string' },
      networks: { type: 'string' },
      checkpoint: { type: 'string' },
      save: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { init, seed, networks, checkpoint, save, json } = values;
  if (init === undefined && (seed ?? networks ?? checkpoint ?? (save || undefined)) !== undefined) {
    throw new RangeError('legcnet mnist: --seed, --networks, --checkpoint and --save go with --init.');
  }
  if (save && networks !== undefined) {
    throw new RangeError(
      'legcnet mnist: --save keeps whole runs, which the tables need; leave --networks out.',
    );
  }
  const options: MnistRunOptions = {
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(networks !== undefined && { networks: networks.split(',') as MnistNetwork[] }),
    ...(checkpoint !== undefined && { checkpoint }),
  };
  if (save) {
    requireClone('legcnet mnist --save', 'it changes the rows that come with the package');
    await checkReplaceable(mnistRunsFile);
  }
  const runs =
    init === undefined ? savedMnistRuns().rows.map(row => row.run) : [await mnistRun(Number(init), options)];
  if (init !== undefined && save) {
    await replaceFile(mnistRunsFile, mnistRunsJson(savedMnistRuns(), runs[0], new Date()));
  }
  console.log(json ? JSON.stringify(runs, null, 1) : formatMnistRuns(runs));
}
