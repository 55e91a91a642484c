// Every public name of `legcnet/queue`.

export { type EnqueueOptions, enqueueSweep, type QueuedSweep } from './enqueueSweep';
export { type GatherOptions, gatherSweep } from './gatherSweep';
export type { QueuePlace } from './sweepQueue';
export { type QueueWorker, type WorkOptions, workOnQueue } from './workOnQueue';
