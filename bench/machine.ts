import { cpus, loadavg, platform, totalmem } from 'node:os';

/** What speeds were measured on, and what it was doing meanwhile. */
export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly memoryBytes: number;
  readonly platform: string;
  readonly node: string;
  /** Processes that wanted a processor, averaged over the minute before the run. */
  readonly loadBefore: number;
  readonly loadAfter: number;
  /** Share of one processor that this process had while it worked alone; below 1 others held it, and figures suffer. */
  readonly share: number;
}

/** The machine before a run; `after` completes it. */
export function machineBefore(): { after(): Machine } {
  const loadBefore = loadavg()[0];
  const share = processorShare();
  return {
    after() {
      const [{ model }] = cpus();
      return {
        processor: model.trim(),
        processors: cpus().length,
        memoryBytes: totalmem(),
        platform: `${platform()} ${process.arch}`,
        node: process.version,
        loadBefore,
        loadAfter: loadavg()[0],
        share,
      };
    },
  };
}

/** Processor time per time of the clock over half a second of plain arithmetic. */
function processorShare(): number {
  const before = process.cpuUsage();
  const start = performance.now();
  let x = 0.1;
  while (performance.now() - start < 500) for (let i = 0; i < 1e5; i++) x = 4 * x * (1 - x);
  const { user, system } = process.cpuUsage(before);
  return Math.min(1, (user + system) / 1000 / (performance.now() - start));
}
