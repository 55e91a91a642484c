import { describeValue } from '../core/require';
import { isWidths } from '../core/weightLayers';
import type { DifferenceFacts, SinkPlan } from './iterateSink';
import type { Storage } from './iterateStore';
import type { EpochMetrics } from './recording';
import { type StoredModel, storedModel } from './storedModel';
import type { Trainable } from './trainable';
import { packageVersion } from './trainingIdentity';

const FORMAT = 'legcnet-recording';
const FORMAT_VERSION = 1;

/** What the root of a recording's folder says of it, as attributes of the Zarr group. Numbers that are not finite are texts. */
export interface FolderAttributes {
  readonly format: typeof FORMAT;
  readonly format_version: number;
  /** Version of the package that wrote it. */
  readonly legcnet: string;
  readonly status: 'complete' | 'unfinished';
  readonly content: 'weights' | 'difference';
  readonly storage: Storage;
  readonly iterates: number;
  readonly chunk_iterates: number;
  readonly weight_order: string;
  readonly network: StoredNetwork | StoredModel;
  /** Rule of the network's mask; null without one. */
  readonly mask: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of the row order; null when nothing was drawn. */
  readonly seed: number | null;
  readonly iterations_per_epoch: number;
  readonly epochs: readonly EpochMetrics[];
  readonly stopped: boolean;
  readonly difference: DifferenceFacts | null;
}

/** A network without its numbers. */
export interface StoredNetwork {
  readonly kind: 'network';
  readonly layers: readonly number[];
  readonly activation: string;
  readonly output: string;
}

/** What does not change while a run goes on. */
export type RunAttributes = Omit<FolderAttributes, 'status' | 'iterates' | 'epochs' | 'stopped'>;

export function runAttributes(plan: SinkPlan, storage: Storage, rows: number): RunAttributes {
  const { network, settings, difference, iterationsPerEpoch } = plan;
  return {
    format: FORMAT,
    format_version: FORMAT_VERSION,
    legcnet: packageVersion(),
    content: difference === null ? 'weights' : 'difference',
    storage,
    chunk_iterates: rows,
    weight_order: weightOrder(network),
    network: structureOf(network),
    mask: network.mask?.rule ?? null,
    settings: { ...settings },
    seed: settings.seed,
    iterations_per_epoch: iterationsPerEpoch,
    difference,
  };
}

function weightOrder({ layers }: Trainable): string {
  const rest = isWidths(layers)
    ? 'biases layer by layer'
    : 'everything else in the order of the TensorFlow.js model';
  return `weights: layers in order, each row-major out x in; others: ${rest}`;
}

function structureOf(network: Trainable): StoredNetwork | StoredModel {
  if (network.kind === 'model') return storedModel(network);
  const { kind, layers, activation, output } = network;
  return { kind, layers, activation, output };
}

/** JSON has no NaN and no infinities: they become texts, which `numberFrom` reads. */
export function attributesText(value: unknown): string {
  return JSON.stringify(
    value,
    (_, each: unknown) => (typeof each === 'number' && !Number.isFinite(each) ? String(each) : each),
    1,
  );
}

/** @throws Error saying what is wrong with attributes that are not those of a recording that this version reads */
export function checkAttributes(found: unknown): FolderAttributes {
  const fields = found as Partial<FolderAttributes> | null | undefined;
  if (fields?.format !== FORMAT) throw new Error('it is a Zarr store, but no recording of legcnet');
  if (fields.format_version !== FORMAT_VERSION) {
    throw new Error(
      `its format has version ${describeValue(fields.format_version)}, this version of legcnet reads ${FORMAT_VERSION}`,
    );
  }
  const { iterates, chunk_iterates, iterations_per_epoch, epochs, network, settings, mask, difference } =
    fields;
  const counts = { iterates, chunk_iterates, iterations_per_epoch };
  for (const [name, count] of Object.entries(counts)) {
    demand(Number.isSafeInteger(count) && count! >= 0, `${name} must be a whole number`, count);
  }
  demand(
    chunk_iterates! >= 1 && chunk_iterates! <= 2 ** 17,
    'chunk_iterates is out of range',
    chunk_iterates,
  );
  demand(['complete', 'unfinished'].includes(fields.status!), 'there is no such status', fields.status);
  demand(['float64', 'float32'].includes(fields.storage!), 'there is no such storage', fields.storage);
  demand(Array.isArray(epochs), 'epochs must be a list', epochs);
  demand(typeof fields.stopped === 'boolean', 'stopped must be true or false', fields.stopped);
  for (const [name, part] of Object.entries({ network, settings })) {
    demand(typeof part === 'object' && part !== null, `${name} must be an object`, part);
  }
  demand(mask === null || typeof mask === 'string', 'mask must be a text or null', mask);
  demand(['weights', 'difference'].includes(fields.content!), 'there is no such content', fields.content);
  const isPair = typeof difference === 'object' && difference !== null;
  demand(
    (isPair || difference === null) && (fields.content === 'difference') === isPair,
    'difference must go with the content',
    difference,
  );
  const every = difference?.rescaleEvery ?? null;
  demand(
    every === null || (Number.isSafeInteger(every) && every >= 1),
    'rescaleEvery must be a whole number',
    every,
  );
  return {
    ...(fields as FolderAttributes),
    epochs: epochs!.map(epoch => numbersFrom<EpochMetrics>(epoch)),
    settings: numbersFrom(settings!, ['learningRate', 'momentum']),
  };
}

function demand(holds: boolean, fault: string, came: unknown): void {
  if (!holds) throw new Error(`its attributes are damaged: ${fault}, ${describeValue(came)} came`);
}

/** Fields whose text stands for a number that is not finite, as numbers again. */
function numbersFrom<T extends object>(fields: T, names: readonly string[] = Object.keys(fields ?? {})): T {
  const read = Object.entries(fields ?? {}).map(([name, value]) => [
    name,
    names.includes(name) && typeof value === 'string' ? Number(value) : value,
  ]);
  return Object.fromEntries(read) as T;
}
