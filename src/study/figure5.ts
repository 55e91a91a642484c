import { requireList, requireWhole } from '../core/require';
import type { Figure } from '../figures/figure';
import { randomizedFigure } from '../figures/randomizedFigure';
import type { Network } from '../network/network';
import { layerSpectrum } from '../spectra/layerSpectrum';
import { randomizedSpectrum } from '../spectra/randomizedSpectrum';

/** A trained network under the name of its panels. */
export interface NamedNetwork {
  readonly name: string;
  readonly network: Network;
}

export interface Figure5Options {
  /** Seed of the shuffled weights. */
  readonly seed: number | string;
  /** Layers drawn, 1 for the one next to the inputs. Default [1], as in Figure 5; the paper's appendix has all three. */
  readonly layers?: readonly number[];
  /** Default `linear`, as in the paper. */
  readonly scale?: 'linear' | 'log';
}

/**
 * Figure 5 of the paper from trained networks: the spectrum of a layer beside that of its weights in random places, a panel a
 * network; of several layers a row a network.
 *
 * @throws TypeError unless lists came, RangeError without networks or for a layer that there is not
 */
export function figure5(networks: readonly NamedNetwork[], options: Figure5Options): Figure {
  const task = 'draw Figure 5';
  requireList(networks, 'networks', task);
  const { seed, layers = [1], scale = 'linear' } = options;
  requireList(layers, 'layers', task);
  for (const layer of layers) requireWhole(layer, 1, 'layer', task);
  const panels = networks.flatMap(({ name, network }) =>
    layers.map(layer => ({
      name: `${name}, layer ${layer}`,
      spectrum: randomizedSpectrum(layerSpectrum(network, layer), { seed }),
    })),
  );
  return randomizedFigure(panels, { scale, columns: layers.length === 1 ? 3 : layers.length });
}
