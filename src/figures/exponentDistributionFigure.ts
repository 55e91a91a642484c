import { type Figure, figure, type Trace } from './figure';
import { axis, baseLayout, label, lineColours, palette, rounded, shortNumber, titled } from './theme';

/** Exponents of one series or run, one row of the figure. */
export interface ExponentSample {
  /** What was measured, such as `training, batch 1`. */
  readonly name: string;
  /** How: rows of one estimator share colour and marker. */
  readonly estimator: string;
  /** Exponents per iteration; NaN for those without a value, which are left out. */
  readonly values: ArrayLike<number>;
}

const markers: readonly string[] = ['circle', 'diamond', 'square', 'triangle-up'];

/**
 * Where the exponents of several runs lie, one row each: median (marker), middle half (thick), 5 % to 95 % (thin), with the
 * line at zero and the share above it.
 *
 * @throws RangeError without samples
 * @example
 * import { exponentDistributionFigure } from 'legcnet';
 * const sample = { name: 'by hand', estimator: 'direct', values: [-0.02, -0.01, 0, 0.01, 0.05] };
 * exponentDistributionFigure([sample]).summary; // 'Median exponents: by hand 0 (40 % above zero).'
 */
export function exponentDistributionFigure(samples: readonly ExponentSample[]): Figure {
  if (samples.length === 0) {
    throw new RangeError('exponentDistributionFigure needs at least one sample, got none');
  }
  const rows = samples.map(({ name, estimator, values }) => ({
    name,
    estimator,
    ...spreadOf(values),
  }));
  const estimators = [...new Set(rows.map(({ estimator }) => estimator))];
  const data = estimators.flatMap((estimator, e) =>
    traces(
      label(estimator),
      lineColours[e % lineColours.length],
      markers[e % markers.length],
      rows.flatMap((row, y) => (row.estimator === estimator ? [{ ...row, y }] : [])),
    ),
  );
  const layout = baseLayout(
    titled('How large are the exponents, and how many are above zero?', [
      'marker: median',
      'thick: middle half',
      'thin: 5 % to 95 %',
    ]),
    {
      height: 166 + 34 * rows.length,
      margin: { l: 24, r: 96, t: 88, b: 60 },
      shapes: [
        {
          type: 'line',
          yref: 'paper',
          x0: 0,
          x1: 0,
          y0: 0,
          y1: 1,
          line: { color: palette.ink, width: 1.2 },
        },
      ],
      annotations: rows.map(({ above }, y) => ({
        xref: 'paper',
        x: 1,
        xanchor: 'left',
        xshift: 6,
        y,
        yanchor: 'middle',
        showarrow: false,
        text: above === null ? 'no value' : `${Math.round(100 * above)} % > 0`,
        font: { size: 12 },
      })),
      xaxis: axis('exponent per iteration'),
      // Numbered rows, not categories: rows of two estimators may have one name.
      yaxis: axis('', {
        range: [rows.length - 0.4, -0.6],
        tickvals: rows.map((_, y) => y),
        ticktext: rows.map(({ name }) => label(name)),
        ticks: '',
        showgrid: false,
      }),
    },
  );
  return figure(data, layout, summary(rows));
}

interface Spread {
  /** Quantiles 5, 25, 50, 75 and 95 %; NaN without values. */
  readonly quantiles: readonly number[];
  /** Share of the values above zero; null without values. */
  readonly above: number | null;
  readonly count: number;
}

function spreadOf(values: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(values)
    .filter(value => Number.isFinite(value))
    .sort();
  const count = sorted.length;
  return {
    quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(share =>
      count === 0 ? Number.NaN : sorted[Math.round(share * (count - 1))],
    ),
    above: count === 0 ? null : sorted.filter(value => value > 0).length / count,
    count,
  };
}

type Row = Spread & { readonly name: string; readonly estimator: string };

function traces(
  estimator: string,
  color: string,
  symbol: string,
  rows: ReadonlyArray<Row & { readonly y: number }>,
): readonly Trace[] {
  const x = rows.map(({ quantiles }) => rounded(quantiles[2], 4));
  const y = rows.map(row => row.y);
  const bars = (low: number, high: number, thickness: number): Trace => ({
    type: 'scatter',
    mode: 'markers',
    x,
    y,
    marker: { color, size: 1 },
    error_x: {
      type: 'data',
      symmetric: false,
      arrayminus: rows.map(({ quantiles }) => rounded(quantiles[2] - quantiles[low], 4)),
      array: rows.map(({ quantiles }) => rounded(quantiles[high] - quantiles[2], 4)),
      color,
      thickness,
      width: 0,
    },
    showlegend: false,
    hoverinfo: 'skip',
  });
  return [
    bars(0, 4, 1.5),
    bars(1, 3, 7),
    {
      type: 'scatter',
      mode: 'markers',
      name: estimator,
      x,
      y,
      text: rows.map(
        ({ name, quantiles, count }) =>
          `${label(name)}<br>median ${shortNumber(quantiles[2])}, 5 % to 95 %: ${shortNumber(quantiles[0])} to ` +
          `${shortNumber(quantiles[4])}<br>${shortNumber(count)} exponents`,
      ),
      hoverinfo: 'text',
      marker: { color: palette.white, symbol, size: 9, line: { color, width: 2 } },
    },
  ];
}

function summary(rows: readonly Row[]): string {
  const told = rows.map(({ name, quantiles, above }) =>
    above === null
      ? `${name} none`
      : `${name} ${shortNumber(quantiles[2])} (${Math.round(100 * above)} % above zero)`,
  );
  return `Median exponents: ${told.join('; ')}.`;
}
