import { randomUUID } from 'node:crypto';
import { type GrangerScan, testStatuses } from '../causality/grangerScan';
import { exponentStatuses, type WindowedExponents } from '../chaos/windowedExponents';
import type { Dataset } from '../data/dataset';
import type { Figure } from '../figures/figure';
import { counted, shortNumber } from '../figures/theme';
import { layerSpans, weightName } from '../figures/weightPlace';
import type { Comparison } from '../network/compare';
import { type Mask, weightCount } from '../network/mask';
import type { Network } from '../network/network';
import type { EpochMetrics, Recording } from '../network/recording';
import type { TrainingRun } from '../network/train';
import type { RemovalCounts } from '../pruning/removalCounts';
import type { StudyTable } from '../study/studyTable';
import type { DisplayBundle } from './display';
import { facts, statusCounts } from './facts';
import { figureHtml } from './plotlyEmbed';
import { viewScalars } from './scalarView';
import { viewStudyTable } from './studyTableView';
import { type CellValue, type Table, tableHtml, tableText } from './table';
import { registerView } from './views';

/** Kinds that are a handful of numbers: each is shown under this title. */
const scalarTitles: Readonly<Record<string, string>> = {
  exponent: 'Lyapunov exponent',
  'divergence-curve': 'Divergence curve',
  'kantz-curve': 'Kantz divergence curve',
  'surrogate-test': 'Exponent against surrogates',
  'windowed-surrogate-test': 'Windowed exponents against surrogates',
  'granger-test': 'Granger test',
  'adf-test': 'Augmented Dickey-Fuller test',
  'kpss-test': 'KPSS test',
  stationarity: 'Stationarity',
  'stationarity-scan': 'Stationarity of every weight',
  'stationary-exponents': 'Exponents and target made stationary',
  'transfer-entropy': 'Transfer entropy',
  'transfer-entropy-scan': 'Transfer entropy of every weight',
  'effort-to-compress': 'Effort to compress',
  'compression-causality': 'Compression-complexity causality',
  'cross-map': 'Convergent cross map',
  'cross-map-scan': 'Convergent cross map of every weight',
};

/** Registers the views of all our kinds. */
export function registerViews(): void {
  registerView<Figure>('figure', viewFigure);
  registerView<Table>('table', viewTable);
  registerView<Dataset>('dataset', viewDataset);
  registerView<Network>('network', viewNetwork);
  registerView<Mask>('mask', viewMask);
  registerView<Recording>('recording', viewRecording);
  registerView<TrainingRun>('training-run', viewTrainingRun);
  registerView<WindowedExponents>('windowed-exponents', viewExponents);
  registerView<GrangerScan>('granger-scan', viewScan);
  registerView<Comparison>('comparison', viewComparison);
  registerView<RemovalCounts>('removal-counts', viewRemovalCounts);
  registerView<StudyTable>('study-table', viewStudyTable);
  for (const [kind, title] of Object.entries(scalarTitles))
    registerView(kind, value => viewScalars(title, value));
}

function viewFigure(figure: Figure): DisplayBundle {
  const { data, layout, summary } = figure;
  return {
    'application/vnd.plotly.v1+json': { data, layout },
    'text/html': figureHtml(figure, `legcnet-${randomUUID()}`),
    'text/plain': `[figure] ${summary}`,
  };
}

function viewTable(table: Table): DisplayBundle {
  return { 'text/html': tableHtml(table), 'text/plain': tableText(table) };
}

function viewDataset(dataset: Dataset): DisplayBundle {
  const { name, features, classes, train, validation, test, split, scaling, procedure } = dataset;
  return facts(`Data set ${name}`, [
    ['training rows', train.rows],
    ...(validation === null ? [] : ([['validation rows', validation.rows]] as const)),
    ['test rows', test.rows],
    ['features', `${features.length}: ${someOf(features)}`],
    ['classes', `${classes.length}: ${someOf(classes)}`],
    ['procedure', procedure],
    ['split', split],
    ['scaling', scaling],
  ]);
}

function viewNetwork(network: Network): DisplayBundle {
  const { layers, activation, output, mask } = network;
  const weights = weightCount(layers);
  const biases = layers.slice(1).reduce((sum, width) => sum + width, 0);
  return facts(`Network ${layers.join('-')}`, [
    ['weights', mask === null ? weights : `${weights}, of which ${mask.removed} are held at zero`],
    ['biases', biases],
    ['hidden activation', activation],
    ['output activation', output],
  ]);
}

function viewMask(mask: Mask): DisplayBundle {
  const perLayer = layerSpans(mask.layers).map(({ name, first, last }) => {
    const kept = mask.kept.subarray(first, last + 1).reduce((sum, bit) => sum + bit, 0);
    return [name, `${kept} kept, ${last - first + 1 - kept} removed`] as const;
  });
  return facts(`Mask: ${mask.removed} of ${mask.kept.length} weights removed`, [
    ['rule', mask.rule],
    ...perLayer,
  ]);
}

function viewRecording(recording: Recording): DisplayBundle {
  const { content, weights, iterates, epochs, stopped } = recording;
  const what = content === 'difference' ? 'Recorded differences' : 'Recorded weights';
  return facts(`${what}: ${counted(weights, 'series')} of ${shortNumber(iterates)} iterates`, [
    ['network', recording.initial.layers.join('-')],
    ['iterations per epoch', recording.iterationsPerEpoch],
    ...epochFacts(epochs, stopped),
  ]);
}

function viewTrainingRun({ final, epochs, stopped }: TrainingRun): DisplayBundle {
  const removed = final.mask === null ? 'dense' : `${final.mask.removed} weights held at zero`;
  return facts(`Trained ${final.layers.join('-')} network, ${removed}`, epochFacts(epochs, stopped));
}

function epochFacts(
  epochs: readonly EpochMetrics[],
  stopped: boolean,
): ReadonlyArray<readonly [string, CellValue]> {
  const last = epochs.at(-1);
  if (last === undefined) return [['epochs', 0]];
  return [
    ['epochs', `${last.epoch} (${stopped ? 'the stop rule was met' : 'all that were allowed'})`],
    ['training loss', last.loss],
    ['training accuracy', last.trainAccuracy],
    ...(last.validationAccuracy === null
      ? []
      : ([['validation accuracy', last.validationAccuracy]] as const)),
    ['test accuracy', last.testAccuracy],
    ['test macro F1', last.testF1],
  ];
}

function viewExponents(exponents: WindowedExponents): DisplayBundle {
  const { estimator, windows, weights, window, values, status } = exponents;
  const present = values.filter((_, i) => status[i] === 0).sort();
  const positive = present.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
  return facts(`Lyapunov exponents: ${counted(weights, 'weight')} by ${counted(windows, 'window')}`, [
    ['estimator', estimator],
    ['window', `${window} iterates, ${shortNumber(100 * exponents.overlap)} % overlap`],
    ['smallest, median, largest', [0, 0.5, 1].map(share => shortNumber(quantile(present, share))).join(', ')],
    ['above zero', `${positive} of ${present.length}`],
    ['without a value', statusCounts(status, exponentStatuses)],
  ]);
}

function viewScan(scan: GrangerScan): DisplayBundle {
  const { test, weights, windows, lags, pValue, status } = scan;
  const answered = Array.from({ length: weights }, (_, k) => k).filter(k => !Number.isNaN(pValue[k]));
  const strongest = answered.sort((a, b) => pValue[a] - pValue[b])[0];
  const level = 0.05;
  return facts(`Granger tests of ${counted(weights, 'weight')}`, [
    ['test', `${test}, ${lags.length === 1 ? `lag ${lags[0]}` : `best of lags ${lags[0]}–${lags.at(-1)}`}`],
    ['windows', windows],
    [`p below ${level}`, `${answered.filter(k => pValue[k] < level).length} of ${answered.length} answers`],
    [
      'smallest p',
      strongest === undefined
        ? 'none'
        : `${shortNumber(pValue[strongest])} (${weightName(scan.layers, strongest)})`,
    ],
    ['without an answer', statusCounts(status, testStatuses)],
  ]);
}

function viewComparison({ dataset, rule, stopped, rows }: Comparison): DisplayBundle {
  const columns = ['quantity', 'dense', 'sparse', 'difference'];
  const cells = rows.map(({ quantity, unit, dense, sparse, difference }) => [
    unit === 'percent' ? `${quantity} (%)` : quantity,
    dense,
    sparse,
    difference,
  ]);
  const limits = (['dense', 'sparse'] as const).filter(run => !stopped[run]);
  const caption = `Dense against sparse on ${dataset}`;
  const note = [rule, ...limits.map(run => `${run}: ended by the limit of epochs`)].join('; ');
  return viewTable({ kind: 'table', columns, rows: cells, totalRows: rows.length, caption, note });
}

function viewRemovalCounts({ alpha, weights, unanswered, rows }: RemovalCounts): DisplayBundle {
  return viewTable({
    kind: 'table',
    columns: ['correction', `non-causal (p ≥ ${alpha})`, `causal (p < ${alpha})`],
    rows: rows.map(({ adjust, nonCausal, causal }) => [adjust, nonCausal, causal]),
    totalRows: rows.length,
    caption: 'Weights that each rule would remove',
    note: `${counted(weights, 'weight')}, ${unanswered} without an answer`,
  });
}

function someOf(names: readonly string[]): string {
  return names.length <= 10 ? names.join(', ') : `${names.slice(0, 8).join(', ')}, … ${names.at(-1)}`;
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted.length === 0 ? Number.NaN : sorted[Math.round(share * (sorted.length - 1))];
}
