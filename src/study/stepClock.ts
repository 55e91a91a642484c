import { openCheckpoint } from '../network/checkpoint';
import type { MnistCost, StepCost } from './mnistRun';

/** Times the steps of a run, those of earlier calls included when they were kept in a folder. */
export interface StepClock {
  /** Ends a step; the next one begins. A step that an earlier call did keeps its cost. */
  done(step: string): Promise<void>;
  cost(): MnistCost;
}

export async function stepClock(
  folder: string | undefined,
  configuration: Readonly<Record<string, unknown>>,
): Promise<StepClock> {
  const checkpoint = folder === undefined ? null : await openCheckpoint(folder, configuration);
  const saved = (await checkpoint?.read('cost')) ?? null;
  const steps: Record<string, StepCost> = { ...(saved?.values as Record<string, StepCost> | undefined) };
  let start = performance.now();
  let cpu = process.cpuUsage();
  return {
    async done(step) {
      const { user, system } = process.cpuUsage(cpu);
      const seconds = (performance.now() - start) / 1000;
      if (!(step in steps)) {
        steps[step] = { seconds, cpuSeconds: (user + system) / 1e6 };
        await checkpoint?.write('cost', { values: steps, arrays: {} });
      }
      start = performance.now();
      cpu = process.cpuUsage();
    },
    cost() {
      const sum = (field: keyof StepCost): number =>
        Object.values(steps).reduce((total, step) => total + step[field], 0);
      return {
        steps: { ...steps },
        seconds: sum('seconds'),
        cpuSeconds: sum('cpuSeconds'),
        peakBytes: 1024 * process.resourceUsage().maxRSS,
      };
    },
  };
}
