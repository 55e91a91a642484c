import type { Figure } from '../figures/figure';
import { type FigureRunOptions, figureRun } from './figureRun';
import { methodFigure, overviewFigure } from './methodFigure';

/**
 * Figure 2 of the paper, the method at a glance, with the numbers of a run that is made now.
 *
 * @throws as `figure1`
 * @example
 * import { figure2 } from 'legcnet';
 * const { summary } = await figure2({ dataset: 'iris', procedure: 'sound', seed: 1 });
 * summary.startsWith('LEGCNet-FT at a glance: '); // true
 */
export async function figure2(options: FigureRunOptions = {}): Promise<Figure> {
  return overviewFigure(await figureRun(options));
}

/**
 * Figure 3 of the paper, the flowchart of LEGCNet-FT, with the numbers of a run; otherwise as `figure2`.
 *
 * @example
 * import { figure3 } from 'legcnet';
 * const { summary } = await figure3({ dataset: 'iris', procedure: 'sound', seed: 1 });
 * summary.startsWith('LEGCNet-FT as it ran: '); // true
 */
export async function figure3(options: Omit<FigureRunOptions, 'variant'> = {}): Promise<Figure> {
  return methodFigure(await figureRun({ ...options, variant: 'FT' }));
}

/**
 * Figure 4 of the paper, the flowchart of LEGCNet-PT; otherwise as `figure2`.
 *
 * @example
 * import { figure4 } from 'legcnet';
 * const { summary } = await figure4({ dataset: 'iris', procedure: 'sound', seed: 1 });
 * summary.startsWith('LEGCNet-PT as it ran: '); // true
 */
export async function figure4(options: Omit<FigureRunOptions, 'variant'> = {}): Promise<Figure> {
  return methodFigure(await figureRun({ ...options, variant: 'PT' }));
}
