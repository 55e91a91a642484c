import type { PowerLawFit } from '../spectra/fitPowerLaw';
import { type Figure, figure, type Trace } from './figure';
import { verticalLine } from './panelGrid';
import { axis, baseLayout, palette, rounded, shortNumber, titled } from './theme';

/**
 * Is the tail a straight line? The share of values at least as large as each, both axes logarithmic, with the fitted power
 * law, whose slope there is 1 - alpha, and the place where the tail starts. No bins, so ten eigenvalues show as ten points.
 *
 * @example
 * import { fitPowerLaw, spectrumFigure } from 'legcnet';
 * const { summary } = spectrumFigure(fitPowerLaw([1, 2, 4, 8, 16]), 'powers of two');
 * summary.startsWith('Spectrum of powers of two: alpha 1.72 ± 0.32'); // true
 */
export function spectrumFigure(fit: PowerLawFit, name = ''): Figure {
  const { status, values, count, tail, alpha, sigma, xmin, xmax, distance, failure } = fit;
  const share = (i: number): number => (count - i) / count;
  const points = (from: number, to: number, title: string, marker: object): Trace => ({
    type: 'scatter',
    mode: 'markers',
    name: title,
    x: Array.from(values.subarray(from, to), value => rounded(value)),
    y: Array.from({ length: to - from }, (_, i) => rounded(share(from + i))),
    marker: { size: 7, ...marker },
    hovertemplate: 'eigenvalue %{x:.4g}<br>%{y:.1%} are as large<extra></extra>',
  });
  const start = count - tail;
  const isOk = status === 'ok';
  const data = [
    points(0, start, 'below the tail', { symbol: 'circle-open', color: palette.grey }),
    points(start, count, 'tail', { symbol: 'circle', color: palette.blue }),
    ...(isOk
      ? [
          {
            type: 'scatter',
            mode: 'lines',
            name: `power law, alpha ${shortNumber(alpha)}`,
            x: [rounded(xmin), rounded(xmax)],
            y: [share(start), rounded(share(start) * (xmax / xmin) ** (1 - alpha))],
            line: { color: palette.vermillion, dash: 'dash', width: 2 },
            hoverinfo: 'skip',
          },
        ]
      : []),
  ];
  const notes = isOk
    ? [
        `alpha ${shortNumber(alpha)} ± ${shortNumber(sigma, 2)}`,
        `distance ${shortNumber(distance, 2)}`,
        `${tail} of ${count} eigenvalues in the tail`,
        ...(fit.verdict === 'none' ? ['too few for a verdict'] : [fit.verdict]),
      ]
    : [`no power law: ${failure}`];
  const layout = baseLayout(titled(heading('Is the tail a straight line?', name), notes), {
    margin: { l: 72, r: 24, t: 88, b: 60 },
    shapes: isOk
      ? [verticalLine({ xaxis: 'x', yaxis: 'y' }, xmin, { color: palette.ink, width: 1, dash: 'dot' })]
      : [],
    xaxis: axis('eigenvalue (log scale)', { type: 'log', dtick: 'D2', tickformat: '~g' }),
    yaxis: axis('share as large (log scale)', { type: 'log', dtick: 'D2', tickformat: '~g' }),
  });
  return figure(data, layout, `Spectrum${name === '' ? '' : ` of ${name}`}: ${notes.join(', ')}.`);
}

/** A title that ends with what the figure is of, a name of a user. */
export function heading(title: string, name: string): string {
  return name === '' ? title : `${title} ${name}`;
}
