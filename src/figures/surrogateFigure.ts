import type { SurrogateTest } from '../chaos/surrogateTest';
import type { WindowedSurrogateTest } from '../chaos/windowedSurrogateTest';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { type PanelGrid, panelGrid } from './panelGrid';
import { baseLayout, palette, rounded, shortNumber, titled } from './theme';

/** Surrogate tests of one run or of series of one kind, one panel of the figure. */
export interface SurrogatePanel {
  /** Title of the panel. */
  readonly name: string;
  /** Of `windowedSurrogateTest`, or a list of `surrogateTest`. */
  readonly tests: WindowedSurrogateTest | readonly SurrogateTest[];
}

/** One exponent and its band. */
interface Banded {
  readonly exponent: number;
  readonly low: number;
  readonly high: number;
}

const surrogateNames = { shuffle: 'shuffled', phase: 'phase-randomised', iaaft: 'IAAFT' };
const PANELS_PER_ROW = 3;
const groups = [
  { name: 'above its band', symbol: 'triangle-up', color: palette.vermillion, side: 1 },
  { name: 'inside', symbol: 'circle', color: palette.ink, side: 0 },
  { name: 'below its band', symbol: 'triangle-down', color: palette.blue, side: -1 },
];

/**
 * Exponents against the bands of their surrogates, a panel for each run, tests sorted by exponent. Grey: where chance puts
 * the exponent of that very series, when it keeps the surrogate's properties and loses the rest.
 *
 * @throws RangeError without panels, or for one without tests
 * @example
 * import { normal, randomStream, surrogateFigure, surrogateTest } from 'legcnet';
 * const noise = Array.from({ length: 200 }, normal(randomStream(1, 'noise')));
 * const tests = [surrogateTest(noise, { estimator: 'rosenstein', surrogate: 'shuffle', seed: 1 })];
 * const { summary } = surrogateFigure([{ name: 'white noise', tests }]);
 * summary; // 'Exponents against their surrogate bands: white noise 0 above and 0 below of 1.'
 */
export function surrogateFigure(panels: readonly SurrogatePanel[]): Figure {
  if (panels.length === 0) throw new RangeError('surrogateFigure needs at least one panel, got none');
  const empty = panels.find(({ tests }) => !isWindowed(tests) && tests.length === 0);
  if (empty !== undefined)
    throw new RangeError(`surrogateFigure needs tests in every panel, '${empty.name}' has none`);
  const counted = panels.map(({ name, tests }) => {
    const banded = bandedOf(tests).sort((a, b) => a.exponent - b.exponent);
    const on = (side: number): number => banded.filter(test => sideOf(test) === side).length;
    return { name, banded, above: on(1), below: on(-1) };
  });
  const grid = panelGrid(
    counted.map(({ name, banded, above, below }, p) => ({
      name,
      note: `${banded.length} tests: ${above} above, ${below} below`,
      x: { range: [0, banded.length + 1], nticks: 4, showgrid: false },
      y: {
        zeroline: true,
        zerolinecolor: palette.ink,
        zerolinewidth: 1.2,
        ...(p === 0 ? {} : { matches: 'y' }),
        showticklabels: p % PANELS_PER_ROW === 0,
      },
    })),
    PANELS_PER_ROW,
    { x: 'test, by exponent', y: 'exponent' },
  );
  const shown = new Set<number>();
  const data = counted.flatMap(({ banded }, p): Trace[] => {
    const place = grid.place(p);
    const bands: Trace = {
      type: 'scatter',
      mode: 'lines',
      name: 'band of the surrogates',
      ...place,
      x: banded.flatMap((_, i) => [i + 1, i + 1, null]),
      y: banded.flatMap(({ low, high }) =>
        Number.isFinite(low) && Number.isFinite(high)
          ? [rounded(low, 3), rounded(high, 3), null]
          : [null, null, null],
      ),
      line: { color: palette.silver, width: Math.max(1.5, Math.min(6, 130 / Math.max(1, banded.length))) },
      hoverinfo: 'skip',
      showlegend: p === 0,
      legendgroup: 'band',
    };
    const points = groups.flatMap(({ name, symbol, color, side }): Trace[] => {
      const here = banded.flatMap((test, i) => (sideOf(test) === side ? [{ ...test, x: i + 1 }] : []));
      if (here.length === 0) return [];
      const isFirst = !shown.has(side);
      shown.add(side);
      return [
        {
          type: 'scatter',
          mode: 'markers',
          name,
          ...place,
          x: here.map(({ x }) => x),
          y: here.map(({ exponent }) => rounded(exponent, 3)),
          text: here.map(
            ({ exponent, low, high }) =>
              `exponent ${shortNumber(exponent)}<br>band ${shortNumber(low)} to ${shortNumber(high)}`,
          ),
          hoverinfo: 'text',
          marker: { symbol, color, size: side === 0 ? 4 : 6 },
          showlegend: isFirst,
          legendgroup: name,
        },
      ];
    });
    return [bands, ...points];
  });
  return figure(data, layout(panels[0], grid), summary(counted));
}

function bandedOf(tests: SurrogatePanel['tests']): Banded[] {
  const all: readonly (Banded & { readonly pValue: number })[] = isWindowed(tests)
    ? Array.from(tests.exponents, (exponent, i) => ({
        exponent,
        low: tests.low[i],
        high: tests.high[i],
        pValue: tests.pValues[i],
      }))
    : tests.map(({ exponent, band, pValue }) => ({ exponent, low: band[0], high: band[1], pValue }));
  return all.filter(({ pValue }) => !Number.isNaN(pValue));
}

function isWindowed(tests: SurrogatePanel['tests']): tests is WindowedSurrogateTest {
  return 'kind' in tests;
}

function sideOf({ exponent, low, high }: Banded): number {
  return exponent > high ? 1 : exponent < low ? -1 : 0;
}

interface Counted {
  readonly name: string;
  readonly banded: readonly Banded[];
  readonly above: number;
  readonly below: number;
}

function layout({ tests }: SurrogatePanel, grid: PanelGrid): Layout {
  const { surrogate, count, alpha } = isWindowed(tests) ? tests : tests[0];
  const title = titled('Are the exponents more than chance gives the same series?', [
    `${count} ${surrogateNames[surrogate]} surrogates each`,
    `two-sided level ${alpha}`,
  ]);
  return baseLayout(title, {
    height: 150 + 250 * grid.rows,
    margin: { l: 72, r: 24, t: 136, b: 60 },
    legend: {
      orientation: 'h',
      x: 0,
      xanchor: 'left',
      y: 1 + 44 / (250 * grid.rows),
      yanchor: 'bottom',
      font: { size: 12 },
      itemsizing: 'constant',
    },
    annotations: grid.headings,
    ...grid.axes,
  });
}

function summary(counted: readonly Counted[]): string {
  const told = counted.map(
    ({ name, banded, above, below }) => `${name} ${above} above and ${below} below of ${banded.length}`,
  );
  return `Exponents against their surrogate bands: ${told.join('; ')}.`;
}
