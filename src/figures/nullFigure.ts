import type { NullStatistic, SpectrumNull } from '../spectra/spectrumNull';
import { type Figure, figure, type Trace } from './figure';
import { panelGrid, verticalLine } from './panelGrid';
import { baseLayout, palette, rounded, shortNumber, titled } from './theme';

/** Which statistic `nullFigure` draws, and how many panels in a row. */
export interface NullFigureOptions {
  /** Default `alpha`. */
  readonly statistic?: 'alpha' | 'largest' | 'stableRank' | 'above';
  /** Panels in a row. Default 3. */
  readonly columns?: number;
}

const statisticNames = {
  alpha: 'alpha',
  largest: 'largest eigenvalue',
  stableRank: 'stable rank',
  above: 'eigenvalues above the edge',
};
const nullNames = {
  permutation: 'the same weights in random places',
  initial: 'initial weights in random places',
  uniform: 'fresh uniform weights',
};
const BINS = 50;

/**
 * Could a matrix without learning have had this alpha? The statistic in all draws of a null (grey), 95 % of them inside the
 * dotted lines, and that of the layer (orange-red), a panel for each null.
 *
 * @throws RangeError without nulls
 * @example
 * import { createNetwork, layerSpectrum, nullFigure, spectrumNull } from 'legcnet';
 * const spectrum = layerSpectrum(createNetwork({ layers: [30, 10], seed: 1 }), 1);
 * const { summary } = nullFigure([await spectrumNull(spectrum, { draws: 199, seed: 1 })]);
 * summary; // 'alpha among draws of chance: layer 1 (30→10) 2.22 (chance 1.92 to 6.66, p 0.14).'
 */
export function nullFigure(nulls: readonly SpectrumNull[], options: NullFigureOptions = {}): Figure {
  if (nulls.length === 0) throw new RangeError('nullFigure needs at least one null, got none');
  const { statistic = 'alpha', columns = 3 } = options;
  const shown = nulls.map(each => ({ name: each.name, ...each[statistic], ...extent(each[statistic]) }));
  const grid = panelGrid(
    shown.map(({ name, observed, pValue, from, to }) => ({
      name,
      note: `${shortNumber(observed)}, p ${shortNumber(pValue, 2)}`,
      x: { range: [from, to] },
    })),
    columns,
    { x: statisticNames[statistic], y: 'draws' },
  );
  const data = shown.map(
    ({ values, from, to }, p): Trace => ({
      type: 'histogram',
      name: 'draws',
      showlegend: false,
      ...grid.place(p),
      x: Array.from(values, value => rounded(value, 4)),
      autobinx: false,
      xbins: { start: from, end: to, size: (to - from) / BINS },
      marker: { color: palette.silver },
      hovertemplate: '%{x}: %{y} draws<extra></extra>',
    }),
  );
  const told = shown.map(
    ({ name, observed, low, high, pValue }) =>
      `${name} ${shortNumber(observed)} (chance ${shortNumber(low)} to ${shortNumber(high)}, p ${shortNumber(pValue, 2)})`,
  );
  const title =
    statistic === 'alpha'
      ? 'Could a layer without learning have this alpha?'
      : 'Could a layer without learning have this?';
  const layout = baseLayout(
    titled(title, [
      [...new Set(nulls.map(each => nullNames[each.null]))].join(', '),
      `${shortNumber(nulls[0].draws)} draws`,
      'solid: the layer',
      'dotted: 95 % of the draws',
    ]),
    {
      height: 106 + 230 * grid.rows,
      margin: { l: 72, r: 24, t: 96, b: 60 },
      bargap: 0.05,
      ...grid.axes,
      annotations: grid.headings,
      shapes: shown.flatMap(({ observed, low, high }, p) => [
        ...[low, high].map(x =>
          verticalLine(grid.place(p), x, { color: palette.ink, width: 1, dash: 'dot' }),
        ),
        verticalLine(grid.place(p), observed, { color: palette.vermillion, width: 2.5 }),
      ]),
    },
  );
  return figure(data, layout, `${statisticNames[statistic]} among draws of chance: ${told.join('; ')}.`);
}

/** From where to where a panel reaches: 95 % of the draws and the layer, with room on both sides. */
function extent({ low, high, observed }: NullStatistic): { readonly from: number; readonly to: number } {
  const ends = [low, high, observed].filter(Number.isFinite);
  if (ends.length === 0) return { from: 0, to: 1 };
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const room = 0.2 * (most - least) || 0.5;
  return { from: Math.max(0, least - room), to: most + room };
}
