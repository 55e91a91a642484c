import { randomUUID } from 'node:crypto';
import { type GrangerScan, testStatuses } from '../causality/grangerScan';

import type { StationaryExponents } from '../causality/makeStationary';
import type { TestSize } from '../causality/testSize';

import type { AnalysedTraining } from '../chaos/exponentsWhileTraining';
import { exponentStatuses, type WindowedExponents } from '../chaos/windowedExponents';
import { describeLags } from '../core/describeLags';
import { layersName, weightCount } from '../core/weightLayers';
import type { DatasetAudit } from '../data/auditDataset';
import type { OriginalComparison } from '../data/compareWithOriginal';
import type { Dataset } from '../data/dataset';
import type { Figure } from '../figures/figure';
import { counted, shortNumber } from '../figures/theme';
import { layerSpans, weightName } from '../figures/weightPlace';
import type { Comparison } from '../network/compare';
import type { Mask } from '../network/mask';
import type { ConfusionMatrix } from '../network/metrics';
import type { Model } from '../network/model';
import type { Network } from '../network/network';
import type { Recording, RecordingStore } from '../network/recording';
import type { TrainingRun } from '../network/train';
import { portsOf, type Trainable } from '../network/trainable';
import type { RemovalCounts } from '../pruning/removalCounts';
import type { Sweep } from '../sweep/sweepResult';
import { viewAudit, viewOriginal } from './auditView';
import type { DisplayBundle } from './display';
import { registerExplanationViews } from './explanationViews';
import { type ExportCheck, type ExportedFolder, viewExportCheck, viewExportedFolder } from './exportView';
import { facts, statusCounts } from './facts';
import { packArrays } from './packArrays';
import { figureHtml } from './plotlyEmbed';
import { registerPruningViews } from './pruningViews';
import { viewScalars } from './scalarView';
import type { Session } from './session';
import { viewSession } from './sessionView';
import { registerSpectraViews } from './spectraViews';
import { registerStudyViews } from './studyViews';
import { viewSweep } from './sweepView';
import type { CellValue, Table, Timings } from './table';
import { tableBundle } from './tableBundle';
import { registerView } from './views';

/** Kinds that are a handful of numbers: each is shown under this title. */
const scalarTitles: Readonly<Record<string, string>> = {
  'analysis-memory': 'Memory of an analysis, in bytes',
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
  'transfer-entropy': 'Transfer entropy',
  'transfer-entropy-scan': 'Transfer entropy of every weight',
  'effort-to-compress': 'Effort to compress',
  'compression-causality': 'Compression-complexity causality',
  'cross-map': 'Convergent cross map',
  'cross-map-scan': 'Convergent cross map of every weight',
  'bootstrap-interval': 'Bootstrap interval',
  'paired-difference': 'Difference of paired runs',
  'signed-rank-test': "Wilcoxon's signed-rank test",
  'equivalence-test': 'Equivalence test',
  'share-interval': 'Share of cases',
  'mask-agreement': 'Agreement of masks',
  'lipschitz-constant': 'Lipschitz constant',
  'queued-sweep': 'Sweep put into a queue',
  'pruning-error': 'Error of pruning, sup norm over a ball',
};

/** Registers the views of all our kinds. */
export function registerViews(): void {
  registerView<Figure>('figure', viewFigure);
  registerView<Table>('table', tableBundle);
  registerView<Timings>('timings', tableBundle);
  registerView<Session>('session-facts', viewSession);
  registerView<Dataset>('dataset', viewDataset);
  registerView<DatasetAudit>('dataset-audit', viewAudit);
  registerView<OriginalComparison>('original-comparison', viewOriginal);
  registerView<Network>('network', viewNetwork);
  registerView<Model>('model', viewModel);
  registerView<Mask>('mask', viewMask);
  registerView<Recording<Trainable>>('recording', viewRecording);
  registerView<TrainingRun<Trainable>>('training-run', viewTrainingRun);
  registerView<WindowedExponents>('windowed-exponents', viewExponents);
  registerView<GrangerScan>('granger-scan', viewScan);
  registerView<StationaryExponents>('stationary-exponents', viewStationary);
  registerView<TestSize>('test-size', viewTestSize);
  registerView<Comparison>('comparison', viewComparison);
  registerView<ConfusionMatrix>('confusion-matrix', viewConfusion);
  registerView<RemovalCounts>('removal-counts', viewRemovalCounts);
  registerPruningViews();
  registerView<AnalysedTraining<Trainable>>('analysed-training', viewAnalysedTraining);
  registerSpectraViews();
  registerExplanationViews();
  registerStudyViews();
  registerView<Sweep>('sweep', viewSweep);
  registerView<ExportedFolder>('exported-folder', viewExportedFolder);
  registerView<ExportCheck>('export-check', viewExportCheck);
  for (const [kind, title] of Object.entries(scalarTitles))
    registerView(kind, value => viewScalars(title, value));
}

function viewFigure(figure: Figure): DisplayBundle {
  const { data, layout, summary } = figure;
  return {
    'application/vnd.plotly.v1+json': { data: packArrays(data), layout },
    'text/html': figureHtml(figure, `legcnet-${randomUUID()}`),
    'text/plain': `[figure] ${summary}`,
  };
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
    ['weights', mask === null ? weights : `${weights}, ${mask.removed} of them held at zero`],
    ['biases', biases],
    ['hidden activation', activation],
    ['output activation', output],
  ]);
}

function viewModel({ name, layers, parameters, mask, architecture }: Model): DisplayBundle {
  const { inputShape, outputs, summary, loss, optimizer, learningRate } = architecture;
  const weights = weightCount(layers);
  return facts(`Model ${name}`, [
    ['layers', summary],
    ['weights', mask === null ? weights : `${weights}, ${mask.removed} of them held at zero`],
    ['of which', layersName(layers)],
    ['other numbers', parameters.length - weights],
    ['inputs', inputShape.join(' x ')],
    ['outputs', outputs],
    ['loss', loss],
    ['optimizer', `${optimizer}, learning rate ${shortNumber(learningRate)}`],
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

/** What the first line says of a run that diverged. */
function warned(title: string, { diverged }: { readonly diverged: boolean }): string {
  return diverged ? `DIVERGED, every number is worthless. ${title}` : title;
}

function viewRecording(recording: Recording<Trainable>): DisplayBundle {
  const { content, weights, iterates } = recording;
  const what = content === 'difference' ? 'Recorded differences' : 'Recorded weights';
  const title = `${what}: ${counted(weights, 'series', 'series')} of ${counted(iterates, 'iterate')}`;
  return facts(warned(title, recording), [
    ['network', layersName(recording.initial.layers)],
    ['iterations per epoch', recording.iterationsPerEpoch],
    ...(recording.store === undefined ? [] : [['stored in', storeText(recording.store)] as const]),
    ...epochFacts(recording),
  ]);
}

function storeText({ folder, status }: RecordingStore): string {
  return status === 'complete' ? folder : `${folder} (unfinished: the run was stopped or killed)`;
}

function viewTrainingRun(run: TrainingRun<Trainable>): DisplayBundle {
  const { final } = run;
  const removed = final.mask === null ? 'dense' : `${counted(final.mask.removed, 'weight')} held at zero`;
  const what = final.kind === 'network' ? `${layersName(final.layers)} network` : `model ${final.name}`;
  const title = `Trained ${what}, ${removed}`;
  return facts(warned(title, run), epochFacts(run));
}

/** A training as its result and as its recording tell it; a recording from elsewhere lacks the settings. */
type Trained = Pick<Recording<Trainable>, 'final' | 'epochs' | 'stopped' | 'settings'>;

function epochFacts({
  final,
  epochs,
  stopped,
  settings,
}: Trained): ReadonlyArray<readonly [string, CellValue]> {
  const last = epochs.at(-1);
  if (last === undefined) return [['epochs', 0]];
  // When a row counts as right matters where there are several outputs.
  const isPlain = settings === undefined || portsOf(final).outputs === 1;
  const isArgmax = settings?.accuracyRule === 'argmax';
  const rule = isPlain ? '' : isArgmax ? ' (arg-max)' : ' (all outputs)';
  const argmax = isPlain ? '' : ' (arg-max)';
  return [
    ['epochs', `${last.epoch} (${stopped ? 'the stop rule was met' : 'all that were allowed'})`],
    ['training loss', last.loss],
    [`training accuracy${rule}`, last.trainAccuracy],
    ...(last.validationAccuracy === null
      ? []
      : ([[`validation accuracy${rule}`, last.validationAccuracy]] as const)),
    [`test accuracy${rule}`, last.testAccuracy],
    ...(rule === argmax ? [] : ([[`test accuracy${argmax}`, last.testArgmaxAccuracy]] as const)),
    [`test macro F1${argmax}`, last.testF1],
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
  const { test, weights, windows, pValue, status } = scan;
  const answered = Array.from({ length: weights }, (_, k) => k).filter(k => !Number.isNaN(pValue[k]));
  const strongest = answered.sort((a, b) => pValue[a] - pValue[b])[0];
  const level = 0.05;
  return facts(`Granger tests of ${counted(weights, 'weight')}`, [
    ['test', `${test}, ${describeLags(scan)}`],
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

function viewTestSize({ series, alpha, pairs, windows, rates, ...lags }: TestSize): DisplayBundle {
  return tableBundle({
    columns: ['windows', ...rates.map(({ test }) => `${test} (%)`)],
    rows: windows.map((length, w) => [length, ...rates.map(({ rate }) => 100 * rate[w])]),
    totalRows: windows.length,
    caption: `Share of unrelated pairs rejected at level ${alpha}`,
    note: `${shortNumber(pairs)} pairs of ${series} a length, ${describeLags(lags)}`,
  });
}

function viewStationary({ treatment, order, exponents, before, after }: StationaryExponents): DisplayBundle {
  const { windows, weights } = exponents;
  const done = {
    none: 'left as they came',
    difference: order === 1 ? 'change from window to window' : `differences of order ${order}`,
    detrend: `residual of a polynomial of degree ${order}`,
  }[treatment];
  return facts('Exponents and target made stationary', [
    ['treatment of all series', done],
    ['target as it came', before.verdict],
    ['target now', after.verdict],
    ['left to test', `${counted(weights, 'weight')} by ${counted(windows, 'window')}`],
  ]);
}

function viewConfusion({ classes, counts }: ConfusionMatrix): DisplayBundle {
  const names = Array.from({ length: classes }, (_, c) => `class ${c}`);
  return tableBundle({
    columns: ['true', ...names.map(name => `taken for ${name}`)],
    rows: names.map((name, c) => [name, ...counts.subarray(c * classes, (c + 1) * classes)]),
    totalRows: classes,
    caption: 'True against predicted classes',
    note: '',
  });
}

function viewComparison(comparison: Comparison): DisplayBundle {
  const { dataset, rule, stopped, rows, differences, diverged } = comparison;
  const columns = ['quantity', 'dense', 'sparse', 'difference'];
  const cells = rows.map(({ quantity, unit, dense, sparse, difference }) => [
    unit === 'percent' ? `${quantity} (%)` : quantity,
    dense,
    sparse,
    difference,
  ]);
  const limits = (['dense', 'sparse'] as const).filter(run => !stopped[run]);
  const lost = (['dense', 'sparse'] as const).filter(run => diverged[run]);
  const caption = warned(`Dense against sparse on ${dataset}`, { diverged: lost.length > 0 });
  const note = [
    ...lost.map(run => `${run}: diverged`),
    rule,
    ...limits.map(run => `${run}: ended by the limit of epochs`),
    ...(differences.length === 0 ? [] : [`the runs differ in more than the mask: ${differences.join(', ')}`]),
  ].join('; ');
  return tableBundle({ columns, rows: cells, totalRows: rows.length, caption, note });
}

function viewAnalysedTraining({ run, exponents, target, part }: AnalysedTraining<Trainable>): DisplayBundle {
  const { windows, weights, window } = exponents;
  const title = `Analysed while training: ${counted(weights, 'weight')} by ${counted(windows, 'window')}`;
  return facts(warned(title, run), [
    ['estimator', exponents.estimator],
    ['window', `${window} iterates, ${shortNumber(100 * exponents.overlap)} % overlap`],
    [`misclassified (${part} rows)`, `${shortNumber(target[0])} first, ${shortNumber(target.at(-1)!)} last`],
    ...epochFacts(run),
  ]);
}

function viewRemovalCounts({ alpha, weights, unanswered, rows }: RemovalCounts): DisplayBundle {
  return tableBundle({
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
