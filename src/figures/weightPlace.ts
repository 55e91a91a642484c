import { describeLayers, type Layers, weightLayers } from '../core/weightLayers';

/** Where a weight sits in its network. All numbers count from 1, as readers do. */
export interface WeightPlace {
  readonly layer: number;
  /** The unit of the layer below that the weight comes from. */
  readonly from: number;
  /** The unit of the layer above that it leads to. */
  readonly to: number;
}

/** A layer's stretch of weight indices, `first` to `last` (0-based, inclusive). */
export interface LayerSpan {
  readonly layer: number;
  readonly first: number;
  readonly last: number;
  /** For instance `layer 1 (4→6)`. */
  readonly name: string;
}

/** Where weight `index` sits, in our order: layers in order, each row-major out x in. */
export function weightPlace(layers: Layers, index: number): WeightPlace {
  const span = layerSpans(layers).find(({ first, last }) => index >= first && index <= last);
  if (span === undefined) throw new RangeError(`A ${describeLayers(layers)} has no weight ${index}`);
  const { fanIn } = weightLayers(layers)[span.layer - 1];
  const within = index - span.first;
  return { layer: span.layer, from: (within % fanIn) + 1, to: Math.floor(within / fanIn) + 1 };
}

/** `layer 1, 2→5`: the weight from unit 2 to unit 5. For a convolution: from place 2 of its window to filter 5. */
export function weightName(layers: Layers, index: number): string {
  const { layer, from, to } = weightPlace(layers, index);
  return `${weightLayers(layers)[layer - 1].name}, ${from}→${to}`;
}

/** The stretch of weight indices of each layer. */
export function layerSpans(layers: Layers): readonly LayerSpan[] {
  const spans: LayerSpan[] = [];
  let first = 0;
  for (const [l, { name, fanIn, fanOut }] of weightLayers(layers).entries()) {
    const count = fanIn * fanOut;
    spans.push({ layer: l + 1, first, last: first + count - 1, name: `${name} (${fanIn}→${fanOut})` });
    first += count;
  }
  return spans;
}

/** At most `limit` weight indices, spread evenly over all weights, first and last included. */
export function spreadWeights(total: number, limit: number): readonly number[] {
  if (total <= limit) return Array.from({ length: total }, (_, i) => i);
  if (limit === 1) return [0];
  return Array.from({ length: limit }, (_, i) => Math.round((i * (total - 1)) / (limit - 1)));
}
