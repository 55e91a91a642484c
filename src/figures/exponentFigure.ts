import type { WindowedExponents } from '../chaos/windowedExponents';
import type { Layers } from '../core/weightLayers';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { axis, baseLayout, diverging, palette, rounded, shortNumber, titled } from './theme';
import { layerSpans, spreadWeights, weightName } from './weightPlace';

/** Rows beyond this many cannot be told apart on a screen. */
const MOST_ROWS = 400;

/**
 * Exponents as a heat map, weights by windows: red above zero (neighbouring runs part), blue below (they close up),
 * white at zero, grey where there is no exponent. Of very wide networks evenly spaced weights are shown, and the
 * title says so. Values beyond the 99th percentile of |exponent| share the end colours when they would drown the rest.
 *
 * @example
 * import { createNetwork, exponentFigure, loadDataset, recordTwin, windowedLyapunov } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * exponentFigure(await windowedLyapunov(twin, { window: 100 })).data[0].type; // 'heatmap'
 */
export function exponentFigure(exponents: WindowedExponents): Figure {
  const { windows, weights, layers, starts, ends, values, status } = exponents;
  const rows = spreadWeights(weights, MOST_ROWS);
  const x = Array.from({ length: windows }, (_, w) => (starts[w] + ends[w]) / 2);
  const z = rows.map(k =>
    x.map((_, w) => (status[w * weights + k] === 0 ? rounded(values[w * weights + k], 4) : null)),
  );
  const { limit, clipped } = colourLimit(z);
  const heatmap: Trace = {
    type: 'heatmap',
    x,
    y: rows.map(k => weightName(layers, k)),
    z,
    hoverongaps: false,
    hovertemplate: '%{y}<br>window centred at iteration %{x}<br>exponent %{z:.3g}<extra></extra>',
    colorscale: diverging,
    zmin: -limit,
    zmax: limit,
    colorbar: {
      title: { text: 'exponent<br>per iteration', side: 'top' },
      thickness: 14,
      len: 1,
      outlinewidth: 0,
      exponentformat: 'power',
    },
  };
  const missing = countMissing(exponents);
  const notes = [
    rows.length < weights ? `${rows.length} of ${weights} weights, evenly spaced` : `${weights} weights`,
    `${windows} windows of ${exponents.window} iterates`,
    missing > 0 ? `grey: no exponent (${missing} of ${windows * weights})` : 'no value missing',
    clipped ? `colours end at ±${shortNumber(limit)}` : '',
  ];
  const title = titled('Lyapunov exponents by weight and window', notes);
  return figure([heatmap], layout(title, layers, rows), summary(exponents, missing));
}

function layout(title: string, layers: Layers, rows: readonly number[]): Layout {
  // Rows are categories, placed at 0, 1, 2, …; a layer's place is found among the rows that are shown.
  const spans = layerSpans(layers).map(({ name, first, last }) => {
    const shown = rows.flatMap((k, row) => (k >= first && k <= last ? [row] : []));
    return { name: name.replace(' (', '<br>('), from: shown[0] ?? 0, to: shown.at(-1) ?? 0 };
  });
  const separators = spans.slice(1).map(({ from }) => ({
    type: 'line',
    xref: 'paper',
    x0: 0,
    x1: 1,
    y0: from - 0.5,
    y1: from - 0.5,
    line: { color: palette.ink, width: 1.5 },
  }));
  return baseLayout(title, {
    height: Math.min(640, Math.max(380, 200 + 7 * rows.length)),
    margin: { l: 72, r: 24, t: 72, b: 60 },
    plot_bgcolor: palette.silver,
    legend: undefined,
    shapes: separators,
    xaxis: axis('iteration (centre of the window)', { showgrid: false }),
    yaxis: axis('weight', {
      type: 'category',
      showgrid: false,
      autorange: 'reversed',
      tickvals: spans.map(({ from, to }) => (from + to) / 2),
      ticktext: spans.map(({ name }) => name),
      ticks: '',
    }),
  });
}

function colourLimit(z: ReadonlyArray<ReadonlyArray<number | null>>): { limit: number; clipped: boolean } {
  const sizes = z
    .flat()
    .filter(value => value !== null)
    .map(Math.abs)
    .sort((a, b) => a - b);
  if (sizes.length === 0) return { limit: 1, clipped: false };
  const largest = sizes[sizes.length - 1];
  const common = sizes[Math.floor(0.99 * (sizes.length - 1))];
  if (common > 0 && largest > 2 * common) return { limit: common, clipped: true };
  return { limit: largest > 0 ? largest : 1, clipped: false };
}

function countMissing({ status }: WindowedExponents): number {
  let missing = 0;
  for (const code of status) if (code !== 0) missing++;
  return missing;
}

function summary({ windows, weights, values, status }: WindowedExponents, missing: number): string {
  let positive = 0;
  for (let i = 0; i < values.length; i++) if (status[i] === 0 && values[i] > 0) positive++;
  const present = values.length - missing;
  const share =
    present > 0 ? `${Math.round((100 * positive) / present)} % of them above zero` : 'none present';
  return `Heat map of ${present} Lyapunov exponents (${weights} weights, ${windows} windows), ${share}; ${missing} missing.`;
}
