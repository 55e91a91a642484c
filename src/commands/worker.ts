import { parseArgs } from 'node:util';
import { workOnQueue } from '../queue/workOnQueue';
import { stopSignal } from './stopSignal';

/** `legcnet worker`: does jobs of a queue until it is told to stop. */
export async function runWorker(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      redis: { type: 'string' },
      queue: { type: 'string' },
      workers: { type: 'string' },
      folder: { type: 'string' },
      modules: { type: 'string' },
      lease: { type: 'string' },
      grace: { type: 'string' },
    },
  });
  const { redis = process.env.LEGCNET_REDIS, queue, folder, modules, workers, lease, grace } = values;
  if (redis === undefined) {
    throw new RangeError(
      'legcnet worker needs --redis URL, or the address in LEGCNET_REDIS, where no list of processes shows it',
    );
  }
  const stop = stopSignal('Stopped');
  const worker = await workOnQueue({
    redis,
    ...(queue === undefined ? {} : { queue }),
    ...(folder === undefined ? {} : { folder }),
    ...(modules === undefined ? {} : { modules }),
    ...(workers === undefined ? {} : { workers: Number(workers) }),
    ...(lease === undefined ? {} : { lease: Number(lease) }),
    ...(grace === undefined ? {} : { grace: Number(grace) }),
    onEvent: line => console.log(line),
  });
  console.log(`Working for ${worker.server}; Ctrl+C lets running jobs end or gives them back`);
  const close = (): void => {
    worker.close().catch(() => {});
  };
  if (stop.aborted) close();
  else stop.addEventListener('abort', close, { once: true });
  await worker.closed;
  console.log('Left the queue');
}
