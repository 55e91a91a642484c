import type { RandomizedSpectrum } from '../spectra/randomizedSpectrum';
import { type Figure, figure, type Trace } from './figure';
import { panelGrid, verticalLine } from './panelGrid';
import { baseLayout, palette, rounded, shortNumber, titled } from './theme';

/** One panel: a layer beside its shuffled twin. */
export interface RandomizedPanel {
  /** Title of the panel. */
  readonly name: string;
  /** Of `randomizedSpectrum`. */
  readonly spectrum: Pick<RandomizedSpectrum, 'original' | 'shuffled' | 'largestShuffled' | 'above'>;
}

/** Axis and arrangement of `randomizedFigure`. */
export interface RandomizedFigureOptions {
  /** Default `linear`, as in the paper; `log` spreads the bulk out. */
  readonly scale?: 'linear' | 'log';
  /** Panels in a row. Default 3. */
  readonly columns?: number;
}

const BINS = 100;

/**
 * What does the place of the weights add? Eigenvalues of each layer (green) and of the same weights in random places (orange-red), with
 * the largest random eigenvalue (ochre): WeightWatcher's randomised spectrum and the paper's Figure 5. Only eigenvalues right
 * of the line say more than the values of the weights do.
 *
 * @throws RangeError without panels
 * @example
 * import { createNetwork, layerSpectrum, randomizedFigure, randomizedSpectrum } from 'legcnet';
 * const network = createNetwork({ layers: [784, 50], seed: 1 });
 * const spectrum = randomizedSpectrum(layerSpectrum(network, 1), { seed: 1 });
 * const { summary } = randomizedFigure([{ name: 'untrained', spectrum }]);
 * summary; // 'Eigenvalues above the largest random one (12.2): untrained 0 of 50.'
 */
export function randomizedFigure(
  panels: readonly RandomizedPanel[],
  options: RandomizedFigureOptions = {},
): Figure {
  if (panels.length === 0) throw new RangeError('randomizedFigure needs at least one panel, got none');
  const { scale = 'linear', columns = 3 } = options;
  const isLog = scale === 'log';
  const at = (value: number): number => rounded(isLog ? Math.log10(value) : value);
  const grid = panelGrid(
    panels.map(({ name, spectrum }) => ({
      name,
      note: `${spectrum.above} of ${spectrum.original.length} above the line`,
    })),
    columns,
    { x: isLog ? 'log10 of the eigenvalue' : 'eigenvalue', y: 'density' },
  );
  const data = panels.flatMap(({ spectrum }, p): Trace[] => {
    const { original, shuffled } = spectrum;
    const shown = (values: Float64Array): number[] =>
      Array.from(
        values.filter(value => !isLog || value > 0),
        at,
      );
    const histogram = (title: string, values: Float64Array, marker: object): Trace => {
      const x = shown(values);
      const [low, high] = [isLog ? Math.min(...x) : 0, Math.max(...x)];
      // Bins of a hundredth of the range, as WeightWatcher's; a range of nothing still has a width.
      const size = (high - low) / BINS || 1;
      return {
        type: 'histogram',
        name: title,
        legendgroup: title,
        showlegend: p === 0,
        ...grid.place(p),
        x,
        histnorm: 'probability density',
        autobinx: false,
        xbins: { start: low, end: high + size, size },
        marker,
        hovertemplate: '%{x}: %{y:.3g}<extra></extra>',
      };
    };
    return [
      histogram('layer', original, { color: palette.green, opacity: 0.75 }),
      histogram('weights in random places', shuffled, { color: palette.vermillion, opacity: 0.5 }),
    ];
  });
  const told = panels.map(({ name, spectrum }) => `${name} ${spectrum.above} of ${spectrum.original.length}`);
  const layout = baseLayout(
    titled('What does the place of the weights add?', [
      'ochre line: largest eigenvalue of the weights in random places',
    ]),
    {
      height: 134 + 250 * grid.rows,
      margin: { l: 72, r: 24, t: 124, b: 60 },
      legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1 + 44 / (250 * grid.rows), yanchor: 'bottom' },
      barmode: 'overlay',
      bargap: 0,
      ...grid.axes,
      annotations: grid.headings,
      shapes: panels.flatMap(({ spectrum }, p) =>
        spectrum.largestShuffled > 0
          ? [verticalLine(grid.place(p), at(spectrum.largestShuffled), { color: palette.orange, width: 2.5 })]
          : [],
      ),
    },
  );
  const largest = panels.map(({ spectrum }) => shortNumber(spectrum.largestShuffled));
  const summary = `Eigenvalues above the largest random one (${largest.join(', ')}): ${told.join('; ')}.`;
  return figure(data, layout, summary);
}
