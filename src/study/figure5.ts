import { requireList, requireOneOf, requireWhole } from '../core/require';
import type { Figure } from '../figures/figure';
import { type RandomizedPanel, randomizedFigure } from '../figures/randomizedFigure';
import type { Network } from '../network/network';
import { layerSpectrum } from '../spectra/layerSpectrum';
import { randomizedSpectrum } from '../spectra/randomizedSpectrum';
import { savedSpectralRecords } from './savedSpectralRecords';
import type { SpectralRecord } from './spectralRecord';
import type { SpectralNetworkName } from './table4';

/** A trained network under the name of its panels. */
export interface NamedNetwork {
  /** Title of its panels. */
  readonly name: string;
  /** The network. */
  readonly network: Network;
}

/** Layers, axis and seed of `figure5`. */
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
 * @example
 * import { createNetwork, figure5 } from 'legcnet';
 * const network = createNetwork({ layers: [784, 50, 30, 10], seed: 1 });
 * const { summary } = figure5([{ name: 'untrained', network }], { seed: 1, layers: [1] });
 * summary; // 'Eigenvalues above the largest random one (12.2): untrained, layer 1 0 of 50.'
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

/** Start, networks and layers that `savedFigure5` draws. */
export interface SavedFigure5Options extends Pick<Figure5Options, 'layers' | 'scale'> {
  /** Published initialisation, 1 to 5. Default 3, the one behind the paper's MNIST rows. */
  readonly init?: number;
  /** Default: dense, LEGCNet-FT and LEGCNet-PT, as in Figure 5; the paper's appendix has `random` and `magnitude` too. */
  readonly networks?: readonly SpectralNetworkName[];
  /** Results of `spectralRecord`. Default: those that ship with the package. */
  readonly records?: readonly SpectralRecord[];
}

/**
 * Figure 5 from the eigenvalues that ship with the package, those of `savedTable4`; otherwise as `figure5`.
 *
 * @throws TypeError unless lists came, RangeError for an initialisation, network or layer that there is not
 * @example
 * import { savedFigure5 } from 'legcnet';
 * savedFigure5({ init: 3, layers: [3] }).summary.startsWith('Eigenvalues above the largest random one'); // true
 */
export function savedFigure5(options: SavedFigure5Options = {}): Figure {
  const { layers = [1], scale = 'linear' } = options;
  return randomizedFigure(savedFigure5Panels(options), {
    scale,
    columns: layers.length === 1 ? 3 : layers.length,
  });
}

/** The panels of `savedFigure5`, a row a network. */
export function savedFigure5Panels(options: SavedFigure5Options = {}): readonly RandomizedPanel[] {
  const task = 'draw Figure 5';
  const {
    init = 3,
    layers = [1],
    networks = ['dense', 'LEGCNet-FT', 'LEGCNet-PT'],
    records = savedSpectralRecords(),
  } = options;
  requireList(networks, 'networks', task);
  requireList(layers, 'layers', task);
  const record = records.find(each => each.init === init);
  if (record === undefined) {
    const saved = records.map(each => each.init).join(', ') || 'none';
    throw new RangeError(`Cannot ${task}: initialisations ${saved} are saved, ${init} came`);
  }
  const names = record.networks.map(({ name }) => name);
  return networks.flatMap(name => {
    requireOneOf(name, names, 'a network', task);
    const network = record.networks[names.indexOf(name)];
    return layers.map(layer => {
      requireWhole(layer, 1, 'layer', task, network.layers.length);
      const { eigenvalues, shuffled, largestRandom } = network.layers[layer - 1];
      return {
        name: `${name}, layer ${layer}`,
        spectrum: {
          original: Float64Array.from(eigenvalues),
          shuffled: Float64Array.from(shuffled),
          largestShuffled: largestRandom,
          above: eigenvalues.filter(value => value > largestRandom).length,
        },
      };
    });
  });
}
