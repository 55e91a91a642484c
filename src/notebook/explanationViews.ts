import { type Drift, driftMeasures } from '../explanation/drift';
import type { ShapleyImportance } from '../explanation/importance';
import { type ShapleyValues, shapleyStatuses } from '../explanation/shapleyValues';
import { counted, shortNumber } from '../figures/theme';
import type { Figure6 } from '../study/figure6';
import type { MagnitudeRules } from '../study/magnitudeRules';
import type { DisplayBundle } from './display';
import { facts } from './facts';
import type { CellValue } from './table';
import { tableBundle } from './tableBundle';
import { registerView } from './views';

/** Registers the views of explanations and of what the study makes of them. */
export function registerExplanationViews(): void {
  registerView<ShapleyValues>('shapley-values', viewShapley);
  registerView<ShapleyImportance>('shapley-importance', viewImportance);
  registerView<Drift>('drift', viewDrift);
  registerView<Figure6>('figure-6', viewFigure6);
  registerView<MagnitudeRules>('magnitude-rules', viewRules);
}

function viewShapley(shap: ShapleyValues): DisplayBundle {
  const { names, outputNames, rows, method, link, coalitions, evaluations, expected, additivityGap } = shap;
  const counts = shapleyStatuses
    .map((status, code) => ({ status, count: shap.status.filter(each => each === code).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`);
  const isSampled = shap.seed !== null;
  return facts(`Shapley values of ${counted(rows, 'row')}`, [
    ['features', names.length <= 12 ? names.join(', ') : String(names.length)],
    ['outputs', outputNames.join(', ')],
    ['method', isSampled ? `${method}, seed ${shap.seed}` : method],
    ['scale', link === 'logit' ? 'log odds' : 'output'],
    ['expected output', Array.from(expected, value => shortNumber(value, 4)).join(', ')],
    ['background', `${counted(shap.backgroundRows, 'row')}, ${shap.distinctBackgroundRows} different`],
    ['cost', `${counted(coalitions, 'coalition')} a row, ${counted(evaluations, 'model row')}`],
    ['largest additivity gap', additivityGap.toExponential(1)],
    ['status', counts.join(', ')],
  ]);
}

function viewImportance(found: ShapleyImportance): DisplayBundle {
  const { names, values, low, high, level, order, rows, output } = found;
  return tableOf(
    ['feature', 'mean |SHAP|', 'low', 'high'],
    order.map(p => [names[p], shortNumber(values[p]), shortNumber(low[p]), shortNumber(high[p])]),
    'Importance of the features',
    `${output}; ${counted(rows, 'row')}; ${100 * level} % intervals over rows`,
  );
}

function viewDrift(drift: Drift): DisplayBundle {
  const { rows, top, level, sameOrder } = drift;
  const hasBand = drift.kendall.band.length > 0;
  return tableOf(
    ['measure', 'value', 'low', 'high', ...(hasBand ? ['other seeds', 'as far'] : [])],
    driftMeasures.map(measure => {
      const { value, low, high, band, bandShare } = drift[measure];
      const cells = [words[measure], shortNumber(value), shortNumber(low), shortNumber(high)];
      if (!hasBand) return cells;
      const range = `${shortNumber(Math.min(...band))} to ${shortNumber(Math.max(...band))}`;
      return [...cells, range, `${Math.round(100 * bandShare)} %`];
    }),
    `Drift of explanations: ${sameOrder ? 'the same order' : 'another order'} of features`,
    `${counted(rows, 'row')}; top ${top}; ${100 * level} % intervals over rows`,
  );
}

const words: Readonly<Record<(typeof driftMeasures)[number], string>> = {
  kendall: "Kendall's tau-b",
  spearman: "Spearman's correlation",
  cosine: 'cosine',
  relativeL1: 'relative L1 distance',
  topOverlap: 'overlap of the top',
  signFlips: 'flipped signs',
};

function viewFigure6({ panels }: Figure6): DisplayBundle {
  return tableOf(
    [
      'data set',
      'network',
      'init',
      'removed',
      'farthest bar',
      'order',
      'tau',
      'tau, own dense',
      'tau, paper',
    ],
    panels.map(panel => [
      panel.dataset,
      panel.network,
      panel.init,
      panel.removed,
      panel.deviation === null ? '–' : panel.deviation.toFixed(4),
      panel.sameOrder === null ? '–' : panel.sameOrder ? 'same' : 'other',
      shortNumber(panel.drift.kendall.value),
      shortNumber(panel.driftFromOwnDense.kendall.value),
      panel.publishedDrift === null ? '–' : shortNumber(panel.publishedDrift.kendall),
    ]),
    'Bars of mean |SHAP value|, ours beside the paper’s',
    'farthest bar and order: against the paper; tau: Kendall’s, from the dense panel',
  );
}

function viewRules({ rows }: MagnitudeRules): DisplayBundle {
  return tableOf(
    ['weights', 'scope', 'share', 'then', 'data sets as in Table 3', 'farthest bar'],
    rows.map(({ weights, scope, share, after, matches, deviation }) => [
      weights,
      scope,
      share,
      after,
      matches,
      deviation.toFixed(4),
    ]),
    'Ways of pruning by magnitude',
    'farthest bar: against the paper’s magnitude panels of SHAP values',
  );
}

function tableOf(
  columns: readonly string[],
  rows: ReadonlyArray<readonly CellValue[]>,
  caption: string,
  note: string,
): DisplayBundle {
  return tableBundle({ columns, rows, totalRows: rows.length, caption, note });
}
