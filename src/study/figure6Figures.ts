import { result } from '../core/result';
import { shapleyPanelFigure } from '../figures/shapleyPanelFigure';
import { type Figure6, panelName } from './figure6';
import type { BarNetwork } from './shapBars';
import type { ComparisonFigure } from './tableFigure';

/**
 * Figure 6 drawn: one figure a data set, its networks side by side, the paper's bars as circles.
 *
 * @example
 * import { figure6, figure6Figures } from 'legcnet';
 * const figures = figure6Figures(await figure6({ datasets: ['titanic'], networks: ['dense', 'FT'] }));
 * figures.length; // 1, one a data set
 */
export function figure6Figures({ panels, unexplained }: Figure6): readonly ComparisonFigure[] {
  const datasets = [...new Set(panels.map(({ dataset }) => dataset))];
  return datasets.map(dataset => {
    const shown = panels.filter(panel => panel.dataset === dataset);
    const drawn = shapleyPanelFigure(
      shown.map(({ network, ours, published }) => ({ name: titles[network], importance: ours, published })),
      { title: `Do the pruned networks look at the same features? ${capital(dataset)}` },
    );
    const names = shown.map(panelName);
    return result({ ...drawn, unexplained: unexplained.filter(name => names.includes(name)) });
  });
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
