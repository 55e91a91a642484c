import type { Progress } from '../core/longRun';
import { palette, shortNumber } from '../figures/theme';
import type { DisplayBundle } from './display';
import { escapeHtml } from './html';

/** How a task stands. */
export type TaskState = 'running' | 'done' | 'stopped';

/** One line: the task, how far it is, the value to watch, and the time left or taken. */
export function describeTask(
  name: string | undefined,
  progress: Progress,
  state: TaskState,
  seconds: number,
): string {
  const { task, done, total, unit, value } = progress;
  const share = total > 0 ? done / total : 1;
  const parts = [`${name ?? task}: ${shortNumber(done)} of ${shortNumber(total)} ${unit}`];
  if (value !== undefined) parts.push(`${value.name} ${shortNumber(value.number)}`);
  if (state === 'running') {
    // Guessed from little, in the first seconds, it would jump.
    if (share > 0 && seconds > (share > 0.01 ? 0.5 : 3))
      parts.push(`${duration((seconds * (1 - share)) / share)} left`);
  } else {
    const verb = state === 'stopped' ? 'stopped after' : share < 1 ? 'ended early, after' : 'done in';
    parts.push(`${verb} ${duration(seconds)}`);
  }
  return parts.join(' · ');
}

function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

const colours: Readonly<Record<TaskState, string>> = {
  running: palette.blue,
  done: palette.green,
  stopped: palette.vermillion,
};

/** The task's line under a bar, with the curve of its values so far. Bars are plain blocks and the curve is an image, because frontends strip `<progress>` and inline SVG. */
export function taskBundle(
  line: string,
  { done, total, value }: Progress,
  state: TaskState,
  values: readonly number[],
): DisplayBundle {
  const percent = Math.min(100, Math.round(total > 0 ? (100 * done) / total : 100));
  const curve =
    values.length < 3
      ? ''
      : `<img alt="${escapeHtml(value?.name ?? 'value')} so far" width="160" height="28" style="vertical-align:middle;margin-left:12px" src="data:image/svg+xml;base64,${Buffer.from(sparkline(values)).toString('base64')}">`;
  return {
    'text/html': `<div style="font-size:13px"><div style="display:inline-block;vertical-align:middle;width:200px;height:10px;background:rgba(128,128,128,0.3);border-radius:5px;overflow:hidden"><div style="width:${percent}%;height:10px;background:${colours[state]}"></div></div>${curve}<span style="margin-left:12px">${escapeHtml(line)}</span></div>`,
    'text/plain': line,
  };
}

function sparkline(values: readonly number[]): string {
  const finite = values.filter(Number.isFinite);
  // At most MOST_VALUES of them: few enough to spread.
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low || 1;
  const points = values
    .map((value, i) => [(158 * i) / (values.length - 1) + 1, 26 - (24 * (value - low)) / span] as const)
    .filter(([, y]) => Number.isFinite(y))
    .map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="28"><polyline points="${points.join(' ')}" fill="none" stroke="#3D8FCB" stroke-width="1.5"/></svg>`;
}
