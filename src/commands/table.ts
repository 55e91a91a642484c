import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireClone } from '../core/installation';
import { checkReplaceable, replaceFile } from '../core/replaceFile';
import { requireWhole } from '../core/require';
import { randomStream } from '../statistics/random';
import { formatStudyTable } from '../study/formatStudyTable';
import { formatTablesSummary } from '../study/formatTablesSummary';
import { recordName, savedRecords, saveRecords } from '../study/savedRecords';
import { savedSpectralRecords, spectralRowsFile, spectralRowsJson } from '../study/savedSpectralRecords';
import { type SpectralRecord, spectralRecord } from '../study/spectralRecord';
import { spectralTableText } from '../study/spectralTableText';
import { checkRecords, makeRecords, type RecordsPlan } from '../study/studyRecords';
import { savedTable4 } from '../study/table4';
import { table4Agreement } from '../study/table4Agreement';
import { table4AgreementText } from '../study/table4AgreementText';
import { type StudyTableOptions, table1, table2, table3 } from '../study/tables';
import { tablesSummary } from '../study/tablesSummary';
import { formatTextTable } from '../study/textTable';
import { asked } from './asked';

/** `legcnet table 1|2|3`; `legcnet table 4` has options of its own. */
export async function printTable(args: string[]): Promise<void> {
  if (args[0] === '4') return printTable4(args.slice(1));
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      procedure: { type: 'string', default: 'published' },
      masks: { type: 'string' },
      dataset: { type: 'string', multiple: true },
      init: { type: 'string' },
      recompute: { type: 'boolean', default: false },
      'max-epochs': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const make = { 1: table1, 2: table2, 3: table3 }[positionals.join(' ')];
  if (make === undefined)
    throw new RangeError(`Tables 1 to 4 are available, got '${positionals.join(' ')}'.`);
  const { procedure, masks, dataset, recompute } = values;
  const isAll = procedure === 'published' && masks === 'recomputed';
  const { init = isAll ? 'all' : 'row' } = values;
  const table = await make({
    procedure: procedure as NonNullable<StudyTableOptions['procedure']>,
    init: init === 'row' || init === 'all' ? init : Number(init),
    recompute,
    ...(masks === undefined ? {} : { masks: masks as NonNullable<StudyTableOptions['masks']> }),
    ...(dataset === undefined ? {} : { datasets: dataset as NonNullable<StudyTableOptions['datasets']> }),
    ...(values['max-epochs'] === undefined ? {} : { maxEpochs: Number(values['max-epochs']) }),
  });
  console.log(values.json ? JSON.stringify(table.rows, null, 1) : formatStudyTable(table));
}

async function printTable4(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      recompute: { type: 'boolean', default: false },
      init: { type: 'string' },
      checkpoint: { type: 'string' },
      save: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { recompute, init, checkpoint, save, json } = values;
  if (!recompute && (init !== undefined || checkpoint !== undefined || save)) {
    throw new RangeError('legcnet table 4: --init, --checkpoint and --save go with --recompute.');
  }
  const records: SpectralRecord[] = recompute ? [] : [...savedSpectralRecords()];
  if (save) {
    requireClone('legcnet table 4 --save', 'it changes the rows that come with the package');
    await checkReplaceable(spectralRowsFile);
  }
  const inits = init === undefined ? [1, 2, 3, 4, 5] : [Number(init)];
  for (const each of recompute ? inits : []) {
    const folder = checkpoint === undefined ? {} : { checkpoint: join(checkpoint, String(each)) };
    records.push(await spectralRecord(each, folder));
    if (save)
      await replaceFile(
        spectralRowsFile,
        spectralRowsJson(savedSpectralRecords(), records[records.length - 1]),
      );
  }
  const table = savedTable4(records);
  const agreement = table4Agreement(records);
  console.log(
    json
      ? JSON.stringify({ rows: table.rows, agreement: agreement.rows }, null, 1)
      : `${formatTextTable(spectralTableText(table))}\n\n${formatTextTable(table4AgreementText(agreement))}`,
  );
}

export async function printTables(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      summary: { type: 'boolean', default: false },
      make: { type: 'boolean', default: false },
      verify: { type: 'boolean', default: false },
      seed: { type: 'string' },
      dataset: { type: 'string', multiple: true },
      procedure: { type: 'string', multiple: true },
      out: { type: 'string' },
      recompute: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.make) {
    if (values.out === undefined) throw new RangeError('legcnet tables --make needs --out FILE.');
    await makeTables(values.out, asked(values, 'make saved rows'));
    return;
  }
  if (values.verify) {
    const seed = values.seed === undefined ? Date.now() : Number(values.seed);
    requireWhole(seed, 0, '--seed', 'verify saved rows', Number.MAX_SAFE_INTEGER);
    console.log(`Three saved rows, drawn by seed ${seed}`);
    const checks = await checkRecords(3, randomStream(seed, 'rows'));
    for (const { record, same, seconds } of checks) {
      console.log(`${record}: ${same ? 'the same, bit for bit' : 'DIFFERS'} (${seconds.toFixed(1)} s)`);
    }
    if (checks.some(({ same }) => !same)) process.exitCode = 1;
    return;
  }
  const summary = await tablesSummary({ recompute: values.recompute });
  console.log(values.json ? JSON.stringify(summary, null, 1) : formatTablesSummary(summary));
}

async function makeTables(file: string, plan: RecordsPlan): Promise<void> {
  await checkReplaceable(file);
  const records = savedRecords(file);
  for await (const record of makeRecords(plan, records)) {
    records.set(recordName(record), record);
    await saveRecords(records, file);
    console.log(`${recordName(record)}: ${record.seconds.toFixed(1)} s`);
  }
}
