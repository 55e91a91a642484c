/**
 * Sweeps on any number of machines, through a Redis server. Nothing else of legcnet loads it; it needs two packages more:
 * `npm install bullmq ioredis`.
 *
 *     import { sweepGrid } from 'legcnet';
 *     import { enqueueSweep, gatherSweep } from 'legcnet/queue';
 *
 *     const redis = 'redis://127.0.0.1:6379';
 *     const jobs = sweepGrid({ work: 'legcnet', dataset: 'iris', variant: ['FT', 'PT'], seed: [1, 2] });
 *     await enqueueSweep(jobs, { redis });
 *     const { rows } = await gatherSweep(jobs, { redis }); // those of `sweep(jobs)`, bit for bit
 *
 * and on every machine that is to work: `npx legcnet worker --redis redis://127.0.0.1:6379`.
 */
export * from '../dist/src/queue/index';
