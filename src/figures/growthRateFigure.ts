import { type Figure, figure, type Trace } from './figure';
import type { NamedGrowth } from './growthFigure';
import {
  axis,
  baseLayout,
  counted,
  dashes,
  label,
  lineColours,
  palette,
  rounded,
  shortNumber,
  titled,
} from './theme';

/** Points of a line, evenly spaced by ratio. */
const POINTS_PER_LINE = 200;

/**
 * Does the growth go on? The mean growth rate since the start, ln(|delta_t| / |delta_0|) / t, on logarithmic axes. The
 * rate of chaos settles at the Lyapunov exponent and its line becomes level; growth that comes to an end falls with
 * slope -1, drawn as a guide from the first run's last point. Where the perturbation is smaller than at the start there is
 * no logarithm, and the line has a gap.
 *
 * @throws RangeError without runs
 * @example
 * import { createNetwork, growthRateFigure, loadDataset, recordTangent } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const recording = await recordTangent(network, iris, { epochs: 20, learningRate: 0.05 });
 * growthRateFigure([{ name: 'Iris', recording }]).data[0].type; // 'scatter'
 */
export function growthRateFigure(runs: readonly NamedGrowth[]): Figure {
  if (runs.length === 0) throw new RangeError('growthRateFigure needs at least one run, got none');
  const rates = runs.map(({ recording: { logNorm } }) => ({
    x: byRatio(logNorm.length - 1),
    at: (t: number) => (logNorm[t] - logNorm[0]) / t,
  }));
  const data = rates.map(({ x, at }, i): Trace => {
    const y = x.map(at);
    return {
      type: 'scatter',
      mode: 'lines',
      name: label(runs[i].name),
      x,
      y: y.map(rate => (rate > 0 ? rounded(rate, 4) : null)),
      line: { color: lineColours[i % lineColours.length], dash: dashes[i % dashes.length], width: 2 },
      hovertemplate: 'until iteration %{x}<br>mean rate %{y:.3g}<extra>%{fullData.name}</extra>',
    };
  });
  const end = rates[0].x[rates[0].x.length - 1];
  const rate = rates[0].at(end);
  if (rate > 0 && end > 100) data.push(guide(end, rate));
  const layout = baseLayout(
    titled('Does the growth go on?', [
      'level: exponential, the mark of chaos',
      'falling as 1/t: growth has ended',
      `at ${rates[0].x.length} of ${counted(runs[0].recording.logNorm.length - 1, 'iteration')}`,
    ]),
    {
      height: 440,
      margin: { l: 84, r: 24, t: 88, b: 60 },
      xaxis: axis('iterations since the start, t (log scale)', {
        type: 'log',
        dtick: 1,
        exponentformat: 'power',
      }),
      yaxis: axis('mean growth rate per iteration until t (log scale)', {
        type: 'log',
        dtick: 1,
        exponentformat: 'power',
      }),
    },
  );
  return figure(data, layout, summary(runs, rates));
}

/** A line of slope -1 over the last two decades, below the curve it belongs to. */
function guide(end: number, rate: number): Trace {
  const from = end / 100;
  return {
    type: 'scatter',
    mode: 'lines',
    name: 'slope of 1/t',
    x: [from, end],
    y: [50 * rate, 0.5 * rate],
    line: { color: palette.grey, dash: 'dot', width: 1.5 },
    hoverinfo: 'skip',
  };
}

/** Iterates from 1 to `last`, each about the same ratio above the one before. */
function byRatio(last: number): readonly number[] {
  const points = Array.from({ length: POINTS_PER_LINE }, (_, i) =>
    Math.round(last ** (i / (POINTS_PER_LINE - 1))),
  );
  return [...new Set(points)];
}

function summary(
  runs: readonly NamedGrowth[],
  rates: ReadonlyArray<{ readonly x: readonly number[]; readonly at: (t: number) => number }>,
): string {
  const told = rates.map(({ x, at }, i) => {
    const last = x[x.length - 1];
    return `${runs[i].name} ${shortNumber(at(last))} after ${shortNumber(last)} iterations`;
  });
  return `Mean growth rates since the start: ${told.join('; ')}.`;
}
