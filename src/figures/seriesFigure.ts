import type { WindowedExponents } from '../chaos/windowedExponents';
import { type Figure, figure, type Layout, type Trace } from './figure';
import {
  axis,
  baseLayout,
  counted,
  dashes,
  extentText,
  label,
  lineColours,
  palette,
  rounded,
  titled,
} from './theme';
import { weightName } from './weightPlace';

/** Weights, target and range of `seriesFigure`. */
export interface SeriesFigureOptions {
  /** 0-based indices of the weights to draw. Default: the first. */
  readonly weights?: readonly number[];
  /** What the target is, for its axis. Default `target`. */
  readonly targetName?: string;
  /** First and last iteration to show: windows that lie between. Default: all. */
  readonly between?: readonly [number, number];
}

/** More windows than this are not shaded one by one. */
const MOST_BANDS = 200;

/**
 * What does the test get to see? Above, the target at the end of each window; below, the exponents of chosen weights, each
 * drawn over the stretch of training that it was measured on. Every other window is shaded. A window without an exponent is
 * a gap.
 *
 * @param target one number a window
 * @throws RangeError when the target's length is not the number of windows, or there is no such weight
 * @example
 * import { createNetwork, loadDataset, misclassification, recordTwin, seriesFigure, windowedLyapunov } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const twin = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * const exponents = await windowedLyapunov(twin, { window: 100 });
 * const errors = await misclassification(twin, iris.test, exponents.ends);
 * seriesFigure(exponents, errors, { weights: [0, 41] }).data.length; // 3
 */
export function seriesFigure(
  exponents: WindowedExponents,
  target: ArrayLike<number>,
  options: SeriesFigureOptions = {},
): Figure {
  const { weights = [0], targetName = 'target', between = [0, Number.POSITIVE_INFINITY] } = options;
  const { windows, starts, ends, values, status, layers } = exponents;
  if (target.length !== windows) {
    throw new RangeError(
      `seriesFigure needs a target value for each of ${windows} windows, got ${target.length}`,
    );
  }
  for (const weight of weights) {
    if (!Number.isInteger(weight) || weight < 0 || weight >= exponents.weights)
      throw new RangeError(`Cannot draw weight ${weight}: the exponents have 0 to ${exponents.weights - 1}`);
  }
  const places = Array.from({ length: windows }, (_, w) => w).filter(
    w => starts[w] >= between[0] && ends[w] <= between[1],
  );
  const targetTrace: Trace = {
    type: 'scatter',
    mode: 'lines+markers',
    name: label(targetName),
    x: places.map(w => ends[w]),
    y: places.map(w => rounded(target[w], 5)),
    line: { color: palette.ink, width: 1.2 },
    marker: { size: 4, color: palette.ink },
    showlegend: false,
    hovertemplate: 'iteration %{x}<br>%{fullData.name} %{y:.4g}<extra></extra>',
  };
  const exponentTraces = weights.map((weight, i): Trace => {
    const at = (w: number) => w * exponents.weights + weight;
    return {
      type: 'scatter',
      mode: 'lines',
      name: weightName(layers, weight),
      // A level stretch a window, with a break after each.
      x: places.flatMap(w => [starts[w], ends[w], null]),
      y: places.flatMap(w => {
        const value = status[at(w)] === 0 ? rounded(values[at(w)], 4) : null;
        return [value, value, null];
      }),
      yaxis: 'y2',
      connectgaps: false,
      line: {
        color: lineColours[i % lineColours.length],
        dash: i === 0 ? 'solid' : dashes[i % dashes.length],
        width: 3,
      },
      hovertemplate: 'iteration %{x}<br>exponent %{y:.3g}<extra>%{fullData.name}</extra>',
    };
  });
  const told = weights.map(weight => {
    const own = places.map(w => values[w * exponents.weights + weight]);
    return `${weightName(layers, weight)} ${extentText(own)}`;
  });
  const summary =
    `${targetName} ${extentText(places.map(w => target[w]))} and the exponents of ${told.join('; ')} ` +
    `in ${counted(places.length, 'window')}.`;
  return figure([targetTrace, ...exponentTraces], layout(exponents, targetName, places), summary);
}

function layout(exponents: WindowedExponents, targetName: string, places: readonly number[]): Layout {
  const { starts, ends, window, overlap } = exponents;
  const shaded = places.length <= MOST_BANDS ? places.filter(w => w % 2 === 1) : [];
  const bands = shaded.map(w => ({
    type: 'rect',
    layer: 'below',
    yref: 'paper',
    x0: starts[w],
    x1: ends[w],
    y0: 0,
    y1: 1,
    fillcolor: palette.mist,
    line: { width: 0 },
  }));
  const title = titled('What does the test get to see?', [
    `${counted(places.length, 'window')} of ${window} iterates`,
    overlap > 0 ? `${Math.round(100 * overlap)} % overlap` : 'no overlap',
    exponents.estimator,
  ]);
  return baseLayout(title, {
    height: 480,
    legend: {
      orientation: 'h',
      x: 0,
      xanchor: 'left',
      y: 0.46,
      yanchor: 'bottom',
      font: { size: 12 },
      bgcolor: 'rgba(0,0,0,0)',
    },
    showlegend: true,
    margin: { l: 80, r: 24, t: 72, b: 60 },
    shapes: bands,
    xaxis: axis('iteration (weight updates)', { anchor: 'y2', showgrid: false }),
    yaxis: axis(label(targetName), { domain: [0.62, 1] }),
    yaxis2: axis('exponent per iteration', {
      domain: [0, 0.45],
      exponentformat: 'power',
      zeroline: true,
      zerolinecolor: palette.grey,
    }),
  });
}
