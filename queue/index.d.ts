/**
 * Sweeps on any number of machines, through a Redis server. Nothing else of legcnet loads it; it needs two packages more:
 * `npm install bullmq ioredis`.
 */
export * from '../dist/src/queue/index';
