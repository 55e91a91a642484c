#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fetchFile } from './data/fetchFile';
import { filesOf } from './data/manifest';
import { datasetNames } from './data/studySettings';
import { formatMaskChoices } from './study/formatMaskChoices';
import { formatStudyTable } from './study/formatStudyTable';
import { maskChoices, maskChoicesFile, maskChoicesJson, savedMaskChoices } from './study/maskChoices';
import { type StudyTableOptions, table1, table2 } from './study/smallTables';

const usage = `legcnet: chaos-causality pruning, step by step

  legcnet table 1|2 --masks published|recomputed [--init row|all|1..5] [--max-epochs N] [--json]
      the paper's table, our values beside the published ones; recomputed masks are made again from the initial
      weights, by default for all initialisations, and set beside those that the study lists
  legcnet masks [--remake] [--json]
      which ways of making masks give the published ones, from saved rows; --remake makes the rows again (ten minutes)
  legcnet notebook NAME [--out FOLDER] [--publish]
      executes notebooks/NAME.ts and writes the executed notebook and an offline HTML report; with --publish
      writes notebooks/NAME.ipynb instead, as it is committed: figures as PNG, no scripts
  legcnet bench numerics [--quick] [--json]
      speeds beside those of statsmodels and nolds, which it installs in .bench-venv, and beside the targets
  legcnet data [NAME ...]
      fetches every file of the named data sets (default: all), weights and masks included, and checks them
`;

async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'table') await printTable(rest);
  else if (command === 'masks') await printMasks(rest);
  else if (command === 'notebook') await printNotebook(rest);
  else if (command === 'bench') await printBench(rest);
  else if (command === 'data') await printData(rest);
  else if (command === undefined || command === 'help' || command === '--help') process.stdout.write(usage);
  else throw new RangeError(`There is no command '${command}'.\n\n${usage}`);
}

async function printTable(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      masks: { type: 'string' },
      procedure: { type: 'string', default: 'published' },
      init: { type: 'string' },
      'max-epochs': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const make = { 1: table1, 2: table2 }[positionals[0] ?? ''];
  if (make === undefined)
    throw new RangeError(`Tables 1 and 2 are available, got '${positionals.join(' ')}'.`);
  const { masks, init = masks === 'recomputed' ? 'all' : 'row' } = values;
  if (values.procedure !== 'published' || (masks !== 'published' && masks !== 'recomputed')) {
    throw new RangeError('Tables are made with --procedure published --masks published or recomputed only.');
  }
  const options: StudyTableOptions = {
    masks,
    init: init === 'row' || init === 'all' ? init : Number(init),
    ...(values['max-epochs'] === undefined ? {} : { maxEpochs: Number(values['max-epochs']) }),
  };
  const table = await make(options);
  console.log(values.json ? JSON.stringify(table.rows, null, 1) : formatStudyTable(table));
}

async function printMasks(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { remake: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const table = values.remake ? await maskChoices() : savedMaskChoices();
  if (values.remake) await writeFile(maskChoicesFile, maskChoicesJson(table));
  console.log(values.json ? JSON.stringify(table.rows, null, 1) : formatMaskChoices(table));
}

async function printNotebook(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string', default: 'reports' }, publish: { type: 'boolean', default: false } },
  });
  if (positionals.length !== 1)
    throw new RangeError('Name one notebook, for instance: legcnet notebook quickstart');
  const { publishNotebook, runAndReport } = await import('./notebook/runAndReport.js');
  if (values.publish) {
    console.log(`Notebook: ${await publishNotebook(positionals[0])}`);
    return;
  }
  const report = await runAndReport({ notebook: positionals[0], out: values.out });
  console.log(report.comparison);
  console.log(`Executed in ${report.seconds.toFixed(1)} s.`);
  console.log(`Notebook: ${report.ipynb}`);
  console.log(`Report:   ${report.html}`);
}

async function printBench(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  if (positionals.join() !== 'numerics') throw new RangeError('There is one bench: legcnet bench numerics');
  const { benchNumerics } = await import('../bench/numerics.js');
  const { formatNumerics } = await import('../bench/formatNumerics.js');
  const bench = await benchNumerics({ quick: values.quick });
  console.log(values.json ? JSON.stringify(bench, null, 1) : formatNumerics(bench));
}

async function printData(names: string[]): Promise<void> {
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

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
