#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Procedure } from './data/dataset';
import { fetchFile } from './data/fetchFile';
import { filesOf } from './data/manifest';
import { datasetNames, type StudyName } from './data/studySettings';
import type { ChoiceRecord } from './study/choiceRecord';
import { choiceStudy } from './study/choiceStudy';
import { figure6 } from './study/figure6';
import { figure5PanelFigures, figure6PanelFigures, type NamedFigure } from './study/figurePanels';
import { formatChoiceStudy } from './study/formatChoiceStudy';
import { formatMaskChoices } from './study/formatMaskChoices';
import { formatMnistRuns } from './study/formatMnistRun';
import { formatRecomputedMask } from './study/formatRecomputedMask';
import { formatSpectralTable } from './study/formatSpectralTable';
import { formatStudyTable } from './study/formatStudyTable';
import { formatTable4Agreement } from './study/formatTable4Agreement';
import { formatTablesSummary } from './study/formatTablesSummary';
import { formatVowelReadings } from './study/formatVowelReadings';
import { maskChoices, maskChoicesFile, maskChoicesJson, savedMaskChoices } from './study/maskChoices';
import { type MnistNetwork, type MnistRunOptions, mnistRun } from './study/mnistRun';
import { recomputedMask } from './study/recomputedMask';
import { choicesFile, makeChoices, saveChoices, savedChoices } from './study/savedChoices';
import { mnistRunsFile, mnistRunsJson, savedMnistRuns } from './study/savedMnistRuns';
import { recordName, savedRecords, saveRecords } from './study/savedRecords';
import { savedSpectralRecords, spectralRowsFile, spectralRowsJson } from './study/savedSpectralRecords';
import type { BarNetwork } from './study/shapBars';
import { type SmallDataset, smallDatasets } from './study/smallDatasets';
import { type SpectralRecord, spectralRecord } from './study/spectralRecord';
import { checkRecords, makeRecords, type RecordsPlan } from './study/studyRecords';
import { type SpectralNetworkName, savedTable4 } from './study/table4';
import { table4Agreement } from './study/table4Agreement';
import { type StudyTableOptions, table1, table2, table3 } from './study/tables';
import { tablesSummary } from './study/tablesSummary';
import {
  savedVowelReadings,
  vowelReadings,
  vowelReadingsFile,
  vowelReadingsJson,
} from './study/vowelReadings';

const usage = `legcnet: chaos-causality pruning, step by step

  legcnet table 1|2|3 [--procedure published|described|sound] [--masks published|recomputed] [--dataset NAME ...]
                      [--init row|all|1..5] [--recompute] [--max-epochs N] [--json]
      the paper's table, our values beside the published ones, from saved rows or trained again; recomputed masks are
      made again from the initial weights, by default for all initialisations, and set beside those that the study lists
  legcnet table 4 [--recompute [--init 1..5] [--checkpoint FOLDER] [--save]] [--json]
      WeightWatcher's alpha of five MNIST networks, layer by layer, with p-values, and the paper's Table 4 beside its own
      figures; from saved rows, or trained again (80 s of processor time for each), which --save keeps
  legcnet figure 5 [--init 1..5] [--layer 1|2|3 ...] [--network NAME ...] [--json]
      the paper's Figure 5 from the saved rows: spectra beside those of shuffled weights; as JSON one Plotly figure a panel
  legcnet figure 6 [--dataset NAME ...] [--network dense|FT|PT|random|magnitude ...] [--json]
      the paper's Figure 6: mean |SHAP| of each feature, computed now, beside the paper's; as JSON one Plotly figure a panel
  legcnet tables --summary [--recompute] [--json]
      how many cells of Tables 1 to 3 agree, lie inside our distribution, are explained, or are not
  legcnet tables --verify
      makes three saved rows, drawn by chance, again and compares them bit for bit
  legcnet tables --make [--dataset NAME ...] [--procedure NAME ...] --out FILE
      trains what the saved rows hold and writes it to FILE; what FILE holds already is left, so that it goes on where
      it was stopped
  legcnet choice [--dataset NAME ...] [--procedure NAME ...] [--recompute --out FILE] [--json]
      does LEGCNet's choice of weights beat its rivals at equal sparsity? From saved runs; --recompute trains those that
      FILE lacks and writes them there (half an hour for all), so that a run that was stopped goes on
  legcnet mask NAME FT|PT INIT [--max-lag N] [--json]
      one mask of the small networks made again, beside the published one, and the network trained under it
  legcnet masks [--remake] [--json]
      which ways of making masks give the published ones, from saved rows; --remake makes the rows again (ten minutes)
  legcnet vowel [--remake] [--json]
      readings of the study's vowel run nearest to the paper's row, from saved rows; --remake trains them again (five minutes)
  legcnet mnist [--init 1..5 [--seed N] [--networks NAME,...] [--checkpoint FOLDER] [--save]] [--json]
      the saved runs of MNIST, or one made now (minutes): all 41 000 weights analysed while the network trains, then
      dense and pruned networks, as intended and as coded; with a folder, killed runs go on where they were
  legcnet notebook NAME [--out FOLDER] [--publish]
      executes notebooks/NAME.ts and writes the executed notebook and an offline HTML report; with --publish
      writes notebooks/NAME.ipynb instead, as it is committed: figures as PNG, no scripts
  legcnet bench numerics|spectra|explanations [--quick] [--json]
      speeds beside those of statsmodels and nolds (numerics), WeightWatcher (spectra) or shap (explanations), installed in
      .bench-venv, and beside the targets
  legcnet data [NAME ...]
      fetches every file of the named data sets (default: all), weights and masks included, and checks them
`;

async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'table' && rest[0] === '4') await printTable4(rest.slice(1));
  else if (command === 'table') await printTable(rest);
  else if (command === 'figure') await printFigure(rest);
  else if (command === 'tables') await printTables(rest);
  else if (command === 'choice') await printChoice(rest);
  else if (command === 'mask') await printMask(rest);
  else if (command === 'masks') await printMasks(rest);
  else if (command === 'vowel') await printVowel(rest);
  else if (command === 'mnist') await printMnist(rest);
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
  const inits = init === undefined ? [1, 2, 3, 4, 5] : [Number(init)];
  for (const each of recompute ? inits : []) {
    const folder = checkpoint === undefined ? {} : { checkpoint: join(checkpoint, String(each)) };
    records.push(await spectralRecord(each, folder));
    if (save)
      await writeFile(
        spectralRowsFile,
        spectralRowsJson(savedSpectralRecords(), records[records.length - 1]),
      );
  }
  const table = savedTable4(records);
  const agreement = table4Agreement(records);
  console.log(
    json
      ? JSON.stringify({ rows: table.rows, agreement: agreement.rows }, null, 1)
      : `${formatSpectralTable(table)}\n\n${formatTable4Agreement(agreement)}`,
  );
}

async function printFigure(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      init: { type: 'string' },
      layer: { type: 'string', multiple: true },
      dataset: { type: 'string', multiple: true },
      network: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    },
  });
  const { init, layer, dataset, network, json } = values;
  const make: Readonly<Record<string, () => Promise<readonly NamedFigure[]>>> = {
    5: async () =>
      figure5PanelFigures({
        ...(init !== undefined && { init: Number(init) }),
        ...(layer !== undefined && { layers: layer.map(Number) }),
        ...(network !== undefined && { networks: network as SpectralNetworkName[] }),
      }),
    6: async () =>
      figure6PanelFigures(
        await figure6({
          datasets: (dataset as SmallDataset[] | undefined) ?? ['cancer'],
          networks: (network as BarNetwork[] | undefined) ?? ['dense', 'FT', 'PT'],
        }),
      ),
  };
  const wanted = make[positionals.join(' ')];
  if (wanted === undefined)
    throw new RangeError(`Figures 5 and 6 are available, got '${positionals.join(' ')}'.`);
  const panels = await wanted();
  const specs = panels.map(({ name, figure: { data, layout } }) => ({ name, data, layout }));
  console.log(
    json ? JSON.stringify(specs) : panels.map(({ name, figure }) => `${name}: ${figure.summary}`).join('\n'),
  );
}

async function printTables(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      summary: { type: 'boolean', default: false },
      make: { type: 'boolean', default: false },
      verify: { type: 'boolean', default: false },
      dataset: { type: 'string', multiple: true },
      procedure: { type: 'string', multiple: true },
      out: { type: 'string' },
      recompute: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.make) {
    if (values.out === undefined) throw new RangeError('legcnet tables --make needs --out FILE.');
    await makeTables(values.out, asked(values));
    return;
  }
  if (values.verify) {
    const checks = await checkRecords(3, Math.random);
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
  const records = savedRecords(file);
  for await (const record of makeRecords(plan, records)) {
    records.set(recordName(record), record);
    await saveRecords(records, file);
    console.log(`${recordName(record)}: ${record.seconds.toFixed(1)} s`);
  }
}

/** Data sets and procedures named on the command line. */
function asked({ dataset, procedure }: { dataset?: string[]; procedure?: string[] }): RecordsPlan {
  return {
    ...(dataset === undefined ? {} : { datasets: dataset as StudyName[] }),
    ...(procedure === undefined ? {} : { procedures: procedure as Procedure[] }),
  };
}

async function printChoice(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      recompute: { type: 'boolean', default: false },
      dataset: { type: 'string', multiple: true },
      procedure: { type: 'string', multiple: true },
      out: { type: 'string', default: choicesFile },
      json: { type: 'boolean', default: false },
    },
  });
  const isAsked = (record: ChoiceRecord): boolean =>
    (values.dataset?.includes(record.dataset) ?? true) &&
    (values.procedure?.includes(record.procedure) ?? true);
  const records = savedChoices(values.out);
  if (values.recompute) {
    for await (const record of makeChoices(asked(values), records)) {
      records.push(record);
      await saveChoices(records, values.out);
    }
  }
  const study = choiceStudy(records.filter(isAsked));
  console.log(values.json ? JSON.stringify(study, null, 1) : formatChoiceStudy(study));
}

async function printMask(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'max-lag': { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [name, variant, init] = positionals;
  const dataset = smallDatasets.find(each => each === name);
  if (dataset === undefined || (variant !== 'FT' && variant !== 'PT')) {
    throw new RangeError(
      `Name a data set (${smallDatasets.join(', ')}), FT or PT, and an initialisation, got '${positionals.join(' ')}'.`,
    );
  }
  const maxLag = values['max-lag'];
  const made = await recomputedMask(dataset, variant, Number(init), {
    choice: maxLag === undefined ? {} : { maxLag: Number(maxLag) },
  });
  const { choice, windows, overlap, outcome } = made;
  const rows = { dataset, variant, init: made.init, choice, windows, overlap, outcome };
  console.log(values.json ? JSON.stringify(rows, null, 1) : formatRecomputedMask(made));
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

async function printVowel(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { remake: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const readings = values.remake ? await vowelReadings() : savedVowelReadings();
  if (values.remake) await writeFile(vowelReadingsFile, vowelReadingsJson(readings));
  console.log(values.json ? JSON.stringify(readings, null, 1) : formatVowelReadings(readings));
}

async function printMnist(args: string[]): Promise<void> {
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
  const options: MnistRunOptions = {
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(networks !== undefined && { networks: networks.split(',') as MnistNetwork[] }),
    ...(checkpoint !== undefined && { checkpoint }),
  };
  const runs =
    init === undefined ? savedMnistRuns().rows.map(row => row.run) : [await mnistRun(Number(init), options)];
  if (init !== undefined && save) {
    await writeFile(mnistRunsFile, mnistRunsJson(savedMnistRuns(), runs[0], new Date()));
  }
  console.log(json ? JSON.stringify(runs, null, 1) : formatMnistRuns(runs));
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
  const benches = {
    numerics: async () => (await import('../bench/numerics.js')).benchNumerics,
    spectra: async () => (await import('../bench/spectra.js')).benchSpectra,
    explanations: async () => (await import('../bench/explanations.js')).benchExplanations,
  };
  const name = positionals.join();
  if (name !== 'numerics' && name !== 'spectra' && name !== 'explanations') {
    throw new RangeError(`There is no bench '${name}'; there are ${Object.keys(benches).join(', ')}.`);
  }
  const { formatBench } = await import('../bench/formatBench.js');
  const bench = await (await benches[name]())({ quick: values.quick });
  console.log(values.json ? JSON.stringify(bench, null, 1) : formatBench(bench));
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
