import type { LayersModel, Tensor, Variable } from '@tensorflow/tfjs-node';
import type { WeightLayer } from '../core/weightLayers';
import type { Model, ModelTensor } from './model';
import type { TensorFlow } from './tensorflow';

/** Tensors of at least two axes that are no kernels. */
const NO_KERNEL = /(bias|gamma|beta|alpha)(_\d+)?$/;

/** Where the numbers of a model stand: its kernels as matrices first, then everything else. */
export function layoutOf(model: LayersModel): {
  readonly layers: readonly WeightLayer[];
  readonly tensors: readonly ModelTensor[];
} {
  const trained = new Set(model.trainableWeights);
  const owners = new Map(
    model.layers.flatMap(layer => layer.weights.map(weight => [weight, layer] as const)),
  );
  const isKernel = (weight: LayersModel['weights'][number]): boolean =>
    trained.has(weight) && weight.shape.length >= 2 && !NO_KERNEL.test(weight.originalName);
  const kernels = model.weights.filter(isKernel);
  const starts = new Map<LayersModel['weights'][number], number>();
  let at = 0;
  for (const weight of [...kernels, ...model.weights.filter(each => !isKernel(each))]) {
    starts.set(weight, at);
    at += sizeOf(weight.shape);
  }
  return {
    layers: kernels.map(kernel => {
      const owner = owners.get(kernel);
      const isOnly = kernels.filter(other => owners.get(other) === owner).length === 1;
      const own = kernel.originalName.slice(kernel.originalName.lastIndexOf('/') + 1);
      const fanOut = lastOf(kernel.shape);
      const name = owner?.name ?? kernel.originalName;
      return { name: isOnly ? name : `${name} ${own}`, fanIn: sizeOf(kernel.shape) / fanOut, fanOut };
    }),
    tensors: model.weights.map(weight => ({
      shape: weight.shape as number[],
      from: starts.get(weight)!,
      length: sizeOf(weight.shape),
      fanOut: isKernel(weight) ? lastOf(weight.shape) : 0,
      isTrained: trained.has(weight),
    })),
  };
}

/** All numbers of a model in their order; into `out` when given. */
export function readParameters(
  model: LayersModel,
  tensors: readonly ModelTensor[],
  out: Float64Array = new Float64Array(tensors.reduce((sum, { length }) => sum + length, 0)),
): Float64Array {
  for (const [i, { from, length, fanOut }] of tensors.entries()) {
    const values = model.weights[i].read().dataSync();
    if (fanOut === 0) out.set(values, from);
    else transposeKernel(values, length / fanOut, fanOut, out.subarray(from, from + length));
  }
  return out;
}

/** Writes all numbers of a captured model into the model that was built from it. */
export function writeParameters(
  tf: TensorFlow,
  target: LayersModel,
  { parameters, architecture }: Model,
): void {
  tf.tidy(() => {
    target.setWeights(
      architecture.tensors.map(({ shape, from, length, fanOut }) => {
        const values = parameters.subarray(from, from + length);
        return tf.tensor(
          Float32Array.from(fanOut === 0 ? values : kernelFromMatrix(values, length / fanOut, fanOut)),
          [...shape],
        );
      }),
    );
  });
}

/** For each kernel that loses weights, its variable and a tensor of its shape, true where a weight is kept. */
export function kernelMasks(
  tf: TensorFlow,
  model: LayersModel,
  tensors: readonly ModelTensor[],
  kept: Uint8Array,
): { readonly kernel: Variable; readonly mask: Tensor }[] {
  return tensors.flatMap(({ shape, from, length, fanOut }, i) => {
    const own = kept.subarray(from, from + length);
    if (fanOut === 0 || own.every(bit => bit === 1)) return [];
    const mask = tf.tensor(kernelFromMatrix(own, length / fanOut, fanOut), [...shape], 'bool');
    return [{ kernel: model.weights[i].read() as Variable, mask }];
  });
}

/** A kernel, in x out, as a matrix of ours, out x in; both row-major. */
export function matrixFromKernel(kernel: ArrayLike<number>, fanIn: number, fanOut: number): Float64Array {
  const matrix = new Float64Array(fanIn * fanOut);
  transposeKernel(kernel, fanIn, fanOut, matrix);
  return matrix;
}

/** Inputs that are transposed together: each fills a line of the processor's cache before the next output's begins. */
const BLOCK = 16;

function transposeKernel(
  kernel: ArrayLike<number>,
  fanIn: number,
  fanOut: number,
  matrix: Float64Array,
): void {
  for (let first = 0; first < fanIn; first += BLOCK) {
    const end = Math.min(fanIn, first + BLOCK);
    for (let o = 0; o < fanOut; o++)
      for (let i = first; i < end; i++) matrix[o * fanIn + i] = kernel[i * fanOut + o];
  }
}

/** The way back. */
function kernelFromMatrix<T extends Float64Array | Uint8Array>(matrix: T, fanIn: number, fanOut: number): T {
  const kernel = matrix.slice() as T;
  for (let i = 0; i < fanIn; i++)
    for (let o = 0; o < fanOut; o++) kernel[i * fanOut + o] = matrix[o * fanIn + i];
  return kernel;
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((product, size) => product * size!, 1);
}

function lastOf(shape: readonly (number | null)[]): number {
  return shape[shape.length - 1]!;
}
