/** The weights of one layer: indices from … to - 1. */
export interface LayerRange {
  /** 'layer 1' is the first layer of weights. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Where the weights of each layer stand in the order of all weights. */
export function layerRanges(layers: readonly number[]): LayerRange[] {
  let to = 0;
  return layers.slice(1).map((width, l) => {
    const from = to;
    to += width * layers[l];
    return { name: `layer ${l + 1}`, from, to };
  });
}
