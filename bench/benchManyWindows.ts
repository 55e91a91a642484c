import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BenchRow, benchRow } from './benchRow';
import type { ManyWindows } from './manyWindows';

const WEIGHTS = 41_000;
const WINDOWS = 100;
const WORKERS = 2;

/** All exponents of a network of MNIST's size, by two workers, in a process of its own. */
export async function benchManyWindows(quick: boolean): Promise<BenchRow[]> {
  const windows = quick ? 4 : WINDOWS;
  const args = [join(__dirname, 'manyWindows.js'), ...[WEIGHTS, windows, WORKERS].map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { seconds, makingSeconds, processorSeconds, peakBytes }: ManyWindows = JSON.parse(stdout);
  const scale = WINDOWS / windows;
  const note =
    `one run, ${(scale * makingSeconds).toFixed(1)} s of it making the series, ` +
    `${(scale * processorSeconds).toFixed(0)} s of processor time` +
    (quick ? `; extrapolated from ${windows} windows` : '');
  const task = `${WEIGHTS.toLocaleString('en')} series x ${WINDOWS} windows, ${WORKERS} workers`;
  return [
    benchRow(task, scale * seconds, 's', { ours: 60 }, null, note),
    benchRow('  peak memory', peakBytes / 1e6, 'MB', { ours: 600 }, null, quick ? `${windows} windows` : ''),
  ];
}
