import type { Figure } from '../figures/figure';
import { type FigureRunOptions, figureRun } from './figureRun';
import { methodFigure, overviewFigure } from './methodFigure';

/**
 * Figure 2 of the paper, the method at a glance, with the numbers of a run that is made now.
 *
 * @throws as `figure1`
 * @example await figure2({ procedure: 'described' })
 */
export async function figure2(options: FigureRunOptions = {}): Promise<Figure> {
  return overviewFigure(await figureRun(options));
}

/** Figure 3 of the paper, the flowchart of LEGCNet-FT, with the numbers of a run; otherwise as `figure2`. */
export async function figure3(options: Omit<FigureRunOptions, 'variant'> = {}): Promise<Figure> {
  return methodFigure(await figureRun({ ...options, variant: 'FT' }));
}

/** Figure 4 of the paper, the flowchart of LEGCNet-PT; otherwise as `figure2`. */
export async function figure4(options: Omit<FigureRunOptions, 'variant'> = {}): Promise<Figure> {
  return methodFigure(await figureRun({ ...options, variant: 'PT' }));
}
