import type { RemovalCount, RemovalCounts } from '../pruning/removalCounts';
import { decimate, drawnNote } from './decimate';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { alphaLine, alphaNote, pAxis, SMALLEST_P, topP } from './pAxis';
import { axis, baseLayout, counted, dashes, lineColours, palette, rounded, titled } from './theme';

const names: Readonly<Record<RemovalCount['adjust'], string>> = {
  none: 'none',
  bh: 'Benjamini-Hochberg',
  by: 'Benjamini-Yekutieli',
  holm: 'Holm',
  bonferroni: 'Bonferroni',
};
const symbols: Readonly<Record<RemovalCount['adjust'], string>> = {
  none: 'circle',
  bh: 'diamond',
  by: 'triangle-up',
  holm: 'square-open',
  bonferroni: 'x-thin',
};

/** Points of a curve; more cannot be told apart. */
const MOST_POINTS = 1000;

/**
 * What does a correction for many tests change, and what then goes? Above, the p-values from the smallest up, raw and
 * corrected, with a line at alpha; below, how many weights lie on either side: those the rule `causal` removes and those the
 * rule `non-causal` removes.
 *
 * @example
 * import {
 *   correctionFigure, createNetwork, grangerScan, loadDataset, misclassification, recordTwin, removalCounts,
 *   windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 50, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const scan = await grangerScan(exponents, await misclassification(twin, iris.test, exponents.ends), { lag: 1 });
 * correctionFigure(removalCounts(scan)).data[0].type; // 'scatter'
 */
export function correctionFigure(counts: RemovalCounts): Figure {
  const { rows, weights, unanswered, alpha } = counts;
  const data = [...rows.map(curve), ...sides(counts)];
  const told = rows.map(({ adjust, causal, nonCausal }) => `${names[adjust]} ${causal} and ${nonCausal}`);
  const summary =
    `p-values of ${counted(weights, 'weight')} by correction; below ${alpha} and not: ${told.join(', ')}; ` +
    `${unanswered} without an answer.`;
  return figure(data, layout(counts), summary);
}

function curve({ adjust, pValues }: RemovalCount, i: number): Trace {
  const sorted = pValues.filter(p => !Number.isNaN(p)).sort();
  const { x, y } = decimate(sorted, MOST_POINTS);
  return {
    type: 'scatter',
    mode: sorted.length > 300 ? 'lines' : 'lines+markers',
    name: adjust === 'none' ? 'not corrected' : names[adjust],
    x: x.map(rank => rank + 1),
    y: y.map(p => rounded(Math.max(p, SMALLEST_P), 5)),
    line: { color: lineColours[i], dash: dashes[i], width: 1.5 },
    marker: {
      symbol: symbols[adjust],
      size: 6,
      color: lineColours[i],
      line: { width: symbols[adjust] === 'x-thin' ? 1.5 : 1, color: lineColours[i] },
    },
    cliponaxis: false,
    hovertemplate: 'rank %{x}: p = %{y:.3g}<extra>%{fullData.name}</extra>',
  };
}

/** One bar a correction, in three parts. */
function sides({ rows, unanswered, alpha }: RemovalCounts): Trace[] {
  const part = (name: string, values: readonly number[], color: string, pattern: string): Trace => ({
    type: 'bar',
    orientation: 'h',
    name,
    y: rows.map(({ adjust }) => names[adjust]),
    x: values,
    xaxis: 'x2',
    yaxis: 'y2',
    text: values.map(value => (value === 0 ? '' : String(value))),
    textposition: 'inside',
    insidetextanchor: 'middle',
    textangle: 0,
    insidetextfont: { color: color === palette.blue ? palette.white : palette.ink },
    marker: {
      color,
      pattern: { shape: pattern, fgcolor: palette.white, bgcolor: color, size: 6, solidity: 0.15 },
    },
    showlegend: false,
    hovertemplate: `%{y}: %{x} ${name}<extra></extra>`,
  });
  const parts = [
    part(
      `p < ${alpha}`,
      rows.map(({ causal }) => causal),
      palette.blue,
      '',
    ),
    part(
      `p ≥ ${alpha}`,
      rows.map(({ nonCausal }) => nonCausal),
      palette.peach,
      '',
    ),
  ];
  if (unanswered === 0) return parts;
  return [
    ...parts,
    part(
      'no answer',
      rows.map(() => unanswered),
      palette.silver,
      '/',
    ),
  ];
}

function layout({ alpha, weights, unanswered, rows }: RemovalCounts): Layout {
  const title = titled('What does correcting for many tests change?', [
    `${counted(weights, 'weight')}, one test each`,
    unanswered > 0 ? `${unanswered} without an answer (grey)` : '',
    drawnNote(MOST_POINTS, weights - unanswered),
  ]);
  const top = topP(
    alpha,
    rows.map(({ pValues }) => pValues),
  );
  const heading = (x: number, xanchor: string, text: string) => ({
    xref: 'paper',
    yref: 'paper',
    x,
    xanchor,
    y: 0.325,
    yanchor: 'bottom',
    showarrow: false,
    text,
    font: { size: 12 },
  });
  return baseLayout(title, {
    height: 640,
    margin: { l: 72, r: 72, t: 112, b: 60 },
    barmode: 'stack',
    legend: {
      orientation: 'h',
      x: 0,
      xanchor: 'left',
      y: 1.01,
      yanchor: 'bottom',
      font: { size: 12 },
      traceorder: 'normal',
    },
    bargap: 0.3,
    shapes: [alphaLine(alpha)],
    annotations: [
      alphaNote(alpha, true),
      heading(0, 'left', `p < ${alpha}: goes under the rule ‘causal’`),
      heading(1, 'right', `p ≥ ${alpha}: goes under the rule ‘non-causal’`),
    ],
    xaxis: axis('rank of the weight, smallest p first', { anchor: 'y', range: [0.5, weights + 0.5] }),
    yaxis: pAxis(top, 6, { domain: [0.53, 1] }),
    xaxis2: axis('weights', { anchor: 'y2', range: [0, weights] }),
    yaxis2: axis('correction', {
      domain: [0, 0.315],
      anchor: 'x2',
      autorange: 'reversed',
      showgrid: false,
      ticks: '',
      showline: false,
    }),
  });
}
