import type { Comparison } from '../network/compare';
import { type Figure, figure, type Trace } from './figure';
import { axis, baseLayout, label, palette, shortNumber, titled } from './theme';

/**
 * Each quantity of the sparse network as a share of the dense one's, with both values written out. The bars start
 * at zero, so a small gain looks small. Quantities without a share (dense value 0 or missing) are left to the table.
 *
 * @example
 * import { compare, comparisonFigure, createNetwork, loadDataset, magnitudeMask, retrain, train } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const training = { epochs: 100, learningRate: 0.05 };
 * const dense = await train(network, iris, training);
 * const sparse = await retrain(network, magnitudeMask(network, { share: 0.25 }), iris, training);
 * comparisonFigure(compare(dense, sparse)).data[0].type; // 'bar'
 */
export function comparisonFigure({ rows, rule, stopped, diverged }: Comparison): Figure {
  const drawn = rows.filter(({ dense, sparse }) => Number.isFinite(sparse / dense));
  const quantities = drawn.map(({ quantity }) => label(quantity));
  const share = drawn.map(({ dense, sparse }) => sparse / dense);
  const bars = (name: string, values: readonly number[], texts: readonly string[], style: object): Trace => ({
    type: 'bar',
    orientation: 'h',
    name,
    y: quantities,
    x: values,
    text: texts,
    textposition: 'outside',
    cliponaxis: false,
    textfont: { size: 12 },
    hovertemplate: `%{y}<br>${name} %{text} (%{x:.1%} of dense)<extra></extra>`,
    marker: style,
  });
  const data = [
    bars(
      'dense',
      share.map(() => 1),
      drawn.map(({ dense }) => shortNumber(dense, 4)),
      { color: palette.silver, line: { color: palette.grey, width: 1 } },
    ),
    bars(
      'sparse',
      share,
      drawn.map(({ sparse }) => shortNumber(sparse, 4)),
      { color: palette.blue, line: { color: palette.blue, width: 1 } },
    ),
  ];
  const lost = diverged.dense || diverged.sparse ? 'a run DIVERGED: its numbers are worthless' : '';
  const unmet = stopped.dense && stopped.sparse ? '' : 'a run used all its epochs';
  const title = titled('The sparse network against the dense one', [lost, unmet, rule]);
  const layout = baseLayout(title, {
    height: 140 + 58 * Math.max(1, drawn.length),
    margin: { l: 24, r: 56, t: 88, b: 60 },
    barmode: 'group',
    bargap: 0.35,
    bargroupgap: 0.08,
    xaxis: axis('share of the dense network’s value', {
      tickformat: '.0%',
      range: [0, 1.12 * share.reduce((most, each) => Math.max(most, each), 1)],
    }),
    yaxis: axis('', { autorange: 'reversed', showgrid: false, ticks: '', showline: false }),
    legend: {
      orientation: 'h',
      x: 0,
      xanchor: 'left',
      y: 1.01,
      yanchor: 'bottom',
      font: { size: 12 },
      traceorder: 'normal',
    },
  });
  const told = drawn.map(
    ({ quantity, dense, sparse }) => `${quantity} ${shortNumber(dense, 4)} → ${shortNumber(sparse, 4)}`,
  );
  return figure(data, layout, `Dense against sparse network: ${told.join('; ')}.`);
}
