import type { Figure } from '../figures/figure';
import { shapleyPanelFigure } from '../figures/shapleyPanelFigure';
import type { Figure6 } from './figure6';
import type { BarNetwork } from './shapBars';

/** Figure 6 drawn: one figure a data set, its networks side by side, the paper's bars as circles. */
export function figure6Figures({ panels }: Figure6): readonly Figure[] {
  const datasets = [...new Set(panels.map(({ dataset }) => dataset))];
  return datasets.map(dataset =>
    shapleyPanelFigure(
      panels
        .filter(panel => panel.dataset === dataset)
        .map(({ network, ours, published }) => ({ name: titles[network], importance: ours, published })),
      { title: `Do the pruned networks look at the same features? ${capital(dataset)}` },
    ),
  );
}

const titles: Readonly<Record<BarNetwork, string>> = {
  dense: 'dense',
  FT: 'LEGCNet-FT',
  PT: 'LEGCNet-PT',
  random: 'random 40 %',
  magnitude: 'magnitude 25 %',
};

function capital(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}
