import { type Figure, figure } from '../src/figures/figure';
import { axis, baseLayout, dashes, lineColours, rounded, titled } from '../src/figures/theme';
import type { ProcessState } from './processState';

const MiB = 2 ** 20;

/** What the process held after each round: bytes above, counts below. */
export function soakFigure(states: readonly ProcessState[]): Figure {
  const line = (
    name: string,
    of: (state: ProcessState) => number,
    place: number,
    panel: '' | '2',
  ): Figure['data'][number] => ({
    type: 'scatter',
    mode: 'lines',
    name,
    x: states.map(({ seconds }) => rounded(seconds / 60)),
    y: states.map(state => rounded(of(state))),
    xaxis: 'x',
    yaxis: `y${panel}`,
    line: { color: lineColours[place], dash: dashes[place] },
    hovertemplate: '%{x} min: %{y}<extra>%{fullData.name}</extra>',
  });
  const last = states[states.length - 1];
  return figure(
    [
      line('process (MiB)', ({ resident }) => resident / MiB, 0, ''),
      line('JavaScript heap (MiB)', ({ heap }) => heap / MiB, 1, ''),
      line('array buffers (MiB)', ({ arrayBuffers }) => arrayBuffers / MiB, 2, ''),
      line('tensors', ({ tensors }) => tensors, 3, '2'),
      line('threads', ({ threads }) => threads, 4, '2'),
      line('open files', ({ files }) => files, 5, '2'),
    ],
    baseLayout(titled('What one process holds', [`after each of ${states.length} analyses`]), {
      height: 560,
      xaxis: axis('minutes', { anchor: 'y2' }),
      yaxis: axis('MiB', { domain: [0.45, 1], rangemode: 'tozero' }),
      yaxis2: axis('number', { domain: [0, 0.35], rangemode: 'tozero' }),
    }),
    `After ${states.length} analyses: ${Math.round(last.resident / MiB)} MiB in all, ${last.tensors} tensors, ${last.threads} threads, ${last.files} open files.`,
  );
}
