import type { PowerLawFit } from '../spectra/fitPowerLaw';
import { type Figure, figure, type Trace } from './figure';
import { panelGrid, verticalLine } from './panelGrid';
import { heading } from './spectrumFigure';
import { baseLayout, palette, rounded, shortNumber, titled } from './theme';

/**
 * How much of alpha is the choice of xmin? The exponent for every start of the tail with its standard error, and the distance
 * that decides; the dotted line is the start that won. An exponent to trust is level to the left and right of it.
 *
 * @example
 * import { alphaFigure, fitPowerLaw } from 'legcnet';
 * alphaFigure(fitPowerLaw([1, 2, 4, 8, 16])).data[0].x; // [ 1, 2, 4, 8 ], every start of the tail
 */
export function alphaFigure(fit: PowerLawFit, name = ''): Figure {
  const { scan, count, alpha, xmin, status } = fit;
  const places = Array.from(scan.xmins, (_, i) => i).filter(i => !Number.isNaN(scan.distances[i]));
  const x = places.map(i => rounded(scan.xmins[i]));
  const alphas = places.map(i => rounded(scan.alphas[i]));
  const errors = places.map(i => rounded((scan.alphas[i] - 1) / Math.sqrt(count - i)));
  const tails = places.map(i => count - i);
  const grid = panelGrid(
    [
      {
        name: 'alpha',
        note: 'bars: one standard error',
        x: logAxis,
        y: { range: alphaRange(alphas, alpha) },
      },
      { name: 'distance', note: 'the smallest one wins', x: logAxis, y: { rangemode: 'tozero' } },
    ],
    1,
    { x: 'xmin (log scale)', y: '' },
  );
  const points = (p: number, y: readonly number[], parts: object): Trace => ({
    type: 'scatter',
    mode: 'lines+markers',
    ...grid.place(p),
    x,
    y,
    customdata: tails,
    hovertemplate: 'xmin %{x:.4g}, %{customdata} in the tail: %{y:.3g}<extra></extra>',
    showlegend: false,
    line: { color: palette.blue, width: 1.5 },
    marker: { size: 5, color: palette.blue },
    ...parts,
  });
  const data = [
    points(0, alphas, { error_y: { type: 'data', array: errors, thickness: 1, width: 0 } }),
    points(
      1,
      places.map(i => rounded(scan.distances[i])),
      {},
    ),
  ];
  const isOk = status === 'ok';
  const note = isOk ? `alpha ${shortNumber(alpha)} at xmin ${shortNumber(xmin)}` : 'no power law';
  const line = { color: palette.ink, width: 1.2, dash: 'dot' };
  const layout = baseLayout(titled(heading('How much of alpha is the choice of xmin?', name), [note]), {
    height: 560,
    margin: { l: 72, r: 24, t: 96, b: 60 },
    ...grid.axes,
    annotations: grid.headings,
    shapes: isOk ? [0, 1].map(p => verticalLine(grid.place(p), xmin, line)) : [],
  });
  return figure(data, layout, `Exponents by start of the tail${name === '' ? '' : `, ${name}`}: ${note}.`);
}

const logAxis = { type: 'log', dtick: 'D2', tickformat: '~g' };

/** The last places have two or three values and exponents without bound: they may leave the panel. */
function alphaRange(alphas: readonly number[], chosen: number): readonly [number, number] {
  const sorted = [...alphas].sort((a, b) => a - b);
  const usual = sorted[Math.floor(0.8 * (sorted.length - 1))] ?? 2;
  return [0, 1.25 * Math.max(usual, Number.isNaN(chosen) ? 0 : chosen, 2)];
}
