import { studySettings } from '../data/studySettings';
import { savedSpectralRecords } from './savedSpectralRecords';
import type { RecordedLayer as Layer } from './spectralRecord';
import type { SpectralNetworkName } from './table4';

/** A layer of the saved MNIST networks with its shape. */
export interface RecordedLayer extends Layer {
  readonly network: SpectralNetworkName;
  readonly init: number;
  /** Of the weight matrix, out x in. */
  readonly rows: number;
  readonly cols: number;
}

/** Every layer of the networks behind Table 4 and Figure 5. */
export function savedLayers(): readonly RecordedLayer[] {
  const widths = studySettings.mnist.layers;
  return savedSpectralRecords().flatMap(({ init, networks }) =>
    networks.flatMap(({ name, layers }) =>
      layers.map(each => ({
        ...each,
        network: name,
        init,
        rows: widths[each.layer],
        cols: widths[each.layer - 1],
      })),
    ),
  );
}
