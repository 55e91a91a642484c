import type { GrangerScan } from '../causality/grangerScan';
import { exponentStatuses, type WindowedExponents } from '../chaos/windowedExponents';
import { type NpyValues, writeNpy } from '../data/writeNpy';
import type { Figure } from '../figures/figure';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';
import type { Recording } from '../network/recording';
import { type Table, table } from '../notebook/table';
import type { ExportContext } from './exportContext';
import { writeFigure } from './figureFiles';
import { writeJson } from './jsonFile';
import { jsonText } from './jsonText';

import { maskFields } from './maskFields';
import type { Named } from './named';
import { isLayersModel, writeLayersModel, writeNetwork } from './networkFiles';
import { writeSeries } from './recordingFiles';
import { isFrame, isRecords, scanTable, shownTable } from './resultTables';
import { writeTable } from './tableFiles';

type Writer<T> = (context: ExportContext, named: Named<T>) => Promise<void>;

/** Kinds with forms of their own; all others become JSON, and a table where they show one. */
const writers: Readonly<Record<string, Writer<never>>> = {
  figure: (context, { result, name, value }: Named<Figure>) => writeFigure(context, result, name, value),
  table: ({ draft }, { result, name, value }: Named<Table>) => writeTable(draft, result, name, value),
  network: ({ draft }, { result, name, value }: Named<Network>) => writeNetwork(draft, result, name, value),
  mask: writeMask,
  recording: writeRecording,
  'windowed-exponents': writeExponents,
  'granger-scan': writeScan,
};

/** Writes one result in all its forms. */
export async function writeResult(context: ExportContext, named: Named): Promise<void> {
  const { draft, traces } = context;
  const { result, name, value } = named;
  traces.follow(result, value);
  const kind = (value as { readonly kind?: unknown } | null | undefined)?.kind;
  if (typeof kind === 'string' && Object.hasOwn(writers, kind)) {
    await writers[kind](context, named as Named<never>);
  } else if (isLayersModel(value)) {
    await writeLayersModel(draft, result, name, value);
  } else if (isFrame(value) || isRecords(value)) {
    await writeTable(draft, result, name, table(value, { limit: Number.POSITIVE_INFINITY }));
  } else {
    await writeJson(context, named);
    const { epochs } = (value ?? {}) as { readonly epochs?: unknown };
    if (isRecords(epochs)) await writeEpochs(context, named, epochs);
    const shown = shownTable(value);
    if (shown !== undefined) await writeTable(draft, result, name, shown);
  }
}

async function writeMask({ draft }: ExportContext, { result, name, value }: Named<Mask>): Promise<void> {
  const about = 'mask: indices of removed weights, counts for each layer';
  await draft.write(`masks/${name}.json`, jsonText(maskFields(value)), { result, about });
}

async function writeRecording(context: ExportContext, named: Named<Recording>): Promise<void> {
  await writeJson(context, named);
  const { epochs } = named.value;
  if (isRecords(epochs)) await writeEpochs(context, named, epochs);
  await writeSeries(context, named.result, named.name, named.value);
}

async function writeEpochs(
  { draft }: ExportContext,
  { result, name }: Named,
  epochs: Parameters<typeof table>[0],
): Promise<void> {
  const rows = table(epochs, { limit: Number.POSITIVE_INFINITY, caption: `Epochs of ${result}` });
  await writeTable(draft, result, `${name}.epochs`, rows, 'epochs');
}

/** The two matrices always as arrays of their true shape, whatever their length. */
async function writeExponents(context: ExportContext, named: Named<WindowedExponents>): Promise<void> {
  const { draft } = context;
  const { result, name, value } = named;
  const { values, status, ...fields } = value;
  const shape = [value.windows, value.weights];
  const write = (part: string, numbers: NpyValues): Promise<string> =>
    draft.write(`results/${name}.${part}.npy`, writeNpy(numbers, shape), {
      result,
      about: `${part} of exponents for NumPy, windows x weights`,
    });
  const files = { values: await write('values', values), status: await write('status', status) };
  const json = {
    ...fields,
    values: { file: files.values, shape },
    status: { file: files.status, shape, codes: exponentStatuses },
  };
  await draft.write(`results/${name}.json`, jsonText(json), {
    result,
    about: 'exponents: windows, settings',
  });
}

async function writeScan(context: ExportContext, named: Named<GrangerScan>): Promise<void> {
  await writeJson(context, named);
  const { result, name, value } = named;
  await writeTable(context.draft, result, `${name}.weights`, scanTable(value), 'one test a weight');
}
