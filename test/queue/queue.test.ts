import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { init, type ModuleJob, type Progress, type SweepJob, sweep } from '../../src';
import { packageRoot } from '../../src/core/packageRoot';
import { packageVersion } from '../../src/network/trainingIdentity';
import { enqueueSweep, gatherSweep, workOnQueue } from '../../src/queue';
import { redisPlace, withoutSecrets } from '../../src/queue/redisAddress';
import { openSweepQueue, PROTOCOL } from '../../src/queue/sweepQueue';
import { preparedJobs } from '../../src/sweep/preparedJobs';
import { cutableNetwork } from './cutableNetwork';
import { redisPassword, redisServer, redisSkip } from './redisServer';
import { modules, workerProcess } from './workerProcess';

const folder: string = mkdtempSync(join(tmpdir(), 'legcnet-queue-'));
after(() => rmSync(folder, { recursive: true }));

const orbits = [1, 2, 3].map(
  (seed): ModuleJob => ({ work: 'module', module: 'ownWork.js', arguments: { seed } }),
);
const failing: ModuleJob = { ...orbits[0], export: 'fail' };

test('jobs are queued once, done once, and gathered as a sweep in this process gives them', {
  skip: redisSkip,
}, async t => {
  const server = await redisServer(t, false);
  const options = { redis: server.url(), folder: join(folder, 'gathered'), modules };
  const given = [...orbits, failing];
  const counts = async (): Promise<number[]> => {
    const { jobs, added, again, there, done } = await enqueueSweep(given, options);
    return [jobs, added, again, there, done];
  };
  assert.deepEqual(await counts(), [4, 4, 0, 0, 0]);
  assert.deepEqual(await counts(), [4, 0, 0, 4, 0]);
  const now = await gatherSweep(given, { ...options, wait: false });
  assert.deepEqual([now.done, now.pending], [0, 4]);
  const lines: string[] = [];
  const worker = await workOnQueue({
    redis: server.url(),
    workers: 2,
    modules,
    onEvent: line => lines.push(line),
  });
  const made = await gatherSweep(given, options);
  assert.deepEqual([made.done, made.failed], [3, 1]);
  assert.equal(made.jobs[3].error, 'RangeError: seed 1 is not liked');
  const wanted = await sweep(given, { folder: join(folder, 'wanted'), workers: 1, modules });
  assert.deepEqual(made.rows, wanted.rows);
  // What failed is tried again when it is asked for again, what is done is not.
  assert.deepEqual(await counts(), [4, 0, 1, 0, 3]);
  const elsewhere = { ...options, folder: join(folder, 'gathered elsewhere') };
  const second = await gatherSweep(given, { ...elsewhere, forget: true });
  assert.deepEqual([second.rows, second.failed], [wanted.rows, 1]);
  assert.equal(lines.filter(line => /done in/.test(line)).length, 3);
  assert.equal(lines.filter(line => /failed: RangeError/.test(line)).length, 2);
  await worker.close();
  const redis = new Redis(server.url());
  assert.deepEqual(
    (await redis.keys('*')).filter(key => /[0-9a-f]{64}/.test(key)),
    [],
  );
  redis.disconnect();
});

test('filling a queue can be stopped: what is there stays, and the same call adds the rest', {
  skip: redisSkip,
}, async t => {
  const server = await redisServer(t, false);
  const network = await cutableNetwork(t, server.port);
  const options = { folder: join(folder, 'stopped'), modules };
  const many = Array.from({ length: 1200 }, (_, seed): ModuleJob => ({ ...orbits[0], arguments: { seed } }));
  const before = AbortSignal.abort(new Error('not at all'));
  await assert.rejects(
    enqueueSweep(many, { ...options, redis: 'redis://127.0.0.1:1', signal: before }),
    /^Error: not at all$/,
  );
  const stop = new AbortController();
  const seen: Progress[] = [];
  const onProgress = (progress: Progress): void => {
    seen.push(progress);
    stop.abort(new Error('enough'));
  };
  const redis = server.url();
  await assert.rejects(
    enqueueSweep(many, { ...options, redis, signal: stop.signal, onProgress }),
    /^Error: enough$/,
  );
  assert.deepEqual(seen, [{ task: 'Filling the queue', done: 500, total: 1200, unit: 'jobs' }]);
  const { added, there } = await enqueueSweep(many, {
    ...options,
    redis,
    onProgress: each => seen.push(each),
  });
  assert.deepEqual([added, there], [700, 500]);
  assert.deepEqual([seen.at(-1)?.done, seen.at(-1)?.total], [700, 700]);
  // A command that waits for a Redis which is gone does not hold it up.
  const cut = new AbortController();
  const away = { ...options, queue: 'other', redis: server.url(network.port), signal: cut.signal };
  const started = performance.now();
  await assert.rejects(
    enqueueSweep(many, {
      ...away,
      onProgress: () => {
        network.swallow();
        setTimeout(() => cut.abort(new Error('no longer')), 300);
      },
    }),
    /^Error: no longer$/,
  );
  assert.ok(performance.now() - started < 10_000);
});

test('a job that cannot be done is refused before any is queued', { skip: redisSkip }, async t => {
  const server = await redisServer(t, false);
  const wrong: SweepJob = { work: 'legcnet', dataset: 'iris', search: { scan: { maxLag: 0 } } };
  const options = { redis: server.url(), folder: join(folder, 'wrong'), modules };
  await assert.rejects(
    enqueueSweep([...orbits, wrong], options),
    /^RangeError: Cannot sweep job 4 of 4: search\.scan: .*maxLag must be a whole number/,
  );
  assert.equal((await enqueueSweep(orbits, options)).added, 3);
});

test('with a folder that all share, results do not travel through Redis', { skip: redisSkip }, async t => {
  const server = await redisServer(t, false);
  const shared = join(folder, 'shared');
  const worker = await workOnQueue({ redis: server.url(), workers: 1, modules, folder: shared });
  const options = { redis: server.url(), modules };
  await enqueueSweep(orbits, { ...options, folder: shared });
  const made = await gatherSweep(orbits, { ...options, folder: shared });
  assert.equal(made.done, 3);
  const redis = new Redis(server.url());
  const texts = await redis.mget(await redis.keys('legcnet-results:*'));
  assert.deepEqual(texts, ['in-folder', 'in-folder', 'in-folder']);
  redis.disconnect();
  const lost = await gatherSweep(orbits, { ...options, folder: join(folder, 'not shared') });
  assert.equal(lost.failed, 3);
  assert.match(lost.jobs[0].error ?? '', /is not there: gather into the folder that the workers share/);
  // A result that was lost there is made again once Redis has forgotten it.
  for (const file of readdirSync(shared)) rmSync(join(shared, file));
  const gone = await gatherSweep(orbits, { ...options, folder: shared, forget: true });
  assert.equal(gone.failed, 3);
  await enqueueSweep(orbits, { ...options, folder: shared });
  assert.equal((await gatherSweep(orbits, { ...options, folder: shared })).done, 3);
  await worker.close();
});

test('a damaged result in Redis is named, not used, and made again', { skip: redisSkip }, async t => {
  const server = await redisServer(t, false);
  const options = { redis: server.url(), folder: join(folder, 'damaged'), modules };
  const [{ id }] = preparedJobs(orbits, modules);
  const redis = new Redis(server.url());
  await redis.set(`legcnet-results:sweeps:${id}`, '{"format":"legcnet-sweep-1"}\n');
  redis.disconnect();
  await enqueueSweep(orbits, options);
  const worker = await workOnQueue({ redis: server.url(), workers: 1, modules });
  const made = await gatherSweep(orbits, options);
  assert.deepEqual([made.done, made.failed], [3, 0]);
  assert.deepEqual(made.damaged, [`the result in Redis of ${id}`]);
  await worker.close();
});

test('machines that compute differently are reported, and what came first stays', {
  skip: redisSkip,
}, async t => {
  const server = await redisServer(t, false);
  const options = { redis: server.url(), folder: join(folder, 'differing'), modules };
  const [first, second] = preparedJobs(orbits, modules);
  const queue = await openSweepQueue({ redis: server.url() });
  const made = { version: packageVersion(), seconds: 1 };
  assert.equal(await queue.keep(first, { ...made, rows: '[{"x":1}]' }), true);
  assert.equal(await queue.keep(first, { ...made, rows: '[{"x":1}]', seconds: 2 }), true);
  assert.equal(await queue.keep(first, { ...made, rows: '[{"x":1.0000000000000002}]' }), false);
  assert.equal(await queue.keep(second, { ...made, rows: '[{"x":2}]' }), true);
  await queue.close();
  const gathered = await gatherSweep(orbits.slice(0, 2), options);
  assert.deepEqual(gathered.differing, [first.id]);
  assert.deepEqual(
    gathered.rows.map(({ x }) => x),
    [1, 2],
  );
  init();
  assert.match(inspect(gathered), /1 job gave other rows on another machine/);
});

test('a worker loads no code unless it was allowed to, and none from outside of the folder', {
  skip: redisSkip,
}, async t => {
  const server = await redisServer(t, false);
  const errorsOf = async (
    allowed: string | undefined,
    given: readonly ModuleJob[],
    base: string,
  ): Promise<unknown[]> => {
    const redis = server.url();
    const lines: string[] = [];
    const worker = await workOnQueue({
      redis,
      workers: 1,
      onEvent: line => lines.push(line),
      ...(allowed === undefined ? {} : { modules: allowed }),
    });
    const options = { redis, folder: join(folder, 'allowed'), modules: base };
    await enqueueSweep(given, options);
    const { jobs } = await gatherSweep(given, options);
    await worker.close();
    assert.ok(
      lines.some(line => line.includes(`refused: ${jobs[0].error}`)),
      lines.join('\n'),
    );
    return jobs.map(({ error }) => error);
  };
  const [refused] = await errorsOf(undefined, orbits.slice(0, 1), modules);
  assert.match(String(refused), /this worker loads none: start it with --modules FOLDER/);
  const outside = { ...orbits[0], module: join('..', 'sweep', 'ownWork.js') };
  assert.match(String((await errorsOf(__dirname, [outside], __dirname))[0]), /lies outside of the folder/);
  const absolute = { ...orbits[0], module: join(modules, 'ownWork.js') };
  assert.match(String((await errorsOf(__dirname, [absolute], __dirname))[0]), /lies outside of the folder/);
});

test('a job that was forged, or whose module is another one here, fails with a word about it', {
  skip: redisSkip,
}, async t => {
  const server = await redisServer(t, false);
  const [first, second] = preparedJobs(orbits, modules);
  const worker = await workOnQueue({ redis: server.url(), workers: 1, modules });
  const redis = new Redis(server.url(), { maxRetriesPerRequest: null });
  const queue = new Queue('sweeps', { connection: redis, prefix: 'legcnet' });
  const put = (id: string, job: object): Promise<unknown> =>
    queue.add('module', { protocol: PROTOCOL, version: packageVersion(), job }, { jobId: id });
  await put(first.id, second.job);
  await put(second.id, { work: 'legcnet', dataset: 'tulips' });
  const made = await gatherSweep(orbits.slice(0, 2), {
    redis: server.url(),
    folder: join(folder, 'forged'),
    modules,
  });
  assert.match(made.jobs[0].error ?? '', /another one here than where the job was made/);
  assert.match(made.jobs[1].error ?? '', /dataset must be one of/);
  await worker.close();
  await queue.close();
  redis.disconnect();
});

test('another version of the package is refused by queue and worker, and its jobs stay', {
  skip: redisSkip,
}, async t => {
  const server = await redisServer(t, false);
  const redis = new Redis(server.url(), { maxRetriesPerRequest: null });
  const queue = new Queue('sweeps', { connection: redis, prefix: 'legcnet' });
  t.after(async () => {
    await queue.close();
    redis.disconnect();
  });
  // A worker of this version waits; then jobs of another come.
  const worker = await workerProcess(t, server.url());
  await worker.said(/Working for/);
  await redis.set('legcnet-about:sweeps', 'legcnet 9.9.9 (protocol 9)');
  await queue.add('module', { protocol: 9, version: '9.9.9', job: {} }, { jobId: 'new' });
  assert.deepEqual(await worker.ended, [1, null]);
  assert.match(
    worker.output,
    /Jobs of legcnet 9\.9\.9 \(protocol 9\) are in the queue, this worker is legcnet/,
  );
  assert.deepEqual(await queue.getJobCounts('wait', 'active', 'failed'), { wait: 1, active: 0, failed: 0 });
  const refusal = /holds jobs of legcnet 9\.9\.9 \(protocol 9\), this is legcnet .*queue of its own/;
  const options = { redis: server.url(), folder: join(folder, 'version'), modules };
  await assert.rejects(enqueueSweep(orbits, options), refusal);
  await assert.rejects(workOnQueue({ redis: server.url() }), refusal);
  const late = await workerProcess(t, server.url());
  assert.deepEqual(await late.ended, [1, null]);
  assert.match(late.output, refusal);
  // Another queue on the same server, or the same when it is empty, is free.
  assert.equal((await enqueueSweep(orbits, { ...options, queue: 'other' })).added, 3);
  await queue.drain();
  assert.equal((await enqueueSweep(orbits, options)).added, 3);
});

test('nobody prints a password', { skip: redisSkip }, async t => {
  const server = await redisServer(t, false);
  const worker = await workerProcess(t, server.url(), '--redis', server.url());
  await worker.said(/Working for 127\.0\.0\.1:\d+\/0;/);
  const wrong = server.url().replace(redisPassword, 'swordfish');
  const closed = await workerProcess(t, wrong.replace(/:\d+\/0/, ':1/0'));
  const refused = await workerProcess(t, wrong);
  await Promise.all([closed.ended, refused.ended]);
  assert.match(closed.output, /Cannot use the Redis server at 127\.0\.0\.1:1\/0: connect ECONNREFUSED/);
  assert.match(refused.output, /WRONGPASS/);
  worker.child.kill('SIGTERM');
  await worker.ended;
  for (const { output } of [worker, closed, refused]) assert.doesNotMatch(output, /sesame|swordfish/);
});

test('an address that is none is refused without being repeated', async () => {
  for (const redis of [
    'http://u:swordfish@host',
    'swordfish',
    'redis://',
    'redis://u:swordfish%@host',
    7 as never,
  ]) {
    await assert.rejects(enqueueSweep([], { redis, folder: join(folder, 'address') }), (error: Error) => {
      assert.match(error.message, /^Cannot connect to Redis/);
      assert.doesNotMatch(error.message, /swordfish/);
      return true;
    });
  }
  assert.equal(redisPlace('rediss://user:p%40ss@cluster.example:7000/3'), 'cluster.example:7000/3');
  assert.equal(redisPlace('redis://host'), 'host:6379');
  assert.equal(withoutSecrets('AUTH user p@ss failed', 'redis://user:p%40ss@host'), 'AUTH *** *** failed');
});

/** Runs a script in a process where the two packages of the queue are not installed. */
function withoutLibraries(script: string): string {
  const hook = `export const resolve = (name, context, next) => {
    if (name !== 'bullmq' && name !== 'ioredis') return next(name, context);
    throw Object.assign(new Error('not installed'), { code: 'ERR_MODULE_NOT_FOUND' });
  };`;
  const url = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`;
  const preload = `import { register } from 'node:module'; register(${JSON.stringify(url(hook))});`;
  const args = ['--import', url(preload), '-e', script];
  return spawnSync(process.execPath, args, { cwd: packageRoot, encoding: 'utf8' }).stdout.trim();
}

test('without bullmq and ioredis the queue says what to install, and sweeps need neither', () => {
  const place = JSON.stringify(join(folder, 'without'));
  assert.equal(
    withoutLibraries(
      `require('legcnet/queue').enqueueSweep([], { redis: 'redis://x', folder: ${place} }).catch(e => console.log(e.message))`,
    ),
    "legcnet/queue needs two packages that are not installed with legcnet: npm install 'bullmq@^6.7.0' 'ioredis@^6.0.0'",
  );
  const job = { work: 'module', module: 'ownWork.js', arguments: { seed: 1 } };
  const options = JSON.stringify({ folder: join(folder, 'without'), modules, workers: 1 });
  assert.equal(
    withoutLibraries(
      `require('legcnet').sweep([${JSON.stringify(job)}], ${options}).then(s => console.log(s.done))`,
    ),
    '1',
  );
  assert.equal(readdirSync(join(folder, 'without')).length, 1);
});
