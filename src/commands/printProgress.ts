import type { Progress } from '../core/longRun';
import { describeTask } from '../notebook/progressView';

const LINE_EVERY_MS = 5000;

let startedAt: number | null = null;
let shownAt = Number.NEGATIVE_INFINITY;

/** Says on the error stream how far a command is, so that what it prints can be read by programs: one line that rewrites itself, or, in a log, a line every few seconds. */
export function printProgress(progress: Progress): void {
  const now = performance.now();
  startedAt ??= now;
  const isEnd = progress.done >= progress.total;
  const { isTTY } = process.stderr;
  if (!isEnd && !isTTY && now - shownAt < LINE_EVERY_MS) return;
  shownAt = now;
  const line = describeTask(undefined, progress, isEnd ? 'done' : 'running', (now - startedAt) / 1000);
  process.stderr.write(isTTY ? `\r\x1b[K${line}${isEnd ? '\n' : ''}` : `${line}\n`);
}
