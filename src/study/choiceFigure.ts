import type { Figure } from '../figures/figure';
import { forestFigure } from '../figures/forestFigure';
import { counted } from '../figures/theme';
import type { ChoiceRival } from './choiceRecord';
import type { ChoiceStudy } from './choiceStudy';
import { intervalWords } from './formatChoiceStudy';

/** Which quantity and rivals `choiceFigure` draws. */
export interface ChoiceFigureOptions {
  /** Default `accuracy`. */
  readonly quantity?: 'accuracy' | 'f1' | 'epochs';
  /** Default: `shuffled` and `random`. */
  readonly rivals?: readonly ChoiceRival[];
}

const titles = {
  accuracy: 'test accuracy, LEGCNet minus rival (share of rows)',
  f1: 'macro F1, LEGCNet minus rival',
  epochs: 'epochs to the benchmark, LEGCNet minus rival',
};

/**
 * Does LEGCNet's choice beat its rivals? Mean differences with 95 % intervals, a group a data set, variant and, of several, procedure.
 *
 * @example
 * import { choiceFigure, choiceStudy, savedChoices } from 'legcnet';
 * const iris = savedChoices().filter(({ dataset, procedure }) => dataset === 'iris' && procedure === 'sound');
 * choiceFigure(choiceStudy(iris)).data[0].type; // 'scatter'
 */
export function choiceFigure(study: ChoiceStudy, options: ChoiceFigureOptions = {}): Figure {
  const { quantity = 'accuracy', rivals = ['shuffled', 'random'] } = options;
  const procedures = [...new Set(study.rows.map(({ procedure }) => procedure))];
  const points = study.rows.flatMap(({ dataset, variant, procedure, comparisons, compared }) =>
    comparisons
      .filter(({ rival }) => rivals.includes(rival))
      .map(comparison => ({
        group: `${dataset} ${variant}${procedures.length > 1 ? ` ${procedure}` : ''} (${counted(compared, 'start')})`,
        series: `against ${comparison.rival}`,
        mean: comparison[quantity].mean,
        low: comparison[quantity].low,
        high: comparison[quantity].high,
      })),
  );
  return forestFigure(points, {
    title: 'Does the choice of weights matter?',
    xTitle: titles[quantity],
    notes: [
      ...(procedures.length === 1 ? [`procedure ${procedures[0]}`] : []),
      'equal numbers of removed weights',
      `95 % intervals over starts: ${intervalWords(study.rows)}`,
      ...(quantity === 'epochs' ? [] : [`grey: ±${study.margin}`]),
    ],
    ...(quantity === 'epochs' ? {} : { margin: study.margin }),
  });
}
