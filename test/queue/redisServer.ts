import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

/** Why tests that need a Redis server are skipped, or false. */
export const redisSkip: string | false =
  spawnSync('redis-server', ['--version']).status === 0
    ? false
    : 'redis-server is not installed (on Debian: apt install redis-server)';

const PASSWORD = 'sesame-open';

/** A Redis server of a test's own. */
export interface RedisServer {
  readonly port: number;
  /** Of the server, or of a proxy before it. */
  url(port?: number): string;
  /** kill -9. */
  kill(): Promise<void>;
  /** On the same port, with what it had written. */
  start(): Promise<void>;
}

/**
 * Starts a server on a port that nobody uses, in a folder of its own.
 *
 * @param persists writes every change to disk before it answers; otherwise nothing is kept
 */
export async function redisServer(t: TestContext, persists: boolean): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const aof = persists ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
    const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    child = spawn('redis-server', [...options, ...aof, '--requirepass', PASSWORD], { stdio: 'ignore' });
    while (!(await isOpen(port))) {
      if (child.exitCode !== null) throw new Error(`redis-server ended with code ${child.exitCode}`);
      await sleep(20);
    }
  };
  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  t.after(async () => {
    await kill();
    rmSync(folder, { recursive: true });
  });
  return { port, url: (at = port) => `redis://:${PASSWORD}@127.0.0.1:${at}/0`, kill, start };
}

export { PASSWORD as redisPassword };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => socket.destroy(resolve(true) as never));
    socket.once('error', () => resolve(false));
  });
}
