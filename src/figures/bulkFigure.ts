import type { LayerSpectrum } from '../spectra/layerSpectrum';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { verticalLine } from './panelGrid';
import { heading } from './spectrumFigure';
import { axis, baseLayout, palette, rounded, shortNumber, titled } from './theme';

/** The axis of `bulkFigure`. */
export interface BulkFigureOptions {
  /** Default `log`: on a linear axis the large eigenvalues of a trained layer leave no room for the bulk. */
  readonly scale?: 'log' | 'linear';
}

const BINS = 50;
/** Eigenvalues smaller than this share of the largest are not drawn on a log axis: they are rounding of zero. */
const LEAST_SHARE = 1e-12;

/**
 * Which eigenvalues stand out of a random bulk? Their histogram with the fitted Marchenko-Pastur curve and the closed edge:
 * chance leaves the largest eigenvalue left of the line in 95 % of matrices. Densities are those of the axis, so that the curve
 * has area 1 on either.
 *
 * @example
 * import { bulkFigure, createNetwork, layerSpectrum } from 'legcnet';
 * bulkFigure(layerSpectrum(createNetwork({ layers: [784, 50], seed: 1 }), 1)).data[0].type; // 'histogram'
 */
export function bulkFigure(spectrum: LayerSpectrum, options: BulkFigureOptions = {}): Figure {
  const { scale = 'log' } = options;
  const { name, eigenvalues, bulk, edge } = spectrum;
  const isLog = scale === 'log';
  const at = (value: number): number => (isLog ? Math.log10(value) : value);
  const largest = eigenvalues[eigenvalues.length - 1];
  const shown = eigenvalues.filter(value => !isLog || value > LEAST_SHARE * largest).map(at);
  const start = isLog ? (shown[0] ?? 0) : 0;
  // A range of nothing still has a width.
  const size = ((shown[shown.length - 1] ?? 1) - start) / BINS || 1;
  const curve = Array.from(bulk.curve.x, (x, i) => {
    const density = bulk.curve.y[i] * (isLog ? x * Math.LN10 : 1);
    return { x: rounded(at(x)), y: rounded(density) };
  });
  const data: Trace[] = [
    {
      type: 'histogram',
      name: 'eigenvalues',
      x: Array.from(shown, value => rounded(value)),
      histnorm: 'probability density',
      autobinx: false,
      xbins: { start, end: start + size * (BINS + 1), size },
      marker: { color: palette.blue, opacity: 0.55 },
      hovertemplate: '%{x}: %{y:.3g}<extra></extra>',
    },
    {
      type: 'scatter',
      mode: 'lines',
      name: 'Marchenko-Pastur bulk, fitted',
      x: curve.map(({ x }) => x),
      y: curve.map(({ y }) => y),
      line: { color: palette.vermillion, width: 2 },
      hoverinfo: 'skip',
    },
  ];
  const isOk = edge.status === 'ok';
  const place = { xaxis: 'x', yaxis: 'y' };
  const notes = isOk
    ? [
        `${edge.above} of ${eigenvalues.length} eigenvalues above the edge of chance`,
        `the largest: p ${edge.pValue < 1e-4 ? '< 0.0001' : shortNumber(edge.pValue, 2)}`,
      ]
    : [`no edge: ${edge.status}`];
  const layout = baseLayout(titled(heading('What stands out of a random bulk?', name), notes), {
    margin: { l: 72, r: 24, t: 88, b: 60 },
    bargap: 0,
    shapes: isOk
      ? [verticalLine(place, at(edge.upper95), { color: palette.ink, width: 1.5, dash: 'dash' })]
      : [],
    annotations: isOk ? [edgeNote(at(edge.upper95))] : [],
    xaxis: axis(isLog ? 'log10 of the eigenvalue' : 'eigenvalue'),
    yaxis: axis('density'),
  });
  return figure(data, layout, `Bulk of ${name}: ${notes.join(', ')}.`);
}

function edgeNote(x: number): Layout {
  return {
    x,
    y: 1,
    yref: 'paper',
    xanchor: 'left',
    yanchor: 'top',
    xshift: 4,
    showarrow: false,
    text: 'edge of chance (95 %)',
    font: { size: 12 },
  };
}
