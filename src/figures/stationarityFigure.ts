import type { Stationarity } from '../causality/stationarity';
import type { StationarityScan } from '../causality/stationarityScan';
import type { StationarityVerdict } from '../causality/stationarityVerdict';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { axis, baseLayout, label, palette, rounded, shortNumber, titled } from './theme';
import { spreadWeights, weightName } from './weightPlace';

/** Series as they were, or after a treatment. */
export interface StationarityCase {
  /** Name of the case. */
  readonly name: string;
  /** Of `stationarityScan`. */
  readonly scan: StationarityScan;
  /** The target that these exponents are tested against. */
  readonly target?: Stationarity;
}

/** Index = code in `StationarityScan.verdict`, repeated because figures take nothing but types. A test compares them. */
const stationarityVerdicts: readonly StationarityVerdict[] = [
  'stationary',
  'trend-stationary',
  'unit-root',
  'inconclusive',
  'no-answer',
];

/** Points of a panel; more cannot be told apart. */
const MOST_POINTS = 2000;

const styles: Readonly<Record<StationarityVerdict, { color: string; symbol: string }>> = {
  stationary: { color: palette.blue, symbol: 'circle' },
  'trend-stationary': { color: palette.green, symbol: 'triangle-up' },
  'unit-root': { color: palette.vermillion, symbol: 'diamond' },
  inconclusive: { color: palette.grey, symbol: 'square-open' },
  'no-answer': { color: palette.silver, symbol: 'x-thin' },
};

/**
 * Are the series fit for the test? Above, how many weights have each verdict, one bar a case. Below, where they stand around
 * a level, one panel a case: the Dickey-Fuller statistic (a unit root is rejected left of its line) against the KPSS statistic (stationarity is
 * rejected above its line), so that the lower left corner is stationary from both sides. The target is a star.
 *
 * @throws RangeError when there is no case
 * @example
 * import {
 *   createNetwork, loadDataset, recordTwin, stationarityFigure, stationarityScan, windowedLyapunov,
 * } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * const scan = await stationarityScan(await windowedLyapunov(twin, { window: 100 }));
 * stationarityFigure([{ name: 'exponents', scan }]).data[0].type; // 'bar'
 */
export function stationarityFigure(cases: readonly StationarityCase[]): Figure {
  if (cases.length === 0) throw new RangeError('stationarityFigure needs at least one case, got none');
  const data: Trace[] = [];
  const shown = stationarityVerdicts.filter(verdict => cases.some(({ scan }) => scan.counts[verdict] > 0));
  for (const verdict of shown) data.push(bars(cases, verdict));
  const named = new Set<unknown>();
  const push = (trace: Trace) => {
    data.push({ ...trace, showlegend: !named.has(trace.name) });
    named.add(trace.name);
  };
  cases.forEach((each, i) => {
    for (const verdict of shown) if (each.scan.counts[verdict] > 0) push(points(each, i, verdict));
    if (each.target !== undefined) push(star(each.target, i));
  });
  return figure(data, layout(cases), summary(cases));
}

function bars(cases: readonly StationarityCase[], verdict: StationarityVerdict): Trace {
  const { color } = styles[verdict];
  const counts = cases.map(({ scan }) => scan.counts[verdict]);
  return {
    type: 'bar',
    orientation: 'h',
    name: verdict,
    legendgroup: verdict,
    showlegend: false,
    // Numbered rows, not categories: two cases may have one name.
    y: cases.map((_, i) => i),
    customdata: cases.map(({ name }) => label(name)),
    x: cases.map(({ scan }, i) => counts[i] / scan.weights),
    xaxis: 'x',
    yaxis: 'y',
    text: counts.map(count => (count === 0 ? '' : String(count))),
    textposition: 'inside',
    insidetextanchor: 'middle',
    textangle: 0,
    constraintext: 'none',
    insidetextfont: { color: verdict === 'no-answer' ? palette.ink : palette.white },
    marker: { color },
    hovertemplate: `%{customdata}: %{text} ${verdict}<extra></extra>`,
  };
}

/** Axes of the first case are x2 and y2, of the second x3 and y3, … */
function axesOf(i: number): { xaxis: string; yaxis: string } {
  return { xaxis: `x${i + 2}`, yaxis: `y${i + 2}` };
}

function points({ scan }: StationarityCase, i: number, verdict: StationarityVerdict): Trace {
  const { adf, kpss } = scan.level;
  const code = stationarityVerdicts.indexOf(verdict);
  const weights = spreadWeights(scan.weights, MOST_POINTS).filter(k => scan.verdict[k] === code);
  return {
    type: 'scatter',
    mode: 'markers',
    name: verdict,
    legendgroup: verdict,
    legendrank: 1 + code,
    x: weights.map(k => rounded(adf.statistic[k], 4)),
    y: weights.map(k => rounded(kpss.statistic[k], 4)),
    ...axesOf(i),
    text: weights.map(
      k =>
        `${weightName(scan.layers, k)}<br>Dickey-Fuller p = ${shortNumber(adf.pValue[k])}<br>` +
        `KPSS p ${kpssText(kpss.pValue[k])}`,
    ),
    hoverinfo: 'text',
    marker: {
      ...styles[verdict],
      size: scan.weights > 300 ? 4 : 7,
      line: { width: 1.2, color: styles[verdict].color },
    },
  };
}

/** The table ends at 0.01 and 0.1. */
function kpssText(p: number): string {
  if (p <= 0.01) return '≤ 0.01';
  return p >= 0.1 ? '≥ 0.1' : `= ${shortNumber(p)}`;
}

function star({ level, verdict }: Stationarity, i: number): Trace {
  return {
    type: 'scatter',
    mode: 'markers',
    name: 'target',
    legendgroup: 'target',
    legendrank: 10,
    x: [level.adf.statistic],
    y: [level.kpss.statistic],
    ...axesOf(i),
    text: [`target: ${verdict}`],
    hoverinfo: 'text',
    marker: { symbol: 'star', size: 15, color: palette.ink, line: { width: 1, color: palette.white } },
    cliponaxis: false,
  };
}

/** Room of a panel between two. */
const GAP = 0.06;

function layout(cases: readonly StationarityCase[]): Layout {
  const { windows, weights, alpha } = cases[0].scan;
  const title = titled('Are the series fit for the test?', [
    `${shortNumber(weights)} weights, ${windows} windows`,
    `lines: ${shortNumber(100 * alpha)} % critical values around a level`,
    weights > MOST_POINTS ? `${shortNumber(MOST_POINTS)} of them drawn, evenly spaced` : '',
    cases.some(({ scan }) => scan.lowPower) ? 'few windows: verdicts are weak' : '',
  ]);
  const barHeight = 34 * cases.length;
  const panels = 330;
  const height = 96 + barHeight + 100 + panels + 60;
  const inside = barHeight + 100 + panels;
  const panelTop = panels / inside;
  const width = (1 - GAP * (cases.length - 1)) / cases.length;
  const parts: Record<string, unknown> = {};
  const shapes: Layout[] = [];
  const annotations: Layout[] = [];
  cases.forEach(({ name, scan }, i) => {
    const from = i * (width + GAP);
    const { xaxis, yaxis } = axesOf(i);
    const isFirst = i === 0;
    parts[`xaxis${i + 2}`] = axis('Dickey-Fuller statistic', {
      domain: [from, from + width],
      anchor: yaxis,
      ...(isFirst ? {} : { matches: 'x2' }),
    });
    parts[`yaxis${i + 2}`] = axis(isFirst ? 'KPSS statistic (log scale)' : '', {
      domain: [0, panelTop],
      anchor: xaxis,
      type: 'log',
      tickvals: [0.03, 0.1, 0.3, 1, 3],
      ...(isFirst ? {} : { matches: 'y2', showticklabels: false }),
    });
    const line = { color: palette.ink, width: 1.5, dash: 'dash' };
    const { adf: unitRoot, kpss: stationary } = scan.critical;
    shapes.push(
      { type: 'line', xref: xaxis, yref: `${yaxis} domain`, x0: unitRoot, x1: unitRoot, y0: 0, y1: 1, line },
      {
        type: 'line',
        xref: `${xaxis} domain`,
        yref: yaxis,
        x0: 0,
        x1: 1,
        y0: stationary,
        y1: stationary,
        line,
      },
    );
    annotations.push({
      xref: 'paper',
      yref: 'paper',
      x: from,
      xanchor: 'left',
      y: panelTop,
      yanchor: 'bottom',
      showarrow: false,
      text: `<b>${label(name)}</b>`,
      font: { size: 12 },
    });
    for (const [y, yanchor, text] of [
      [1, 'top', 'above the line: not stationary'],
      [0, 'bottom', 'left of the line: no unit root'],
    ] as const) {
      annotations.push({
        xref: `${xaxis} domain`,
        yref: `${yaxis} domain`,
        x: 0,
        xanchor: 'left',
        xshift: 3,
        y,
        yanchor,
        showarrow: false,
        text,
        font: { size: 11, color: palette.soft },
      });
    }
  });
  return baseLayout(title, {
    height,
    barmode: 'stack',
    bargap: 0.25,
    margin: { l: 80, r: 24, t: 96, b: 60 },
    legend: {
      orientation: 'h',
      x: 0,
      xanchor: 'left',
      y: 1 + 8 / inside,
      yanchor: 'bottom',
      font: { size: 12 },
    },
    showlegend: true,
    shapes,
    annotations,
    xaxis: axis('share of the weights', {
      domain: [0, 1],
      anchor: 'y',
      tickformat: '.0%',
      range: [0, 1],
    }),
    yaxis: axis('', {
      domain: [1 - barHeight / inside, 1],
      anchor: 'x',
      range: [cases.length - 0.5, -0.5],
      tickvals: cases.map((_, i) => i),
      ticktext: cases.map(({ name }) => label(name)),
      showgrid: false,
      ticks: '',
      showline: false,
    }),
    ...parts,
  });
}

function summary(cases: readonly StationarityCase[]): string {
  const told = cases.map(({ name, scan, target }) => {
    const counts = stationarityVerdicts
      .filter(verdict => scan.counts[verdict] > 0)
      .map(verdict => `${scan.counts[verdict]} ${verdict}`);
    return `${name}: ${counts.join(', ')}${target === undefined ? '' : `, target ${target.verdict}`}`;
  });
  return `Stationarity of ${shortNumber(cases[0].scan.weights)} weights. ${told.join('; ')}.`;
}
