import { loadDataset } from '../data/loadDataset';
import type { Figure } from '../figures/figure';
import { networkFigure } from '../figures/networkFigure';
import { type FigureRunOptions, figureRun } from './figureRun';

/**
 * Figure 1 of the paper, the dense network with the weights that go: initial weights and the mask of a LEGCNet run, trained now.
 * `networkFigure` draws any network.
 *
 * @throws as `loadDataset`, `publishedNetwork` and `legcnetFT`
 * @example
 * import { figure1 } from 'legcnet';
 * const { summary } = await figure1({ dataset: 'iris', seed: 1 });
 * summary.startsWith('The dense 4-6-3 network and LEGCNet-FT’s mask: 17 of 42 weights removed'); // true
 */
export async function figure1(options: FigureRunOptions = {}): Promise<Figure> {
  const { dense, search } = await figureRun(options);
  const { features, classes, outputs } = await loadDataset(options.dataset ?? 'iris', {
    procedure: options.procedure ?? 'sound',
  });
  return networkFigure(dense.initial, {
    mask: search.mask,
    inputs: features,
    // One output tells two classes apart: it stands for the second.
    outputs: outputs === 1 ? classes.slice(1) : classes,
    title: `The dense ${dense.initial.layers.join('-')} network and LEGCNet-${options.variant ?? 'FT'}’s mask`,
  });
}
