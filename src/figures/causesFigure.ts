import type { GrangerScan } from '../causality/grangerScan';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { requireLevel } from './pAxis';
import { axis, baseLayout, label, palette, shortNumber, titled } from './theme';

/** One way to run the test. */
export interface CausesCase {
  /** Name of the case. */
  readonly name: string;
  /** Of `grangerScan`. */
  readonly scan: GrangerScan;
  /** The same test where nothing can cause anything, such as exponents of other runs; for comparison. */
  readonly controls?: readonly GrangerScan[];
}

/** Level, title and controls of `causesFigure`. */
export interface CausesFigureOptions {
  /** Level of the test. Default 0.05. */
  readonly alpha?: number;
  /** The question; default `How many weights count as causes?`. */
  readonly title?: string;
  /** What the controls are, for the legend. Default `control`. */
  readonly controlName?: string;
}

/** Bars stand this much above the middle of their row, controls below it. */
const SHIFT = 0.2;

/**
 * How many weights count as causes, by how the test was run? One bar a case, its controls as rings under it, and a line where chance
 * alone would be expected to end: alpha times the number of weights.
 *
 * @throws RangeError when there is no case, or alpha lies outside [0, 1]
 * @example
 * import {
 *   causesFigure, createNetwork, grangerScan, loadDataset, misclassification, recordTwin, windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 50, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const scan = await grangerScan(exponents, await misclassification(twin, iris.test, exponents.ends), { lag: 1 });
 * causesFigure([{ name: 'lag 1', scan }]).summary; // 'Weights with p below 0.05: lag 1 4.'
 */
export function causesFigure(cases: readonly CausesCase[], options: CausesFigureOptions = {}): Figure {
  const { alpha = 0.05, title = 'How many weights count as causes?', controlName = 'control' } = options;
  requireLevel(alpha, 'draw causes');
  if (cases.length === 0) throw new RangeError('causesFigure needs at least one case, got none');
  const names = cases.map(({ name }) => label(name));
  const causes = cases.map(({ scan }) => below(scan, alpha));
  const answers = cases.map(({ scan }) => scan.pValue.filter(p => !Number.isNaN(p)).length);
  const share = causes.map((count, i) => count / cases[i].scan.weights);
  const data: Trace[] = [
    {
      type: 'bar',
      orientation: 'h',
      name: `weights with p < ${alpha}`,
      y: cases.map((_, i) => i - SHIFT),
      width: 0.42,
      customdata: names,
      x: share,
      text: causes.map((count, i) => `${count} of ${answers[i]}`),
      textposition: 'outside',
      cliponaxis: false,
      textfont: { size: 12 },
      marker: { color: palette.blue },
      hovertemplate: '%{customdata}<br>%{text} with an answer<extra></extra>',
    },
  ];
  const marks = cases.flatMap(({ controls = [] }, i) =>
    controls.map(scan => ({ i, share: below(scan, alpha) / scan.weights })),
  );
  if (marks.length > 0) {
    data.push({
      type: 'scatter',
      mode: 'markers',
      name: label(controlName),
      cliponaxis: false,
      x: marks.map(mark => mark.share),
      y: marks.map(mark => mark.i + 1.4 * SHIFT),
      customdata: marks.map(mark => names[mark.i]),
      marker: {
        symbol: 'circle-open',
        size: 8,
        color: palette.vermillion,
        line: { width: 2, color: palette.vermillion },
      },
      hovertemplate: '%{customdata}<br>control: %{x:.0%} of its weights<extra></extra>',
    });
  }
  const told = cases.map(({ name }, i) => `${name} ${causes[i]}`);
  const summary = `Weights with p below ${alpha}: ${told.join(', ')}.`;
  return figure(data, layout(title, cases, alpha, [...share, ...marks.map(mark => mark.share)]), summary);
}

function below(scan: GrangerScan, alpha: number): number {
  return scan.pValue.filter(p => p < alpha).length;
}

function layout(
  title: string,
  cases: readonly CausesCase[],
  alpha: number,
  shares: readonly number[],
): Layout {
  const counts = new Set(cases.map(({ scan }) => scan.weights));
  const notes = [
    counts.size === 1 ? `${shortNumber(cases[0].scan.weights)} weights` : '',
    `dashed: expected by chance alone if the test keeps its level ${alpha}`,
  ];
  return baseLayout(titled(title, notes), {
    height: 176 + 46 * cases.length,
    margin: { l: 24, r: 64, t: 96, b: 60 },
    shapes: [
      {
        type: 'line',
        layer: 'below',
        yref: 'paper',
        x0: alpha,
        x1: alpha,
        y0: 0,
        y1: 1,
        line: { color: palette.ink, width: 1.5, dash: 'dash' },
      },
    ],
    xaxis: axis('share of the weights', {
      tickformat: '.0%',
      range: [0, Math.max(0.25, 1.16 * Math.max(...shares))],
    }),
    yaxis: axis('', {
      range: [cases.length - 0.4, -0.6],
      tickvals: cases.map((_, i) => i),
      ticktext: cases.map(({ name }) => label(name)),
      showgrid: false,
      ticks: '',
      showline: false,
    }),
  });
}
