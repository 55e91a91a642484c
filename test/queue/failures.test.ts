import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type SweepJob, sweep } from '../../src';
import { enqueueSweep, gatherSweep } from '../../src/queue';
import { cutableNetwork } from './cutableNetwork';
import { type RedisServer, redisServer, redisSkip } from './redisServer';
import { modules, type WorkerProcess, workerProcess, workerProcesses } from './workerProcess';

const folder: string = mkdtempSync(join(tmpdir(), 'legcnet-queue-'));
after(() => rmSync(folder, { recursive: true }));

const orbit = (seed: number, more: object = {}): SweepJob => ({
  work: 'module',
  module: 'ownWork.js',
  arguments: { seed, ...more },
});

/** Real work and long: a start of the study, orbits of a tenth of a second. */
const jobs: readonly SweepJob[] = [
  { work: 'legcnet', dataset: 'iris', seed: 1, variant: 'PT' },
  ...Array.from({ length: 12 }, (_, i) => orbit(i + 1, { milliseconds: 100 })),
];

/** One that says when it begins, and takes long enough to be killed meanwhile. */
const log = join(folder, 'begun.log');
const longJob = (name: string): SweepJob => orbit(77, { milliseconds: 1500, log: `${log}.${name}` });

/** Processes that have begun the long job, in this order. */
function begun(name: string): number[] {
  const file = `${log}.${name}`;
  if (!existsSync(file)) return [];
  // What stands behind the last line end, in a file just made all of it, is still being written.
  return readFileSync(file, 'utf8').split('\n').slice(0, -1).map(Number.parseFloat);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

/** What must be the same, bit for bit: the second line of every result, by file. */
function contents(place: string): Record<string, string> {
  const files = readdirSync(place).sort();
  return Object.fromEntries(
    files.map(file => [file, readFileSync(join(place, file), 'utf8').split('\n')[1]]),
  );
}

/** What a sweep in this process gives. */
const wanted = join(folder, 'in process');
before(async () => {
  if (redisSkip === false) await sweep(jobs, { folder: wanted, workers: 2, modules });
});

/** Nothing lost, nothing double, and the same bits as in one process. */
async function assertSame(server: RedisServer, gathered: string, given: readonly SweepJob[]): Promise<void> {
  const reference = await sweep(given, { folder: wanted, workers: 1, modules });
  const here = contents(gathered);
  assert.deepEqual(Object.keys(here), reference.jobs.map(({ id }) => `${id}.json`).sort());
  for (const [file, content] of Object.entries(here)) assert.equal(content, contents(wanted)[file]);
  const redis = new Redis(server.url());
  try {
    assert.equal((await redis.keys('legcnet-results:*')).length, given.length);
    assert.equal((await redis.keys('legcnet-differing:*')).length, 0);
  } finally {
    redis.disconnect();
  }
}

interface Scene {
  readonly server: RedisServer;
  readonly options: { readonly redis: string; readonly folder: string; readonly modules: string };
}

async function scene(t: TestContext, name: string, persists: boolean): Promise<Scene> {
  const server = await redisServer(t, persists);
  return { server, options: { redis: server.url(), folder: join(folder, name), modules } };
}

test('kill -9 of a worker in the middle of a job: another does it', { skip: redisSkip }, async t => {
  const { server, options } = await scene(t, 'killed worker', false);
  const given = [longJob('killed'), ...jobs];
  await enqueueSweep(given, options);
  const workers = await workerProcesses(
    t,
    [1, 2, 3].map(() => server.url()),
  );
  await until(() => begun('killed').length > 0);
  const [victim] = begun('killed');
  process.kill(victim, 'SIGKILL');
  const made = await gatherSweep(given, options);
  assert.deepEqual([made.done, made.failed], [given.length, 0]);
  const [, another] = begun('killed');
  assert.ok(another !== victim && workers.some(({ child }) => child.pid === another));
  await assertSame(server, options.folder, given);
});

test('kill -9 of Redis in the middle of a sweep, with persistence: nothing is lost', {
  skip: redisSkip,
}, async t => {
  const { server, options } = await scene(t, 'killed Redis', true);
  await enqueueSweep(jobs, options);
  await workerProcesses(
    t,
    [1, 2, 3].map(() => server.url()),
  );
  const units = new Set<string>();
  let deaths = 0;
  const gathering = gatherSweep(jobs, {
    ...options,
    onProgress({ done, unit }) {
      units.add(unit);
      if (done >= 4 && deaths++ === 0) server.kill().then(() => sleep(800).then(server.start));
    },
  });
  const made = await gathering;
  assert.ok(deaths > 0);
  assert.deepEqual([made.done, made.failed], [jobs.length, 0]);
  assert.ok(units.has('jobs, waiting for Redis'), [...units].join('; '));
  await assertSame(server, options.folder, jobs);
});

test('Redis loses everything: whoever gathers puts the rest into the queue again', {
  skip: redisSkip,
}, async t => {
  const { server, options } = await scene(t, 'forgetful Redis', false);
  await enqueueSweep(jobs, options);
  await workerProcesses(
    t,
    [1, 2, 3].map(() => server.url()),
  );
  let deaths = 0;
  const made = await gatherSweep(jobs, {
    ...options,
    onProgress({ done }) {
      if (done >= 4 && deaths++ === 0) server.kill().then(server.start);
    },
  });
  assert.ok(deaths > 0);
  assert.deepEqual([made.done, made.failed], [jobs.length, 0]);
  const here = contents(options.folder);
  for (const [file, content] of Object.entries(here)) assert.equal(content, contents(wanted)[file]);
  assert.equal(Object.keys(here).length, jobs.length);
});

test('the network is cut, silently and loudly: nothing is lost, and what is done twice counts once', {
  skip: redisSkip,
}, async t => {
  const { server, options } = await scene(t, 'cut network', false);
  const silent = await cutableNetwork(t, server.port);
  const loud = await cutableNetwork(t, server.port);
  const given = [longJob('cut'), ...jobs];
  await enqueueSweep(given, options);
  // Whoever takes the long job, which is the first, is cut off for longer than its lease.
  const [cut] = await workerProcesses(t, [server.url(silent.port)]);
  await until(() => begun('cut').length > 0);
  silent.swallow();
  await workerProcesses(t, [server.url(loud.port), server.url()]);
  const gathering = gatherSweep(given, { ...options, redis: server.url(loud.port) });
  await sleep(500);
  loud.tear();
  await sleep(1500);
  loud.mend();
  await until(() => begun('cut').length > 1);
  silent.mend();
  const made = await gathering;
  assert.deepEqual([made.done, made.failed], [given.length, 0]);
  assert.equal(begun('cut')[0], cut.child.pid);
  assert.notEqual(begun('cut')[1], cut.child.pid);
  await assertSame(server, options.folder, given);
});

test('a job that is done twice, by a worker thought dead and by another, gives one result', {
  skip: redisSkip,
}, async t => {
  const { server, options } = await scene(t, 'twice', false);
  const given = [longJob('twice')];
  await enqueueSweep(given, options);
  const workers = await workerProcesses(
    t,
    [1, 2, 3].map(() => server.url()),
  );
  await until(() => begun('twice').length > 0);
  const frozen = workers.find(({ child }) => child.pid === begun('twice')[0]);
  frozen?.child.kill('SIGSTOP');
  await until(() => begun('twice').length > 1);
  frozen?.child.kill('SIGCONT');
  await frozen?.said(/module [0-9a-f]{12} done/);
  const made = await gatherSweep(given, options);
  assert.deepEqual([made.done, made.failed], [1, 0]);
  assert.equal(begun('twice').length, 2);
  await Promise.all(
    workers.filter(({ child }) => child.pid === begun('twice')[1]).map(other => other.said(/done in/)),
  );
  await assertSame(server, options.folder, given);
});

test('SIGTERM: a worker ends its job when it can, and gives it back when it cannot', {
  skip: redisSkip,
}, async t => {
  const { server, options } = await scene(t, 'SIGTERM', false);
  const short = orbit(1, { milliseconds: 700, log: `${log}.short` });
  await enqueueSweep([short], options);
  const alone = (grace: string): Promise<WorkerProcess> =>
    workerProcess(t, server.url(), '--modules', modules, '--lease', '60', '--grace', grace);
  const first = await alone('30');
  await until(() => begun('short').length > 0);
  first.child.kill('SIGTERM');
  assert.deepEqual(await first.ended, [0, null]);
  assert.match(first.output, /done in [\s\S]*Left the queue/);
  const long = orbit(1, { milliseconds: 20_000, log: `${log}.long` });
  await enqueueSweep([long], options);
  const second = await alone('0.1');
  await until(() => begun('long').length > 0);
  const started = performance.now();
  second.child.kill('SIGTERM');
  assert.deepEqual(await second.ended, [0, null]);
  assert.match(second.output, /module [0-9a-f]{12} given back\nLeft the queue/);
  await alone('0');
  await until(() => begun('long').length > 1);
  assert.ok(performance.now() - started < 20_000, 'at once, not when the lease ends');
});

test('while Redis is away, whoever gathers can stop and a worker can be ended', {
  skip: redisSkip,
}, async t => {
  const { server, options } = await scene(t, 'away', false);
  await enqueueSweep([longJob('away')], options);
  const stop = new AbortController();
  const units = new Set<string>();
  const gathering = gatherSweep([longJob('away')], {
    ...options,
    signal: stop.signal,
    onProgress: ({ unit }) => units.add(unit),
  });
  const refused = assert.rejects(gathering, /^Error: enough$/);
  const [worker] = await workerProcesses(t, [server.url()]);
  await until(() => begun('away').length > 0);
  await server.kill();
  await until(() => units.has('jobs, waiting for Redis'));
  stop.abort(new Error('enough'));
  await refused;
  worker.child.kill('SIGTERM');
  assert.deepEqual(await worker.ended, [0, null]);
});
