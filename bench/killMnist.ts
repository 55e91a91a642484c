import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomStream } from '../src/statistics/random';
import type { MnistRun } from '../src/study/mnistRun';

/**
 * Kills a real MNIST run at random moments, lets it go on each time, and compares its result with that of an uninterrupted run:
 *
 *     node dist/bench/killMnist.js [--init 3] [--kills 20] [--seconds 15] [--networks dense,FT] [--seed 1]
 *
 * `--seconds` is the longest time between two kills. Both runs take their minutes; the folder of the killed one is removed.
 */
const cli = join(__dirname, '..', 'src', 'cli.js');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      init: { type: 'string', default: '3' },
      kills: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '15' },
      networks: { type: 'string', default: 'dense,FT,PT' },
      seed: { type: 'string', default: '1' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-kill-mnist-'));
  const run = ['mnist', '--init', values.init, '--networks', values.networks, '--json'];
  const random = randomStream(Number(values.seed), 'moments to kill at');
  try {
    let last: string | null = null;
    let kills = 0;
    for (; kills < Number(values.kills) && last === null; kills++) {
      const delay = 1000 * (1 + (Number(values.seconds) - 1) * random());
      last = await printedBy([...run, '--checkpoint', folder], delay);
      if (last === null) console.log(`killed after ${(delay / 1000).toFixed(1)} s`);
    }
    if (last !== null) kills--;
    const resumed = last ?? (await printedBy([...run, '--checkpoint', folder], null));
    const whole = await printedBy(run, null);
    const isEqual = numbers(resumed) === numbers(whole);
    console.log(`${kills} kills; results ${isEqual ? 'equal' : 'DIFFER'}`);
    if (!isEqual) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the program prints; null when it was killed first. */
function printedBy(args: readonly string[], delay: number | null): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(process.execPath, [cli, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const timer = delay === null ? undefined : setTimeout(() => child.kill('SIGKILL'), delay);
    let printed = '';
    child.stdout?.on('data', text => {
      printed += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve(null);
      else if (code === 0) resolve(printed);
      else reject(new Error(`the run ended with code ${code}, signal ${signal}`));
    });
  });
}

/** The result without its cost, which no two runs share. */
function numbers(printed: string | null): string {
  const runs = JSON.parse(printed ?? '[]') as MnistRun[];
  return JSON.stringify(runs.map(({ cost, ...rest }) => rest));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
