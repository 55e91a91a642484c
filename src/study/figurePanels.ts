import type { Figure } from '../figures/figure';
import { randomizedFigure } from '../figures/randomizedFigure';
import { type SavedFigure5Options, savedFigure5Panels } from './figure5';
import type { Figure6 } from './figure6';
import { figure6Figures } from './figure6Figures';

/** One panel as a figure of its own. */
export interface NamedFigure {
  readonly name: string;
  readonly figure: Figure;
}

/** The panels of `savedFigure5` one by one. */
export function figure5PanelFigures(options: SavedFigure5Options = {}): readonly NamedFigure[] {
  const { scale = 'linear' } = options;
  return savedFigure5Panels(options).map(panel => ({
    name: panel.name,
    figure: randomizedFigure([panel], { scale, columns: 1 }),
  }));
}

/** The panels of `figure6` one by one, each with its features in its own order. */
export function figure6PanelFigures({ kind, panels, unexplained }: Figure6): readonly NamedFigure[] {
  return panels.map(panel => ({
    name: `${panel.dataset}, ${panel.network}`,
    figure: figure6Figures({ kind, panels: [panel], unexplained })[0],
  }));
}
