import type { Recording } from '../network/recording';
import type { Trainable } from '../network/trainable';
import { decimate, drawnNote } from './decimate';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { axis, baseLayout, counted, dashes, extentText, lineColours, rounded, titled } from './theme';
import { spreadWeights, weightName } from './weightPlace';

/** Which weights `trajectoryFigure` draws. */
export interface TrajectoryFigureOptions {
  /** 0-based indices of the weights to draw. Default: six, spread evenly over the network. */
  readonly weights?: readonly number[];
}

/** Points in all lines together, and at most and at least in one. */
const MOST_POINTS = 6000;
const MOST_PER_LINE = 2000;
const LEAST_PER_LINE = 500;

/** Numbers held at a time while the recording is read: 32 MB of float64. */
const NUMBERS_PER_READ = 4_000_000;

/**
 * Chosen weights over all iterations. Of a difference recording the distance |perturbed - base| is drawn on a
 * logarithmic axis, where a constant exponent is a straight line; differences of exactly 0 leave a gap.
 *
 * @throws RangeError when no weight is asked for, or one that is not in the recording
 * @example
 * import { createNetwork, loadDataset, recordTraining, trajectoryFigure } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const recording = await recordTraining(network, iris, { epochs: 20, learningRate: 0.05 });
 * (await trajectoryFigure(recording, { weights: [0, 41] })).data.length; // 2
 */
export async function trajectoryFigure(
  recording: Recording<Trainable>,
  options: TrajectoryFigureOptions = {},
): Promise<Figure> {
  const { weights = spreadWeights(recording.weights, 6) } = options;
  if (weights.length === 0) throw new RangeError('trajectoryFigure needs at least one weight, got none');
  const { layers } = recording.initial;
  const isDifference = recording.content === 'difference';
  const trajectories = await readTrajectories(recording, weights);
  const pointsPerLine = Math.max(
    LEAST_PER_LINE,
    Math.min(MOST_PER_LINE, Math.floor(MOST_POINTS / weights.length)),
  );
  let most = 0;
  const data = trajectories.map((trajectory, i): Trace => {
    const drawn = isDifference ? trajectory.map(distance) : trajectory;
    const { x, y } = decimate(drawn, pointsPerLine);
    most = Math.max(most, x.length);
    return {
      type: 'scatter',
      mode: 'lines',
      name: weightName(layers, weights[i]),
      x,
      y: y.map(value => rounded(value, 4)),
      line: {
        color: lineColours[i % lineColours.length],
        dash: dashes[i % dashes.length],
        width: 1.5,
      },
      hovertemplate: `iteration %{x}<br>${isDifference ? '|difference| %{y:.3g}' : 'weight %{y:.4f}'}<extra>%{fullData.name}</extra>`,
    };
  });
  const shown = `${counted(weights.length, 'weight')} of ${recording.weights}`;
  const title = isDifference
    ? `Distance between the two runs, ${shown}`
    : `Weights during training, ${shown}`;
  const told = trajectories.map((trajectory, i) => {
    const drawn = isDifference ? trajectory.map(distance) : trajectory;
    return `${weightName(layers, weights[i])} ${extentText(drawn)}`;
  });
  const summary = `${title}, over ${counted(recording.iterates - 1, 'iteration')}: ${told.join('; ')}.`;
  return figure(data, layout(titled(title, [drawnNote(most, recording.iterates)]), isDifference), summary);
}

/** An exact 0 has no logarithm. */
function distance(difference: number): number {
  return difference === 0 ? Number.NaN : Math.abs(difference);
}

async function readTrajectories(
  recording: Recording<Trainable>,
  weights: readonly number[],
): Promise<readonly Float64Array[]> {
  for (const weight of weights) {
    if (!Number.isInteger(weight) || weight < 0 || weight >= recording.weights) {
      throw new RangeError(`Cannot draw weight ${weight}: the recording has 0 to ${recording.weights - 1}`);
    }
  }
  const trajectories = weights.map(() => new Float64Array(recording.iterates));
  const step = Math.max(1, Math.floor(NUMBERS_PER_READ / recording.weights));
  for (let start = 0; start < recording.iterates; start += step) {
    const length = Math.min(step, recording.iterates - start);
    const { series } = await recording.readWindow(start, length);
    weights.forEach((weight, i) => {
      trajectories[i].set(series.subarray(weight * length, (weight + 1) * length), start);
    });
  }
  return trajectories;
}

function layout(title: string, isDifference: boolean): Layout {
  return baseLayout(title, {
    // Six names take two lines.
    margin: { l: 72, r: 24, t: 112, b: 60 },
    xaxis: axis('iteration (weight updates)', { rangemode: 'tozero' }),
    yaxis: isDifference
      ? axis('|perturbed − base| (log scale)', {
          type: 'log',
          exponentformat: 'power',
          tickfont: { size: 11 },
        })
      : axis('weight'),
  });
}
