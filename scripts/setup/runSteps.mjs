import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { place } from './place.mjs';
import { report } from './report.mjs';
import { stopPrograms } from './runProgram.mjs';
import { removeLeftovers } from './workFolder.mjs';

/** Signals that end a program, with the exit codes that shells give for them. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Makes whatever is not valid yet, in order, up to the first failure. Resolves to whether all is valid.
 * Says one line for each step, or with `brief` a single one when there is nothing to do.
 */
export async function runSteps(steps, { brief = false } = {}) {
  const start = performance.now();
  try {
    if (brief && steps.every(step => step.check() === null)) {
      report.done('set-up', `all ${steps.length} steps already valid`, start);
      return true;
    }
    const lock = join(place.work, 'lock');
    const onWait = pid => report.note(`waiting for set-up process ${pid}`);
    return await endingTidily(() => withLock(lock, () => runEach(steps), onWait));
  } catch (error) {
    report.failed('set-up', error, start);
    return false;
  }
}

async function runEach(steps) {
  removeLeftovers(place.work);
  for (const step of steps) if (!(await runStep(step))) return false;
  return true;
}

async function runStep(step) {
  const start = performance.now();
  report.begin(step.title);
  try {
    const did = step.check() === null ? 'already valid' : await step.run(report);
    report.done(step.title, did, start);
    return true;
  } catch (error) {
    report.failed(step.title, error, start);
    return false;
  }
}

/** Told to end during `task`, this process ends the programs it started and says so; its lock goes when it exits. */
async function endingTidily(task) {
  const end = signal => {
    stopPrograms();
    report.stopped();
    process.exit(SIGNALS[signal]);
  };
  for (const signal of Object.keys(SIGNALS)) process.on(signal, end);
  try {
    return await task();
  } finally {
    for (const signal of Object.keys(SIGNALS)) process.off(signal, end);
  }
}
