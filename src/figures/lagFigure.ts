import type { GrangerScan } from '../causality/grangerScan';
import { describeLags } from '../core/describeLags';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { alphaLine, alphaNote, pAxis, requireLevel, SMALLEST_P, topP } from './pAxis';
import {
  axis,
  baseLayout,
  counted,
  dashes,
  lineColours,
  palette,
  rounded,
  shortNumber,
  titled,
} from './theme';
import { spreadWeights, weightName } from './weightPlace';

/** Level, weights and scan that `lagFigure` marks. */
export interface LagFigureOptions {
  /** Level of the dashed line. Default 0.05. */
  readonly alpha?: number;
  /** 0-based indices of weights to follow from lag to lag by a line. Default: none. */
  readonly weights?: readonly number[];
  /** A scan of several lags: of every weight, the lag that decided is drawn filled. Default: none. */
  readonly chosen?: GrangerScan;
}

/** Points of a strip; more cannot be told apart. */
const MOST_POINTS = 400;

/** Half the width of a strip, in lags. */
const SPREAD = 0.3;

/**
 * Does the answer depend on the lag? The p-values of all weights as one strip a lag, each weight at its place in the strip,
 * with the number below `alpha` on top. Of very wide networks evenly spaced weights are drawn; all are counted.
 *
 * @param scans one a lag, all of the same weights
 * @throws RangeError when there is none, one has several lags, weights do not match, or alpha lies outside [0, 1]
 * @example
 * import {
 *   createNetwork, grangerScan, lagFigure, loadDataset, misclassification, recordTwin, windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 50, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const errors = await misclassification(twin, iris.test, exponents.ends);
 * const scans = [await grangerScan(exponents, errors, { lag: 1 }), await grangerScan(exponents, errors, { lag: 2 })];
 * lagFigure(scans).summary; // 'Weights of 42 with p below 0.05 by lag order: lag 1: 4, lag 2: 18.'
 */
export function lagFigure(scans: readonly GrangerScan[], options: LagFigureOptions = {}): Figure {
  const { alpha = 0.05, weights = [], chosen } = options;
  requireLevel(alpha, 'draw p-values by lag');
  check(scans, weights, chosen);
  const shown = spreadWeights(scans[0].weights, MOST_POINTS);
  const isChosen = (scan: GrangerScan, k: number) => chosen !== undefined && chosen.lag[k] === scan.lags[0];
  const data: Trace[] = [];
  const strip = (name: string, symbol: string, color: string, wanted: typeof isChosen) => {
    const points = scans.flatMap(scan =>
      shown.flatMap(k => (!Number.isNaN(scan.pValue[k]) && wanted(scan, k) ? [{ scan, k }] : [])),
    );
    if (points.length === 0) return;
    data.push({
      type: 'scatter',
      mode: 'markers',
      name,
      x: points.map(({ scan, k }) => rounded(placeOf(scan, k), 5)),
      y: points.map(({ scan, k }) => rounded(drawn(scan.pValue[k]), 4)),
      text: points.map(({ scan, k }) => hover(scan, k)),
      hoverinfo: 'text',
      marker: { symbol, color, size: shown.length > 300 ? 4 : 6, line: { width: 1.2, color } },
      cliponaxis: false,
    });
  };
  strip(
    chosen === undefined ? 'a weight' : 'another lag',
    'circle-open',
    palette.haze,
    (scan, k) => !isChosen(scan, k),
  );
  strip(chosen === undefined ? '' : describeLags(chosen), 'diamond', palette.vermillion, isChosen);
  weights.forEach((k, i) => {
    data.push({
      type: 'scatter',
      mode: 'lines+markers',
      name: weightName(scans[0].layers, k),
      x: scans.map(scan => placeOf(scan, k)),
      y: scans.map(scan => (Number.isNaN(scan.pValue[k]) ? null : rounded(drawn(scan.pValue[k]), 4))),
      text: scans.map(scan => hover(scan, k)),
      hoverinfo: 'text',
      line: { color: lineColours[(i + 2) % lineColours.length], dash: dashes[i % dashes.length], width: 1.8 },
      marker: { size: 5 },
    });
  });
  return figure(data, layout(scans, alpha, chosen), summary(scans, alpha, chosen));
}

function check(
  scans: readonly GrangerScan[],
  weights: readonly number[],
  chosen: GrangerScan | undefined,
): void {
  if (scans.length === 0) throw new RangeError('lagFigure needs at least one scan, got none');
  const count = scans[0].weights;
  for (const scan of scans) {
    if (scan.lags.length !== 1)
      throw new RangeError(`lagFigure needs scans of one lag each, got one of ${scan.lags.length}`);
  }
  for (const scan of chosen === undefined ? scans : [...scans, chosen]) {
    if (scan.weights !== count)
      throw new RangeError(`lagFigure needs scans of the same weights, got ${count} and ${scan.weights}`);
  }
  for (const k of weights) {
    if (!Number.isInteger(k) || k < 0 || k >= count)
      throw new RangeError(`Cannot draw weight ${k}: the scans have 0 to ${count - 1}`);
  }
}

/** All weights of a strip side by side, in their order. */
function placeOf(scan: GrangerScan, k: number): number {
  const share = scan.weights === 1 ? 0.5 : k / (scan.weights - 1);
  return scan.lags[0] + SPREAD * (2 * share - 1);
}

function drawn(p: number): number {
  return Math.max(p, SMALLEST_P);
}

function hover(scan: GrangerScan, k: number): string {
  const name = `${weightName(scan.layers, k)}, lag ${scan.lags[0]}`;
  if (Number.isNaN(scan.pValue[k])) return `${name}<br>no answer`;
  return `${name}<br>p = ${shortNumber(scan.pValue[k])}`;
}

function below(scan: GrangerScan, alpha: number): number {
  return scan.pValue.filter(p => p < alpha).length;
}

function layout(scans: readonly GrangerScan[], alpha: number, chosen: GrangerScan | undefined): Layout {
  const top = topP(
    alpha,
    scans.map(({ pValue }) => pValue),
  );
  const { weights, windows, test } = scans[0];
  const title = titled('Does the answer depend on the lag?', [
    weights > MOST_POINTS ? `${MOST_POINTS} of ${shortNumber(weights)} weights` : counted(weights, 'weight'),
    `${windows} windows`,
    { f: 'F test', chi2: 'χ² test', lr: 'likelihood-ratio test' }[test],
    `on top: weights with p < ${alpha}`,
    top <= SMALLEST_P ? `below ${shortNumber(SMALLEST_P)} drawn at it` : '',
    chosen === undefined ? '' : `${describeLags(chosen)}: ${below(chosen, alpha)}`,
  ]);
  const note = (x: number, text: string) => ({
    x,
    xanchor: 'center',
    yref: 'paper',
    y: 1,
    yanchor: 'bottom',
    showarrow: false,
    text,
    font: { size: 12 },
  });
  return baseLayout(title, {
    height: 460,
    margin: { l: 72, r: 72, t: 104, b: 60 },
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.06, yanchor: 'bottom', font: { size: 12 } },
    showlegend: true,
    shapes: [alphaLine(alpha)],
    annotations: [
      alphaNote(alpha, true),
      ...scans.map(scan => note(scan.lags[0], String(below(scan, alpha)))),
    ],
    xaxis: axis('lag order (windows)', {
      tickvals: scans.map(({ lags }) => lags[0]),
      showgrid: false,
      range: [
        Math.min(...scans.map(({ lags }) => lags[0])) - 0.6,
        Math.max(...scans.map(({ lags }) => lags[0])) + 0.6,
      ],
    }),
    yaxis: pAxis(top, 8),
  });
}

function summary(scans: readonly GrangerScan[], alpha: number, chosen: GrangerScan | undefined): string {
  const told = scans.map(scan => `lag ${scan.lags[0]}: ${below(scan, alpha)}`);
  if (chosen !== undefined) told.push(`${describeLags(chosen)}: ${below(chosen, alpha)}`);
  return `Weights of ${scans[0].weights} with p below ${alpha} by lag order: ${told.join(', ')}.`;
}
