import type { TestSize } from '../causality/testSize';
import { describeLags } from '../core/describeLags';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { alphaLine, alphaNote } from './pAxis';
import { axis, baseLayout, dashes, lineColours, shortNumber, titled } from './theme';

const testNames = { f: 'F', chi2: 'χ²', lr: 'likelihood ratio' };
const symbols = { f: 'circle', chi2: 'diamond-open', lr: 'triangle-up-open' };
const seriesNames = { 'white-noise': 'white noise', 'random-walk': 'random walks' };

/**
 * Can the p-value be taken at its word? The share of unrelated pairs that each test rejects, by number of windows, with
 * 95 % intervals; a test that keeps its word lies on the dashed line at alpha.
 *
 * @example
 * import { testSize, testSizeFigure } from 'legcnet';
 * testSizeFigure(await testSize([12, 100], { seed: 1 })).data[0].type; // 'scatter'
 */
export function testSizeFigure(size: TestSize): Figure {
  const { windows, rates, alpha } = size;
  const data = rates.map(
    ({ test, rate, low, high }, i): Trace => ({
      type: 'scatter',
      mode: 'lines+markers',
      name: testNames[test],
      x: windows,
      y: rate,
      error_y: {
        type: 'data',
        symmetric: false,
        array: rate.map((share, w) => high[w] - share),
        arrayminus: rate.map((share, w) => share - low[w]),
        thickness: 1,
        width: 3,
      },
      line: { color: lineColours[i], dash: dashes[i], width: 2 },
      marker: { symbol: symbols[test], size: 8, color: lineColours[i] },
      hovertemplate: '%{x} windows: %{y:.1%} rejected<extra>%{fullData.name}</extra>',
    }),
  );
  const told = rates.map(({ test, rate }) => `${testNames[test]} ${percent(rate)}`);
  const summary =
    `Share of unrelated pairs rejected at level ${alpha}, at ${windows.join(', ')} windows: ` +
    `${told.join('; ')}.`;
  return figure(data, layout(size), summary);
}

function percent(rate: Float64Array): string {
  return Array.from(rate, share => (Number.isNaN(share) ? 'none' : `${shortNumber(100 * share)} %`)).join(
    ', ',
  );
}

function layout(size: TestSize): Layout {
  const { windows, rates, alpha, pairs, series } = size;
  const highest = Math.max(2 * alpha, ...rates.flatMap(({ high }) => [...high].filter(Number.isFinite)));
  const title = titled('How often is an unrelated pair called causal?', [
    `${shortNumber(pairs)} pairs of ${seriesNames[series]} a length`,
    describeLags(size),
    '95 % intervals',
  ]);
  return baseLayout(title, {
    margin: { l: 72, r: 72, t: 88, b: 60 },
    shapes: [alphaLine(alpha)],
    annotations: [alphaNote(alpha, false)],
    xaxis: axis('windows (log scale)', { type: 'log', tickvals: windows, ticktext: windows.map(String) }),
    yaxis: axis('share rejected', { tickformat: '.0%', range: [0, 1.06 * highest] }),
  });
}
