import type { Figure } from '../figures/figure';
import { type FlowArrow, type FlowBox, flowFigure } from '../figures/flowFigure';
import { counted, shortNumber } from '../figures/theme';
import { weightName } from '../figures/weightPlace';
import type { LegcnetRun } from './legcnet';
import { type MethodNumbers, methodNumbers, type TrainingNumbers } from './methodNumbers';

/**
 * A run as a flowchart, with its own numbers: Figure 3 of the paper for a run of `legcnetFT`, Figure 4 for one of `legcnetPT`. Steps
 * that the run's settings leave out have dashed frames.
 *
 * @throws TypeError for anything but such a run
 * @example
 * import { createNetwork, legcnetFT, loadDataset, methodFigure, studyProcedure } from 'legcnet';
 * const iris = await loadDataset('iris', { procedure: 'sound' });
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const run = await legcnetFT(network, iris, { ...studyProcedure('iris', 'sound', { seed: 1 }).FT, controls: 'none' });
 * methodFigure(run).summary.startsWith('LEGCNet-FT as it ran: iris (procedure sound), network 4-6-3'); // true
 */
export function methodFigure(run: LegcnetRun): Figure {
  const n = methodNumbers(run);
  return flowFigure(methodBoxes(n), methodArrows(n), {
    title: `LEGCNet-${n.variant} as it ran`,
    notes: [`Figure ${n.variant === 'PT' ? 4 : 3} of the paper, with the numbers of one run`],
    columns: 2,
  });
}

function methodBoxes(n: MethodNumbers): readonly FlowBox[] {
  const isTwin = n.perturbation !== null;
  const length = `${counted(n.iterates - 1, 'update')} (${counted(n.epochs, 'epoch')})`;
  const overlap = n.overlap === 0 ? 'disjoint windows' : `${shortNumber(100 * n.overlap)} % overlap`;
  return [
    {
      id: 'start',
      kind: 'data',
      row: 0,
      column: 0,
      span: 2,
      title: `${n.dataset.slice(0, 40)} (procedure ${n.procedure}), network ${n.layers.join('-')}`,
      text: `${counted(n.weights, 'weight')}; their initial values are kept for the end`,
    },
    {
      id: 'dense',
      kind: 'step',
      row: 1,
      column: 0,
      span: 2,
      title: 'Train the dense network',
      text: ending(n.dense),
    },
    {
      id: 'record',
      kind: 'step',
      row: 2,
      column: 0,
      title: 'Train again, record every weight',
      text: `${length}, no stop rule`,
    },
    {
      id: 'perturb',
      kind: isTwin ? 'step' : 'omitted',
      row: 2,
      column: 1,
      title: isTwin ? 'The same with one weight moved' : 'The same with one weight moved: left out',
      text: isTwin ? `${length}, same order of rows` : 'these settings analyse the weights themselves',
    },
    {
      id: 'series',
      kind: 'step',
      row: 3,
      column: 0,
      span: 2,
      title: isTwin ? 'Difference series' : 'Weight series',
      text: isTwin ? 'perturbed minus unperturbed, weight by weight' : 'of the one run, weight by weight',
    },
    {
      id: 'exponents',
      kind: 'step',
      row: 4,
      column: 0,
      title: `Lyapunov exponents in windows of ${n.window}`,
      text: `${n.estimator}; ${overlap}`,
    },
    {
      id: 'errors',
      kind: 'step',
      row: 4,
      column: 1,
      title: 'Misclassification at the windows’ ends',
      text: `of the ${n.part} part${isTwin ? ', unperturbed run' : ''}${treated(n)}`,
    },
    {
      id: 'granger',
      kind: 'step',
      row: 5,
      column: 0,
      span: 2,
      title:
        n.cause === 'exponents'
          ? 'Granger: do a weight’s exponents help to predict the errors?'
          : 'Granger: do the errors help to predict a weight’s exponents?',
      text: n.test,
    },
    {
      id: 'decide',
      kind: 'decision',
      row: 6,
      column: 0.5,
      title: `p < ${n.alpha} ?`,
      ...(n.adjust === 'none' ? {} : { text: n.adjust }),
    },
    branch(n, 'causal', 0),
    branch(n, 'non-causal', 1),
    {
      id: 'pruned',
      kind: 'data',
      row: 8,
      column: 0,
      span: 2,
      title: 'Train the pruned network from the same initial weights',
      text: ending(n.sparse),
    },
  ];
}

/** Where the weights of one answer go; those without an answer go where they are told to. */
function branch(n: MethodNumbers, side: MethodNumbers['remove'], column: number): FlowBox {
  const isRemoved = n.remove === side;
  const without = n.weights - n.answered;
  const joins = without > 0 && (n.unanswered === 'remove') === isRemoved;
  return {
    id: side,
    kind: isRemoved ? 'omitted' : 'step',
    row: 7,
    column,
    title: isRemoved ? `Removed: ${n.removed}` : `Kept: ${n.weights - n.removed}`,
    text: joins ? `${shortNumber(without)} without an answer among them` : `called ${side}`,
  };
}

function methodArrows(n: MethodNumbers): readonly FlowArrow[] {
  const isTwin = n.perturbation !== null;
  const recorded = [`${counted(n.iterates, 'iterate')} ×`, counted(n.weights, 'weight')];
  // One line where there is room for it.
  const iterates = recorded.join(' ').length > 27 ? recorded : [recorded.join(' ')];
  const without = n.weights - n.answered;
  const length =
    n.share === null
      ? `${counted(n.epochs, 'epoch')}, fixed`
      : `${shortNumber(100 * n.share)} % of the dense run`;
  return [
    { from: 'start', to: 'dense' },
    { from: 'dense', to: 'record', says: [length] },
    {
      from: 'dense',
      to: 'perturb',
      omitted: !isTwin,
      says: n.perturbation === null ? [] : [perturbed(n.perturbation, n.layers)],
    },
    { from: 'record', to: 'series', says: iterates },
    { from: 'perturb', to: 'series', omitted: !isTwin, says: isTwin ? iterates : [] },
    { from: 'series', to: 'exponents', says: [counted(n.weights, 'series', 'series')] },
    { from: 'series', to: 'errors', says: ['networks at windows’ ends'] },
    {
      from: 'exponents',
      to: 'granger',
      says: [
        `${counted(n.windows, 'window')} × ${counted(n.weights, 'weight')}:`,
        `${shortNumber(n.exponentsOk)} ok, ${shortNumber(n.exponents - n.exponentsOk)} not`,
      ],
    },
    { from: 'errors', to: 'granger', says: [counted(n.windows, 'error rate')] },
    {
      from: 'granger',
      to: 'decide',
      says: [
        `${counted(n.weights, 'test')}${without > 0 ? `, ${shortNumber(without)} without an answer` : ''}`,
      ],
    },
    { from: 'decide', to: 'causal', says: [`yes: ${n.significant}`] },
    { from: 'decide', to: 'non-causal', says: [`no: ${n.answered - n.significant}`] },
    ...(['causal', 'non-causal'] as const).map(side =>
      n.remove === side
        ? { from: side, to: 'pruned', omitted: true, says: ['held at 0'] }
        : { from: side, to: 'pruned', says: [counted(n.weights - n.removed, 'weight')] },
    ),
  ];
}

/**
 * Figure 2 of the paper, the method at a glance, with the numbers of a run.
 *
 * @example
 * import { createNetwork, legcnetFT, loadDataset, overviewFigure, studyProcedure } from 'legcnet';
 * const iris = await loadDataset('iris', { procedure: 'sound' });
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const run = await legcnetFT(network, iris, { ...studyProcedure('iris', 'sound', { seed: 1 }).FT, controls: 'none' });
 * overviewFigure(run).summary.startsWith('LEGCNet-FT at a glance: Network (4-6-3, dense: 42 weights)'); // true
 */
export function overviewFigure(run: LegcnetRun): Figure {
  const n = methodNumbers(run);
  const isTwin = n.perturbation !== null;
  const boxes: FlowBox[] = [
    {
      id: 'network',
      kind: 'data',
      row: 0,
      column: 0,
      title: 'Network',
      text: `${n.layers.join('-')}, dense: ${counted(n.weights, 'weight')}`,
    },
    {
      id: 'record',
      kind: 'step',
      row: 0,
      column: 1,
      title: 'Train, record',
      text: 'every weight after every update',
    },
    {
      id: 'perturb',
      kind: isTwin ? 'step' : 'omitted',
      row: 0,
      column: 2,
      title: isTwin ? 'Perturb, train again' : 'Perturb: left out',
      text: isTwin ? 'one weight moved' : 'by these settings',
    },
    {
      id: 'series',
      kind: isTwin ? 'step' : 'omitted',
      row: 0,
      column: 3,
      title: isTwin ? 'Difference' : 'Difference: left out',
      text: isTwin ? 'of the two runs' : 'the weights themselves',
    },
    { id: 'windows', kind: 'step', row: 1, column: 3, title: 'Windows', text: `of ${n.window} iterates` },
    { id: 'exponents', kind: 'step', row: 1, column: 2, title: 'Lyapunov exponents', text: 'one a window' },
    {
      id: 'granger',
      kind: 'step',
      row: 1,
      column: 1,
      title: 'Granger tests',
      text: 'against the error rates',
    },
    {
      id: 'pruned',
      kind: 'data',
      row: 1,
      column: 0,
      title: 'Pruned network',
      text: `${counted(n.weights - n.removed, 'weight')}, trained again`,
    },
  ];
  const arrows: FlowArrow[] = [
    { from: 'network', to: 'record', says: [`${shortNumber(n.iterates - 1)}`, 'updates'] },
    {
      from: 'record',
      to: 'perturb',
      omitted: !isTwin,
      says: n.perturbation === null ? [] : [`δ = ${exact(n.perturbation.delta)}`],
    },
    { from: 'perturb', to: 'series', omitted: !isTwin, says: [`${n.weights}`, 'series'] },
    { from: 'series', to: 'windows', says: [`${counted(n.iterates, 'iterate')}`, `× ${n.weights}`] },
    { from: 'windows', to: 'exponents', says: [`${n.windows}`, 'windows'] },
    { from: 'exponents', to: 'granger', says: [shortNumber(n.exponentsOk), 'numbers'] },
    { from: 'granger', to: 'pruned', says: [`${n.removed}`, 'removed'] },
  ];
  return flowFigure(boxes, arrows, {
    title: `LEGCNet-${n.variant} at a glance`,
    notes: ['Figure 2 of the paper', `${n.dataset}, procedure ${n.procedure}, numbers of this run`],
    columns: 4,
    gap: 70,
  });
}

function perturbed(
  { weight, delta }: NonNullable<MethodNumbers['perturbation']>,
  layers: readonly number[],
): string {
  const which = typeof weight === 'number' ? weightName(layers, weight) : `${weight.length} weights`;
  return `δ = ${exact(delta)} (${which})`;
}

/** `1e-6` as 10⁻⁶ where it is a power of ten. */
function exact(delta: number): string {
  const power = Math.round(Math.log10(Math.abs(delta)));
  if (delta !== Number(`1e${power}`)) return shortNumber(delta);
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const raised = Array.from(String(power), c => (c === '-' ? '⁻' : digits[Number(c)])).join('');
  return `10${raised}`;
}

function treated({ treatment }: MethodNumbers): string {
  if (treatment === 'none') return '';
  return treatment === 'difference' ? '; all series differenced' : '; a trend taken out of all series';
}

function ending({ epochs, reached, accuracy, f1 }: TrainingNumbers): string {
  const end = reached ? 'benchmark reached' : 'benchmark not reached';
  return `${counted(epochs, 'epoch')} (${end}), test accuracy ${accuracy.toFixed(4)}, macro F1 ${f1.toFixed(4)}`;
}
