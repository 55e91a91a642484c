import { type Layers, weightLayers } from '../core/weightLayers';

/** The weights of one layer: indices from … to - 1. */
export interface LayerRange {
  /** 'layer 1' is the first layer of weights. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Where the weights of each layer stand in the order of all weights. */
export function layerRanges(layers: Layers): LayerRange[] {
  let to = 0;
  return weightLayers(layers).map(({ name, fanIn, fanOut }) => {
    const from = to;
    to += fanIn * fanOut;
    return { name, from, to };
  });
}
