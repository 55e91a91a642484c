import type { GrangerScan, TestStatus } from '../causality/grangerScan';
import { describeLags } from '../core/describeLags';

import type { Mask } from '../network/mask';
import { decimate } from './decimate';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { requireLevel } from './pAxis';
import { axis, baseLayout, counted, palette, rounded, shortNumber, titled } from './theme';
import { layerSpans, weightName } from './weightPlace';

/** Level and mask that `grangerFigure` marks. */
export interface GrangerFigureOptions {
  /** Level of the dashed line. Default 0.05. */
  readonly alpha?: number;
  /** The weights that a rule kept; given, the markers say kept or removed. Default: they say on which side of alpha. */
  readonly mask?: Mask;
}

const testNames = { f: 'Granger F test', chi2: 'Granger χ² test', lr: 'Granger likelihood-ratio test' };

/** What a status code stands for: `testStatuses`, repeated because figures take nothing but types. A test compares them. */
const statusNames: readonly TestStatus[] = [
  'ok',
  'constant',
  'collinear',
  'too-short',
  'exact-fit',
  'missing',
];

/** More points cannot be told apart, and a notebook would carry megabytes of them. */
const MOST_POINTS = 4000;

/** p-values below this are drawn at it, at the latest. */
const SMALLEST_P = 1e-16;

interface Group {
  readonly name: string;
  readonly symbol: string;
  readonly color: string;
  readonly weights: readonly number[];
}

/**
 * The p-value of every weight's Granger test, strongest evidence on top, with a line at `alpha`. Shape and fill tell the
 * groups apart; tests without an answer stand on the bottom line with a cross.
 *
 * @throws RangeError when the mask is of another network, or alpha lies outside [0, 1]
 * @example
 * import {
 *   createNetwork, grangerFigure, grangerScan, loadDataset, misclassification, recordTwin, windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 50, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const scan = await grangerScan(exponents, await misclassification(twin, iris.test, exponents.ends), { lag: 1 });
 * grangerFigure(scan).summary; // 'Granger tests of 42 weights: 4 with p below 0.05, 38 not, 0 without an answer.'
 */
export function grangerFigure(scan: GrangerScan, options: GrangerFigureOptions = {}): Figure {
  const { alpha = 0.05, mask } = options;
  requireLevel(alpha, 'draw Granger tests');
  if (mask !== undefined && mask.kept.length !== scan.weights) {
    throw new RangeError(`The mask has ${mask.kept.length} weights, the scan ${scan.weights}`);
  }
  const top = topP(scan, alpha);
  const isShown = choose(scan);
  const groups = group(scan, alpha, mask).filter(({ weights }) => weights.length > 0);
  const data = groups.map(({ name, symbol, color, weights }): Trace => {
    const shown = weights.filter(k => isShown(k));
    const isOpen = symbol.endsWith('-open') || /^x|^asterisk/.test(symbol);
    return {
      type: 'scatter',
      mode: 'markers',
      name: `${name} (${weights.length})`,
      x: shown,
      y: shown.map(k => (isAnswered(scan, k) ? rounded(Math.max(scan.pValue[k], top)) : 1)),
      text: shown.map(k => hover(scan, k)),
      hoverinfo: 'text',
      marker: { symbol, color, size: scan.weights > 300 ? 5 : 9, line: { width: isOpen ? 1.8 : 0, color } },
      cliponaxis: false,
    };
  });
  return figure(data, layout(scan, alpha, top), summary(scan, alpha));
}

/** Whether a weight is drawn. Of too many, each stretch shows its smallest and its largest p-value. */
function choose({ pValue, weights }: GrangerScan): (k: number) => boolean {
  if (weights <= MOST_POINTS) return () => true;
  const kept = new Set(decimate(pValue, MOST_POINTS).x);
  return k => kept.has(k);
}

function group(scan: GrangerScan, alpha: number, mask: Mask | undefined): readonly Group[] {
  const all = Array.from({ length: scan.weights }, (_, k) => k);
  const silent = all.filter(k => !isAnswered(scan, k));
  const answered = all.filter(k => isAnswered(scan, k));
  const none = { symbol: 'x-thin', color: palette.grey };
  if (mask === undefined) {
    return [
      {
        name: `p < ${alpha}`,
        symbol: 'circle',
        color: palette.blue,
        weights: answered.filter(k => scan.pValue[k] < alpha),
      },
      {
        name: `p ≥ ${alpha}`,
        symbol: 'diamond-open',
        color: palette.vermillion,
        weights: answered.filter(k => scan.pValue[k] >= alpha),
      },
      { name: 'no answer', ...none, weights: silent },
    ];
  }
  return [
    {
      name: 'kept',
      symbol: 'circle',
      color: palette.blue,
      weights: answered.filter(k => mask.kept[k] === 1),
    },
    {
      name: 'removed',
      symbol: 'diamond-open',
      color: palette.vermillion,
      weights: answered.filter(k => mask.kept[k] === 0),
    },
    { name: 'no answer, kept', ...none, weights: silent.filter(k => mask.kept[k] === 1) },
    {
      name: 'no answer, removed',
      symbol: 'asterisk',
      color: palette.vermillion,
      weights: silent.filter(k => mask.kept[k] === 0),
    },
  ];
}

/** A p-value is what rules go by; preset `published` has one even where its test failed. */
function isAnswered(scan: GrangerScan, weight: number): boolean {
  return !Number.isNaN(scan.pValue[weight]);
}

/**
 * Where p = 0 is drawn, since it has no place on a logarithmic axis: a decade beyond the smallest other p-value, because
 * a rounded p-value of 0 may be just below that.
 */
function topP(scan: GrangerScan, alpha: number): number {
  let smallest = alpha;
  for (const p of scan.pValue) if (p > 0 && p < smallest) smallest = p;
  smallest = Math.max(SMALLEST_P, smallest);
  return hasZero(scan) ? Math.max(SMALLEST_P, smallest / 10) : smallest;
}

function hasZero({ pValue }: GrangerScan): boolean {
  return pValue.includes(0);
}

function hover(scan: GrangerScan, k: number): string {
  const name = weightName(scan.layers, k);
  if (!isAnswered(scan, k)) return `${name}<br>no answer: ${statusNames[scan.status[k]]}`;
  return `${name}<br>p = ${shortNumber(scan.pValue[k])}<br>${scan.test} = ${shortNumber(scan.statistic[k])}, lag ${scan.lag[k]}`;
}

function layout(scan: GrangerScan, alpha: number, top: number): Layout {
  const spans = layerSpans(scan.layers);
  const alphaLine = {
    type: 'line',
    xref: 'paper',
    x0: 0,
    x1: 1,
    y0: alpha,
    y1: alpha,
    line: { color: palette.ink, width: 1.5, dash: 'dash' },
  };
  const separators = spans.slice(1).map(({ first }) => ({
    type: 'line',
    yref: 'paper',
    x0: first - 0.5,
    x1: first - 0.5,
    y0: 0,
    y1: 1,
    line: { color: palette.grey, width: 1 },
  }));
  const alphaNote = {
    xref: 'paper',
    x: 1,
    xanchor: 'left',
    xshift: 4,
    // On a logarithmic axis annotations are placed by exponent.
    y: Math.log10(alpha),
    yanchor: 'middle',
    showarrow: false,
    text: `α = ${alpha}`,
    font: { size: 12 },
  };
  const title = titled('Does a weight’s exponent help to predict the errors?', [
    testNames[scan.test],
    describeLags(scan),
    `${scan.windows} windows`,
    hasZero(scan) ? 'p = 0 is drawn at the top' : '',
    scan.weights > MOST_POINTS
      ? `${shortNumber(MOST_POINTS)} of ${counted(scan.weights, 'weight')} drawn, no peak lost`
      : '',
  ]);
  return baseLayout(title, {
    margin: { l: 72, r: 72, t: 88, b: 60 },
    shapes: [alphaLine, ...separators],
    annotations: [alphaNote],
    xaxis: axis('weight, by layer', {
      showgrid: false,
      range: [-1, scan.weights],
      tickvals: spans.map(({ first, last }) => (first + last) / 2),
      ticktext: spans.map(({ name }) => name),
      ticks: '',
    }),
    yaxis: axis('p-value (log scale, small on top)', {
      type: 'log',
      range: [0.12, Math.log10(top) * 1.06],
      exponentformat: 'power',
      tickfont: { size: 11 },
      dtick: Math.max(1, Math.ceil(-Math.log10(top) / 8)),
    }),
  });
}

function summary(scan: GrangerScan, alpha: number): string {
  let causal = 0;
  let silent = 0;
  for (let k = 0; k < scan.weights; k++) {
    if (!isAnswered(scan, k)) silent++;
    else if (scan.pValue[k] < alpha) causal++;
  }
  return `Granger tests of ${counted(scan.weights, 'weight')}: ${causal} with p below ${alpha}, ${scan.weights - causal - silent} not, ${silent} without an answer.`;
}
