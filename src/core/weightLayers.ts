/** One matrix of weights of a model that is no plain chain of dense layers: a kernel, unrolled to out x in. */
export interface WeightLayer {
  /** Name of the layer in its model; with the name of the kernel where the layer has several. */
  readonly name: string;
  /** Weights that lead to one output: inputs of a dense layer, height x width x channels of a convolution. */
  readonly fanIn: number;
  /** Units, or filters. */
  readonly fanOut: number;
}

/** Where weights stand: the widths of a dense network from inputs to outputs, or the matrices of a model. */
export type Layers = readonly number[] | readonly WeightLayer[];

/** The matrices of weights, in order; those of a dense network are called 'layer 1', 'layer 2', …. */
export function weightLayers(layers: Layers): readonly WeightLayer[] {
  if (!isWidths(layers)) return layers;
  return layers.slice(1).map((fanOut, l) => ({ name: `layer ${l + 1}`, fanIn: layers[l], fanOut }));
}

/** Whether these are the widths of a dense network. */
export function isWidths(layers: Layers): layers is readonly number[] {
  return typeof layers[0] !== 'object' || layers[0] === null;
}

/**
 * Number of weights (biases excluded) of a dense network with these layer widths, or of a model with these matrices.
 *
 * @example
 * import { weightCount } from 'legcnet';
 * weightCount([4, 6, 3]); // 42, that is 4 x 6 + 6 x 3
 */
export function weightCount(layers: Layers): number {
  return weightLayers(layers).reduce((sum, { fanIn, fanOut }) => sum + fanIn * fanOut, 0);
}

/** '4-6-3', or 'conv 9→4, dense 36→3'. */
export function layersName(layers: Layers): string {
  if (isWidths(layers)) return layers.join('-');
  return layers.map(({ name, fanIn, fanOut }) => `${name} ${fanIn}→${fanOut}`).join(', ');
}

/** What messages call it: '4-6-3 network', or 'model with weights conv 9→4, dense 36→3'. */
export function describeLayers(layers: Layers): string {
  return isWidths(layers) ? `${layersName(layers)} network` : `model with weights ${layersName(layers)}`;
}

/** Whether weights stand at the same places; names of layers may differ, since TensorFlow.js numbers them as they are made. */
export function sameLayers(a: Layers, b: Layers): boolean {
  if (isWidths(a) !== isWidths(b) || a.length !== b.length) return false;
  const others = weightLayers(b);
  return weightLayers(a).every(
    ({ fanIn, fanOut }, l) => fanIn === others[l].fanIn && fanOut === others[l].fanOut,
  );
}
