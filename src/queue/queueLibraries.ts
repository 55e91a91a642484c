import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import { readJson } from '../core/readJson';

/** The two packages that only a queue needs. */
export interface QueueLibraries {
  readonly bullmq: typeof import('bullmq');
  readonly ioredis: Pick<typeof import('ioredis'), 'Redis'>;
}

/** @throws Error saying what to install where they are missing */
export async function queueLibraries(): Promise<QueueLibraries> {
  try {
    return { bullmq: await import('bullmq'), ioredis: await import('ioredis') };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(code)) throw error;
    const { peerDependencies } = readJson(join(packageRoot, 'package.json')) as {
      readonly peerDependencies: Readonly<Record<string, string>>;
    };
    const wanted = ['bullmq', 'ioredis'].map(name => `${name}@${peerDependencies[name]}`);
    throw new Error(
      `legcnet/queue needs two packages that are not installed with legcnet: npm install ${wanted.map(each => `'${each}'`).join(' ')}`,
      { cause: error },
    );
  }
}
