import { type Figure, figure, type Trace } from '../figures/figure';
import { panelGrid } from '../figures/panelGrid';
import { baseLayout, dashes, label, lineColours, rounded, shortNumber } from '../figures/theme';
import { mean, sampleVariance } from '../statistics/moments';
import type { TheoremRule } from './theoremMasks';
import type { TheoremSimulation } from './theoremSimulation';

/** A simulation under the name of its panel. */
export interface NamedSimulation {
  /** Title of the panel. */
  readonly name: string;
  /** Of `theoremSimulation`. */
  readonly simulation: TheoremSimulation;
}

/** Which error `theoremFigure` draws. */
export interface TheoremFigureOptions {
  /** What is drawn: the error itself (default), or as a share of the dense network's largest output. */
  readonly of?: 'epsilon' | 'relative';
}

const names: Readonly<Record<TheoremRule, string>> = {
  random: 'random',
  magnitude: 'magnitude',
  legcnet: 'LEGCNet',
  shuffled: 'LEGCNet shuffled in layers',
  threshold: 'LEGCNet, p ≥ 0.05',
};
const symbols: Readonly<Record<TheoremRule, string>> = {
  random: 'circle',
  magnitude: 'diamond-open',
  legcnet: 'square',
  shuffled: 'triangle-up-open',
  threshold: 'cross',
};
const colourOf: Readonly<Record<TheoremRule, number>> = {
  random: 0,
  magnitude: 1,
  legcnet: 2,
  shuffled: 3,
  threshold: 4,
};

const ticks = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** One line of a panel, in natural logarithms. */
interface Line {
  readonly rule: TheoremRule;
  readonly centre: readonly number[];
  readonly spread: readonly number[];
}

/**
 * Does the pruned network come closer to the dense one as both get wider? The error of pruning by width, both in logarithms, a
 * panel a simulation: means of ln epsilon over draws, bars of two standard errors. Masks that change nothing are left out.
 *
 * @example
 * import { savedTheorem, theoremFigure } from 'legcnet';
 * theoremFigure(savedTheorem()).data[0].type; // 'scatter'
 */
export function theoremFigure(
  simulations: readonly NamedSimulation[],
  options: TheoremFigureOptions = {},
): Figure {
  const { of = 'epsilon' } = options;
  const columns = Math.min(3, Math.max(1, simulations.length));
  const yTitle = of === 'epsilon' ? 'largest difference found' : 'largest difference / largest output';
  const lines = simulations.map(({ simulation }) => linesOf(simulation, of));
  const range = rangeOf(lines.flat());
  const panels = simulations.map(({ name, simulation: { widths } }) => ({
    name,
    note: '',
    x: { type: 'log', tickvals: [...widths], ticktext: widths.map(String) },
    y: { type: 'log', range, tickvals: ticks, ticktext: ticks.map(String) },
  }));
  const grid = panelGrid(panels, columns, { x: 'hidden width', y: yTitle });
  const seen = new Set<TheoremRule>();
  const data = simulations.flatMap(({ simulation: { widths } }, p) =>
    lines[p].map(({ rule, centre, spread }): Trace => {
      const isFirst = !seen.has(rule);
      seen.add(rule);
      const colour = lineColours[colourOf[rule]];
      const high = centre.map((at, w) => Math.exp(at) * (Math.exp(spread[w]) - 1));
      const low = centre.map((at, w) => Math.exp(at) * (1 - Math.exp(-spread[w])));
      return {
        type: 'scatter',
        mode: 'lines+markers',
        name: names[rule],
        legendgroup: rule,
        showlegend: isFirst,
        x: [...widths],
        y: centre.map(at => rounded(Math.exp(at))),
        error_y: {
          type: 'data',
          symmetric: false,
          array: high.map(value => rounded(value)),
          arrayminus: low.map(value => rounded(value)),
          thickness: 1,
          width: 2,
        },
        line: { color: colour, dash: dashes[colourOf[rule]], width: 2 },
        marker: { symbol: symbols[rule], size: 7, color: colour },
        hovertemplate: `width %{x}: %{y:.3g}<extra>${label(names[rule])}</extra>`,
        ...grid.place(p),
      };
    }),
  );
  const height = 150 + grid.rows * 260;
  const layout = baseLayout('Does pruning change less as networks get wider?', {
    height,
    margin: { l: 72, r: 24, t: 116, b: 60 },
    legend: {
      orientation: 'h',
      x: 0,
      xanchor: 'left',
      y: 1 - 44 / height,
      yref: 'container',
      yanchor: 'top',
      font: { size: 12 },
    },
    annotations: grid.headings,
    ...grid.axes,
  });
  const told = simulations.map(
    ({ name, simulation }) =>
      `${name}: ${simulation.fits
        .map(({ rule, [of]: { estimate, low, high } }) => {
          const interval = Number.isFinite(low) ? ` [${shortNumber(low, 2)}, ${shortNumber(high, 2)}]` : '';
          return `${names[rule]} ${shortNumber(estimate, 2)}${interval}`;
        })
        .join(', ')}`,
  );
  return figure(data, layout, `Slopes of ln(${yTitle}) against ln(width). ${told.join('; ')}.`);
}

/** Means of ln y by rule and width, with two standard errors; NaN where nothing is left to take a logarithm of. */
function linesOf({ rows, fits, widths }: TheoremSimulation, of: 'epsilon' | 'relative'): readonly Line[] {
  return fits.map(({ rule }) => {
    const logs = widths.map(width =>
      rows
        .filter(row => row.rule === rule && row.width === width)
        .map(({ epsilon, dense }) => Math.log(of === 'epsilon' ? epsilon : epsilon / dense))
        .filter(Number.isFinite),
    );
    return {
      rule,
      centre: logs.map(mean),
      spread: logs.map(values => 2 * Math.sqrt(sampleVariance(values) / values.length)),
    };
  });
}

/** What is drawn in all panels, in powers of ten, so that heights can be compared. */
function rangeOf(lines: readonly Line[]): [number, number] {
  const ends = lines
    .flatMap(({ centre, spread }) =>
      centre.flatMap((at, w) => [at - (spread[w] || 0), at + (spread[w] || 0)]),
    )
    .filter(Number.isFinite)
    .map(value => value / Math.LN10);
  return ends.length === 0 ? [-1, 0] : [Math.min(...ends) - 0.1, Math.max(...ends) + 0.1];
}
