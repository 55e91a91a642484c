import type { Figure, Layout, Trace } from '../figures/figure';
import { figure } from '../figures/figure';
import { panelGrid } from '../figures/panelGrid';
import { baseLayout, dashes, label, lineColours, rounded, shortNumber } from '../figures/theme';
import { mean, sampleVariance } from '../statistics/moments';
import type { TheoremRule } from './theoremMasks';
import type { TheoremSimulation } from './theoremSimulation';

/** A simulation under the name of its panel. */
export interface NamedSimulation {
  readonly name: string;
  readonly simulation: TheoremSimulation;
}

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

/**
 * Does the pruned network come closer to the dense one as both get wider? The error of pruning by width, both in logarithms, a
 * panel a simulation: means of ln epsilon over draws, bars of two standard errors. Masks that change nothing are left out.
 */
export function theoremFigure(
  simulations: readonly NamedSimulation[],
  options: TheoremFigureOptions = {},
): Figure {
  const { of = 'epsilon' } = options;
  const columns = Math.min(3, Math.max(1, simulations.length));
  const yTitle = of === 'epsilon' ? 'largest difference found' : 'largest difference / largest output';
  const panels = simulations.map(({ name, simulation }) => ({
    name,
    note: '',
    x: {
      type: 'log',
      tickvals: [...simulation.widths],
      ticktext: simulation.widths.map(String),
      nticks: undefined,
    } as Layout,
    y: { type: 'log', range: rangeOf(simulations, of), dtick: 'D2', nticks: undefined } as Layout,
  }));
  const grid = panelGrid(panels, columns, { x: 'hidden width', y: yTitle });
  const seen = new Set<TheoremRule>();
  const data = simulations.flatMap(({ simulation: { rows, fits, widths } }, p) =>
    fits.map(({ rule }): Trace => {
      const own = widths.map(width =>
        rows
          .filter(row => row.rule === rule && row.width === width)
          .map(({ epsilon, dense }) => Math.log(of === 'epsilon' ? epsilon : epsilon / dense))
          .filter(Number.isFinite),
      );
      const centre = own.map(logs => Math.exp(mean(logs)));
      const spread = own.map(logs => Math.exp(2 * Math.sqrt(sampleVariance(logs) / logs.length)));
      const isFirst = !seen.has(rule);
      seen.add(rule);
      const colour = lineColours[colourOf[rule]];
      return {
        type: 'scatter',
        mode: 'lines+markers',
        name: names[rule],
        legendgroup: rule,
        showlegend: isFirst,
        x: [...widths],
        y: centre.map(value => rounded(value)),
        error_y: {
          type: 'data',
          symmetric: false,
          array: centre.map((value, w) => rounded(value * (spread[w] - 1))),
          arrayminus: centre.map((value, w) => rounded(value * (1 - 1 / spread[w]))),
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
  const layout = baseLayout('Does pruning change less as networks get wider?', {
    height: 150 + grid.rows * 260,
    margin: { l: 72, r: 24, t: 116, b: 60 },
    legend: {
      orientation: 'h',
      x: 0,
      xanchor: 'left',
      y: 1,
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

/** Of what is drawn in all panels, in powers of ten, so that heights can be compared. */
function rangeOf(simulations: readonly NamedSimulation[], of: 'epsilon' | 'relative'): [number, number] {
  const values = simulations
    .flatMap(({ simulation }) => simulation.rows)
    .map(({ epsilon, dense }) => Math.log10(of === 'epsilon' ? epsilon : epsilon / dense))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (values.length === 0) return [-1, 0];
  // Single draws may lie far out.
  const at = (share: number): number => values[Math.round(share * (values.length - 1))];
  return [at(0.02) - 0.1, at(0.98) + 0.1];
}
