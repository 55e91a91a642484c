import type { Figure } from '../figures/figure';
import { randomizedFigure } from '../figures/randomizedFigure';
import { shortNumber } from '../figures/theme';
import { type SavedFigure5Options, savedFigure5Panels } from './figure5';
import type { Figure6, Figure6Panel } from './figure6';
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

/** The panels of `figure6` one by one, each with its features in its own order; the summary says how far the paper's bars are. */
export function figure6PanelFigures({ kind, panels, unexplained }: Figure6): readonly NamedFigure[] {
  return panels.map(panel => {
    const drawn = figure6Figures({ kind, panels: [panel], unexplained })[0];
    return {
      name: `${panel.dataset}, ${panel.network}`,
      figure: { ...drawn, summary: `${drawn.summary} ${besidePaper(panel)}` },
    };
  });
}

function besidePaper({ init, deviation, sameOrder, note }: Figure6Panel): string {
  const start = `Initialisation ${init}`;
  const beside =
    deviation === null
      ? 'the paper shows no such panel'
      : `within ${shortNumber(deviation)} of the paper's bars, ${sameOrder ? 'same' : 'another'} order`;
  return `${start}; ${beside}.${note === null ? '' : ` ${note}`}`;
}
