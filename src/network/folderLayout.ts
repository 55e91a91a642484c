import { type ZarrAbout, type ZarrLayout, zarrBytes } from '../data/zarrLayout';
import type { Storage } from './iterateStore';

/** Bytes of a chunk before it is compressed. */
const CHUNK_BYTES = 2 ** 20;

/** What the arrays hold, as readers of Python show it. A weight, and a difference of weights, has no unit. */
const longNames = {
  weights: 'weights at every iterate',
  others: 'biases, or what else the network trains besides its weights, at every iterate',
  difference: 'weights of the perturbed run minus weights of the base run, rescalings left in',
  log_norm:
    'natural logarithm of the Euclidean norm of the difference of weights and others, rescalings undone',
  growth: 'norm of the difference before the rescaling at this iterate over its norm after it; 1 without one',
  initial: 'weights, then others, before the first update',
  final: 'weights, then others, after the last update',
  mask: '1 where a weight is kept, 0 where it is removed',
} as const;

type ArrayName = keyof typeof longNames;

/** What the arrays of a recording on disk depend on. */
export interface FolderShape {
  readonly weights: number;
  /** Numbers of the network besides its weights. */
  readonly others: number;
  readonly storage: Storage;
  /** Iterates in a chunk. */
  readonly rows: number;
  readonly isPair: boolean;
  readonly isMasked: boolean;
}

/** The arrays that grow with the run; with `others` left out where there are none. */
export function growingArrays(shape: FolderShape, iterates: number): readonly ZarrLayout[] {
  const { weights, others, storage, isPair } = shape;
  const table = (name: ArrayName, axis: string, width: number): ZarrLayout => ({
    name,
    type: storage,
    axes: ['iterate', axis],
    shape: [iterates, width],
    chunk: [shape.rows, chunkWidth(shape.rows * zarrBytes[storage], width)],
    about: about(name),
  });
  const line = (name: ArrayName): ZarrLayout => ({
    name,
    type: 'float64',
    axes: ['iterate'],
    shape: [iterates],
    chunk: [shape.rows],
    about: about(name),
  });
  return [
    table('weights', 'weight', weights),
    ...(others > 0 ? [table('others', 'other', others)] : []),
    ...(isPair ? [table('difference', 'weight', weights), line('log_norm'), line('growth')] : []),
  ];
}

/** The arrays that are written once; `final` when the run is complete. */
export function fixedArrays({ weights, others, isMasked }: FolderShape, isComplete: boolean): ZarrLayout[] {
  const vector = (name: ArrayName, axis: string, type: 'float64' | 'uint8', length: number): ZarrLayout => ({
    name,
    type,
    axes: [axis],
    shape: [length],
    chunk: [chunkWidth(zarrBytes[type], length)],
    about: about(name),
  });
  const parameters = weights + others;
  return [
    vector('initial', 'parameter', 'float64', parameters),
    ...(isComplete ? [vector('final', 'parameter', 'float64', parameters)] : []),
    ...(isMasked ? [vector('mask', 'weight', 'uint8', weights)] : []),
  ];
}

/** Bytes that an iterate takes before it is compressed. */
export function bytesPerIterate({ weights, others, storage, isPair }: Omit<FolderShape, 'rows'>): number {
  return zarrBytes[storage] * (weights + others + (isPair ? weights : 0)) + (isPair ? 16 : 0);
}

function about(name: ArrayName): ZarrAbout {
  return { long_name: longNames[name], units: '1' };
}

function chunkWidth(bytesPerColumn: number, width: number): number {
  return Math.min(width, Math.max(1, Math.floor(CHUNK_BYTES / bytesPerColumn)));
}
