import type { EpochMetrics } from '../network/recording';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { axis, baseLayout, counted, palette, shortNumber } from './theme';

/** What a training run or a recording both tell about their epochs. */
export interface TrainedEpochs {
  /** One entry for each epoch trained. */
  readonly epochs: readonly EpochMetrics[];
  /** Whether the stop rule ended the run. */
  readonly stopped: boolean;
}

/**
 * Loss (upper panel) and accuracy (lower panel) after every epoch; a dashed line where the stop rule ended the run.
 *
 * @example
 * import { createNetwork, loadDataset, lossFigure, train } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const run = await train(createNetwork({ layers: [4, 6, 3], seed: 1 }), iris, { epochs: 20, learningRate: 0.05 });
 * lossFigure(run).data.map(({ name }) => name); // [ 'training loss', 'training accuracy', 'test accuracy' ]
 */
export function lossFigure({ epochs, stopped }: TrainedEpochs): Figure {
  if (epochs.length === 0) throw new RangeError('lossFigure needs at least one epoch, got none');
  const x = epochs.map(({ epoch }) => epoch);
  const marker = epochs.length < 20 ? 'lines+markers' : 'lines';
  const data: Trace[] = [
    {
      type: 'scatter',
      mode: marker,
      name: 'training loss',
      x,
      y: epochs.map(({ loss }) => loss),
      line: { color: palette.ink, width: 2 },
      showlegend: false,
      hovertemplate: 'epoch %{x}<br>loss %{y:.4g}<extra></extra>',
    },
    accuracyTrace('training', palette.blue, 'solid', 'trainAccuracy'),
    accuracyTrace('test', palette.vermillion, 'dot', 'testAccuracy'),
  ];
  if (epochs.some(({ validationAccuracy }) => validationAccuracy !== null)) {
    data.splice(2, 0, accuracyTrace('validation', palette.green, 'dash', 'validationAccuracy'));
  }
  const last = epochs[epochs.length - 1];
  return figure(data, layout(last, stopped), summary(last, stopped));

  function accuracyTrace(
    part: string,
    color: string,
    dash: string,
    field: 'trainAccuracy' | 'testAccuracy' | 'validationAccuracy',
  ): Trace {
    return {
      type: 'scatter',
      mode: marker,
      name: `${part} accuracy`,
      x,
      y: epochs.map(metrics => metrics[field]),
      yaxis: 'y2',
      line: { color, dash, width: 2 },
      hovertemplate: `epoch %{x}<br>${part} accuracy %{y:.1%}<extra></extra>`,
    };
  }
}

function layout(last: EpochMetrics, stopped: boolean): Layout {
  return baseLayout('Loss and accuracy by epoch', {
    height: 460,
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 0.47, yanchor: 'bottom', font: { size: 12 } },
    margin: { l: 72, r: 24, t: 56, b: 60 },
    xaxis: axis('epoch', { anchor: 'y2', rangemode: 'tozero' }),
    yaxis: axis('mean training loss', { domain: [0.58, 1], rangemode: 'tozero' }),
    yaxis2: axis('accuracy', { domain: [0, 0.46], tickformat: '.0%' }),
    shapes: stopped ? [stopLine(last.epoch)] : [],
    annotations: stopped ? [stopNote(last.epoch)] : [],
  });
}

function stopLine(epoch: number): Layout {
  const line = { color: palette.grey, width: 1.5, dash: 'dash' };
  return { type: 'line', x0: epoch, x1: epoch, y0: 0, y1: 1, yref: 'paper', line };
}

function stopNote(epoch: number): Layout {
  return {
    x: epoch,
    y: 1,
    yref: 'paper',
    xanchor: 'right',
    yanchor: 'top',
    xshift: -4,
    showarrow: false,
    text: `stop rule met after ${counted(epoch, 'epoch')}`,
    font: { size: 12 },
  };
}

function summary(last: EpochMetrics, stopped: boolean): string {
  const percent = (share: number): string => `${shortNumber(100 * share)} %`;
  return (
    `Loss and accuracy over ${counted(last.epoch, 'epoch')}: the loss ends at ${shortNumber(last.loss)}, ` +
    `training accuracy at ${percent(last.trainAccuracy)}, test accuracy at ${percent(last.testAccuracy)}; ` +
    (stopped ? 'the stop rule ended the run.' : 'the run used all its epochs.')
  );
}
