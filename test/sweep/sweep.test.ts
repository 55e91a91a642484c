import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createNetwork,
  datasetNames,
  jobsOfFile,
  loadDataset,
  type ModuleJob,
  type Progress,
  randomStream,
  retrain,
  type SweepJob,
  soundSearch,
  studyProcedure,
  sweep,
  sweepGrid,
  train,
} from '../../src';
import { packageRoot } from '../../src/core/packageRoot';
import { publishedMaskIndices } from '../../src/data/publishedMasks';
import { removedWeights } from '../../src/network/applyMask';
import { causalSearch } from '../../src/study/causalSearch';
import { preparedJobs } from '../../src/sweep/preparedJobs';
import { skipUnless, trainingFiles } from '../support/mirror';

const folder: string = mkdtempSync(join(tmpdir(), 'legcnet-sweep-'));
after(() => rmSync(folder, { recursive: true }));

const modules = __dirname;
const orbit = (seed: number, more: object = {}): ModuleJob => ({
  work: 'module',
  module: 'ownWork.js',
  arguments: { seed, ...more },
});
const orbits: readonly ModuleJob[] = [1, 2, 3, 4, 5, 6, 7].map(seed => orbit(seed));
const failing: ModuleJob = { ...orbit(5), export: 'fail' };

/** The second line of every result, by file: all that must be the same whoever made it. */
function contents(place: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(place)
      .sort()
      .map(file => [file, readFileSync(join(place, file), 'utf8').split('\n')[1]]),
  );
}

test('the rows are the same bits for any number of workers, and for shards gathered by a later run', async () => {
  const jobs: readonly SweepJob[] = [...orbits, { work: 'legcnet', dataset: 'iris', seed: 3 }];
  const place = (name: string): string => join(folder, name);
  const one = await sweep(jobs, { folder: place('zero'), workers: 0, modules });
  assert.deepEqual([one.done, one.failed, one.pending, one.rows.length], [8, 0, 0, 16]);
  for (const workers of [1, 3]) {
    const other = await sweep(jobs, { folder: place(`of ${workers}`), workers, modules });
    assert.deepEqual(other.rows, one.rows);
    assert.deepEqual(contents(place(`of ${workers}`)), contents(place('zero')));
  }
  for (const index of [3, 1, 2]) {
    const part = await sweep(jobs, {
      folder: place('parts'),
      workers: 1,
      modules,
      shard: { index, count: 3 },
    });
    assert.equal(part.done + part.pending, 8);
  }
  const gathered = await sweep(jobs, { folder: place('parts'), workers: 0, modules });
  assert.deepEqual(gathered.rows, one.rows);
  assert.deepEqual(contents(place('parts')), contents(place('zero')));
});

test('rows keep NaN, infinities, -0 and words, behind the arguments of their job', async () => {
  const { rows } = await sweep([orbit(9)], { folder: join(folder, 'odd'), workers: 1, modules });
  const { orbit: points, x, ...rest } = rows[0];
  const job = { work: 'module', module: 'ownWork.js', seed: 9 };
  assert.deepEqual(rest, { ...job, row: 0, odd: Number.NaN, zero: -0, word: 'ö\n"' });
  assert.equal(rows[1].odd, Number.NEGATIVE_INFINITY);
  // The logistic map at r = 4 from 1/11: its first step is 4 (1/11) (10/11).
  assert.ok(Array.isArray(points) && Math.abs(points[0] - 40 / 121) < 1e-15 && typeof x === 'number');
});

test('a sweep that is run again does only what is missing, and one that grew only what is new', async () => {
  const place = join(folder, 'again');
  const log = join(folder, 'again.log');
  const logged = [1, 2, 3].map(seed => orbit(seed, { log }));
  const calls = (): number => readFileSync(log, 'utf8').trim().split('\n').length;
  await sweep(logged, { folder: place, workers: 2, modules });
  assert.equal(calls(), 3);
  const made = readdirSync(place).map(file => statSync(join(place, file)).mtimeMs);
  const more = await sweep([...logged, ...logged, orbit(4, { log })], { folder: place, workers: 2, modules });
  assert.equal(calls(), 4);
  assert.equal(more.jobs.length, 4);
  const untouched = readdirSync(place).map(file => statSync(join(place, file)).mtimeMs);
  assert.deepEqual(untouched.filter(time => made.includes(time)).length, 3);
});

test('a job that fails carries its error, stops no other, and is tried again', async () => {
  const place = join(folder, 'failing');
  const jobs = [failing, { ...orbit(1), export: 'absent' }, { ...orbit(1), export: 'unfit' }, ...orbits];
  const seen: Progress[] = [];
  const onProgress = (progress: Progress): number => seen.push(progress);
  const made = await sweep(jobs, { folder: place, workers: 2, modules, onProgress });
  assert.deepEqual([made.done, made.failed], [7, 3]);
  assert.deepEqual(
    made.jobs.slice(0, 3).map(({ error }) => error),
    [
      'RangeError: seed 5 is not liked',
      "TypeError: The module ownWork.js exports no function 'absent'",
      'TypeError: A cell must be a number, a word, a truth value, null or a list of numbers; nested of row 0 is an object',
    ],
  );
  assert.deepEqual(seen.at(-1), { task: 'Sweep', done: 10, total: 10, unit: 'jobs, 3 failed' });
  assert.equal(readdirSync(place).length, 7);
  const again = await sweep(jobs, { folder: place, workers: 0, modules, onProgress });
  assert.deepEqual(again.rows, made.rows);
  assert.deepEqual(seen.at(-1), {
    task: 'Sweep',
    done: 3,
    total: 3,
    unit: 'jobs, 3 failed, 7 done before',
  });
});

test('a job that ends its thread every time is an error, and the others are done', async () => {
  const jobs = [orbit(1), { ...orbit(2), export: 'die' }, orbit(3)];
  const made = await sweep(jobs, { folder: join(folder, 'dying'), workers: 2, modules });
  assert.deepEqual([made.done, made.failed], [2, 1]);
  assert.match(made.jobs[1].error ?? '', /^Its thread died 3 times: worker exited with code: 3/);
});

test('a damaged result is named and made again, whatever the damage', async () => {
  const place = join(folder, 'damaged');
  const whole = await sweep(orbits, { folder: place, workers: 0, modules });
  const wanted = contents(place);
  const files = whole.jobs.map(({ id }) => join(place, `${id}.json`));
  const changes: readonly ((text: string) => string)[] = [
    text => text.replace('"x":0.', '"x":1.'), // a number changed
    text => text.slice(0, text.length / 2), // cut off
    () => '',
    () => 'no JSON\nat\nall\n',
    () => readFileSync(files[5], 'utf8'), // whole, but the result of another job
  ];
  for (const [i, change] of changes.entries())
    writeFileSync(files[i], change(readFileSync(files[i], 'utf8')));
  const made = await sweep(orbits, { folder: place, workers: 2, modules });
  assert.deepEqual([...made.damaged].sort(), files.slice(0, changes.length).sort());
  assert.deepEqual(made.rows, whole.rows);
  assert.deepEqual(contents(place), wanted);
  assert.deepEqual((await sweep(orbits, { folder: place, workers: 0, modules })).damaged, []);
});

test('an aborted sweep ends at once, leaves no threads, and goes on when it is run again', async () => {
  const place = join(folder, 'aborted');
  const jobs = [1, 2, 3, 4].map(seed => orbit(seed, { milliseconds: seed < 3 ? 0 : 60_000 }));
  const stop = new AbortController();
  const onProgress = ({ done }: Progress): void => {
    if (done === 2) stop.abort(new Error('enough'));
  };
  const started = performance.now();
  await assert.rejects(
    sweep(jobs, { folder: place, workers: 2, modules, signal: stop.signal, onProgress }),
    /^Error: enough$/,
  );
  assert.ok(performance.now() - started < 20_000);
  assert.equal(readdirSync(place).length, 2);
  await assert.rejects(sweep(jobs, { folder: place, modules, signal: AbortSignal.abort() }), /aborted/);
});

test('a module far from any node_modules may require the package, as a notebook does', async () => {
  const own = mkdtempSync(join(folder, 'far-'));
  const code = "exports.run = ({ seed }) => ({ x: require('legcnet').randomStream(seed, 'a')() });\n";
  writeFileSync(join(own, 'work.js'), code);
  const job: ModuleJob = { work: 'module', module: 'work.js', arguments: { seed: 5 } };
  const { rows } = await sweep([job], { folder: join(own, 'results'), workers: 1, modules: own });
  assert.equal(rows[0]?.x, randomStream(5, 'a')());
});

test('the example of sweep gives eight rows', async () => {
  const jobs = sweepGrid({ work: 'legcnet', dataset: 'iris', variant: ['FT', 'PT'], seed: [1, 2] });
  const { rows } = await sweep(jobs, { folder: join(folder, 'example'), workers: 2 });
  assert.deepEqual(
    rows.map(({ network }) => network),
    ['dense', 'legcnet', 'dense', 'legcnet', 'dense', 'legcnet', 'dense', 'legcnet'],
  );
});

test('a sweep whose process is killed goes on: what was done is whole and not done again', async () => {
  const own = mkdtempSync(join(folder, 'killed-'));
  const log = join(own, 'begun.log');
  const results = join(own, 'results');
  const grid = {
    work: 'module',
    module: 'ownWork.js',
    arguments: { seed: [1, 2, 3, 4, 5, 6], milliseconds: 200, log },
  };
  cpSync(join(modules, 'ownWork.js'), join(own, 'ownWork.js'));
  writeFileSync(join(own, 'jobs.json'), JSON.stringify({ grids: [grid] }));
  const cli = join(packageRoot, 'dist', 'src', 'cli.js');
  const args = [cli, 'sweep', join(own, 'jobs.json'), '--folder', results, '--workers', '2'];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const done = (): string[] =>
    existsSync(results) ? readdirSync(results).filter(file => /json$/.test(file)) : [];
  while (done().length < 2 && child.exitCode === null) await sleep(10);
  child.kill('SIGKILL');
  await once(child, 'close');
  const before = done().length;
  assert.ok(before >= 2 && before < 6);
  const made = await sweep(jobsOfFile({ grids: [grid] }), { folder: results, workers: 2, modules: own });
  assert.deepEqual([made.done, made.damaged], [6, []]);
  const begun = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(' '));
  assert.equal(begun.filter(([pid]) => Number(pid) === process.pid).length, 6 - before);
});

test('threads of the tests are no part of a job: another number of them is the same work', async () => {
  const scans = [{ lag: 2 }, { lag: 2, workers: 1 }, { lag: 2, workers: 0 }, { lag: 3 }];
  const jobs: readonly SweepJob[] = scans.map(scan => ({
    work: 'legcnet',
    dataset: 'iris',
    seed: 1,
    search: { scan },
    training: { epochs: 12 },
  }));
  const all = await sweep(jobs, { folder: join(folder, 'threads'), workers: 0 });
  assert.deepEqual([all.jobs.length, all.done], [2, 2]);
  const alone = await sweep(jobs.slice(1, 2), { folder: join(folder, 'threads alone'), workers: 0 });
  assert.equal(alone.jobs[0].id, all.jobs[0].id);
  const usual: readonly SweepJob[] = [
    { work: 'legcnet', dataset: 'iris', seed: 1, training: { epochs: 12 } },
    {
      work: 'legcnet',
      dataset: 'iris',
      seed: 1,
      training: { epochs: 12 },
      search: { scan: { ...soundSearch.scan, workers: 1 } },
    },
  ];
  assert.equal((await sweep(usual, { folder: join(folder, 'threads'), workers: 0 })).jobs.length, 1);
});

test('changed code is other work', async () => {
  const own = mkdtempSync(join(folder, 'code-'));
  const code = (factor: number): void =>
    writeFileSync(join(own, 'work.mjs'), `export const run = ({ x }) => ({ y: ${factor} * x });\n`);
  const jobs = sweepGrid({ work: 'module', module: 'work.mjs', arguments: { x: [1, 2] } });
  const options = { folder: join(own, 'results'), workers: 1, modules: own };
  code(2);
  assert.deepEqual(
    (await sweep(jobs, options)).rows.map(({ y }) => y),
    [2, 4],
  );
  code(3);
  assert.deepEqual(
    (await sweep(jobs, options)).rows.map(({ y }) => y),
    [3, 6],
  );
  assert.equal(readdirSync(options.folder).length, 4);
});

test('results of several versions are named, not mixed in silence', async () => {
  const place = join(folder, 'versions');
  const first = await sweep(orbits.slice(0, 2), { folder: place, workers: 0, modules });
  assert.equal(first.versions.length, 1);
  const { openSweepStore } = await import('../../src/sweep/sweepStore.js');
  const [job] = preparedJobs([orbit(50)], modules);
  await (await openSweepStore(place)).write(job, { rows: '[]', version: '0.0.1', seconds: 1 });
  const mixed = await sweep([orbits[0], orbit(50)], { folder: place, workers: 0, modules });
  assert.deepEqual(mixed.versions, ['0.0.1', ...first.versions]);
});

test('a legcnet job gives what the steps give one by one', async () => {
  const job: SweepJob = {
    work: 'legcnet',
    dataset: 'iris',
    seed: 3,
    search: { rule: { remove: 'causal', alpha: 0.2 } },
  };
  const { rows } = await sweep([job], { folder: join(folder, 'steps'), workers: 1 });
  const iris = await loadDataset('iris', { procedure: 'sound', seed: 3 });
  const network = createNetwork({
    layers: [4, 6, 3],
    activation: 'sigmoid',
    output: 'sigmoid',
    init: { name: 'normal', sd: 0.1 },
    seed: 3,
  });
  const { training, search } = studyProcedure('iris', 'sound', { seed: 3 }).FT;
  const dense = await train(network, iris, training);
  const settings = { ...search, rule: { remove: 'causal', alpha: 0.2 } } as const;
  const { mask } = await causalSearch(network, iris, training, settings, { denseEpochs: dense.epochCount });
  const sparse = await retrain(network, mask, iris, training);
  assert.deepEqual(
    rows.map(({ network: name, epochs, accuracy, removed }) => [name, epochs, accuracy, removed]),
    [
      ['dense', dense.stopped ? dense.epochCount : null, dense.testAccuracy, 0],
      ['legcnet', sparse.stopped ? sparse.epochCount : null, sparse.testAccuracy, mask.removed],
    ],
  );
  assert.deepEqual(rows[1].mask, [...removedWeights(mask)]);
  assert.equal(rows[1]['search.rule.alpha'], 0.2);
});

test('under the published procedure the masks of a sweep are those that the study lists', {
  skip: skipUnless(...trainingFiles('iris')),
}, async () => {
  const jobs = sweepGrid({
    work: 'legcnet',
    dataset: 'iris',
    procedure: 'published',
    variant: ['FT', 'PT'],
    init: [1, 2, 3, 4, 5],
  });
  const { rows, failed } = await sweep(jobs, { folder: join(folder, 'published') });
  assert.equal(failed, 0);
  for (const { network, variant, init, mask } of rows) {
    if (network === 'dense') continue;
    const listed = await publishedMaskIndices('iris', variant as 'FT' | 'PT', init as number);
    assert.deepEqual(
      mask,
      [...listed].sort((a, b) => a - b),
    );
  }
});

test('the study’s tables and comparisons of choices can be swept', async () => {
  const { rows, failed } = await sweep(
    [
      { work: 'tables', dataset: 'iris', seed: 1 },
      { work: 'choice', dataset: 'iris', seed: 1, variant: 'PT' },
    ],
    { folder: join(folder, 'study') },
  );
  assert.equal(failed, 0);
  const names = (work: string): Set<unknown> =>
    new Set(rows.filter(row => row.work === work).map(({ network }) => network));
  assert.deepEqual([...names('tables')].sort(), ['FT', 'PT', 'dense', 'magnitude', 'random']);
  assert.ok(names('choice').has('shuffled') && names('choice').has('legcnet'));
});

test('what every procedure itself does passes the checks of a job', () => {
  for (const dataset of datasetNames) {
    for (const procedure of ['published', 'described', 'sound'] as const) {
      for (const variant of ['FT', 'PT'] as const) {
        const { search, training } = studyProcedure(dataset, procedure)[variant];
        const { epochs, learningRate, batch = 1 } = training;
        const own = { search, training: { epochs, learningRate, batch } };
        const job: SweepJob = { work: 'legcnet', dataset, procedure, variant, ...own };
        const usual: SweepJob = { work: 'legcnet', dataset, procedure, variant };
        assert.equal(preparedJobs([job], modules)[0].id, preparedJobs([usual], modules)[0].id);
      }
    }
  }
});

const legcnetJob = (more: object): object => ({ work: 'legcnet', dataset: 'iris', ...more });

for (const [job, message] of [
  [
    { work: 'prune' },
    /Cannot sweep job 2 of 2: work must be one of legcnet, tables, choice, module; 'prune' came/,
  ],
  [7, /job 2 of 2: an object is required, 7 came/],
  [{ work: 'legcnet', dataset: 'tulips' }, /dataset must be one of/],
  [{ work: 'legcnet', dataset: 'iris', init: 11 }, /init must be a whole number from 1 to 10, 11 came/],
  [{ work: 'legcnet', dataset: 'iris', init: 1, seed: 1 }, /init or seed is required, both came/],
  [{ work: 'legcnet', dataset: 'iris', varaint: 'FT' }, /perhaps 'variant' was meant/],
  [{ work: 'legcnet', dataset: 'iris', search: { rul: {} } }, /perhaps 'rule' was meant/],
  [
    legcnetJob({ training: { epochs: 0 } }),
    /^RangeError: Cannot sweep job 2 of 2: training: .*epochs must be/,
  ],
  [
    legcnetJob({ training: { learningRate: '0.1' } }),
    /training: .*learningRate must be a number, '0\.1' came/,
  ],
  [legcnetJob({ training: { batch: 151 } }), /training: .*batch must be a whole number from 1 to 150/],
  [legcnetJob({ training: { momentum: 1 } }), /momentum must be at least 0 and below 1, 1 came/],
  [legcnetJob({ training: { loss: 'square' } }), /training: .*loss must be one of/],
  [legcnetJob({ training: { epoch: 9 } }), /training: .*perhaps 'epochs' was meant/],
  [legcnetJob({ training: 9 }), /training: .*options must be an object, 9 came/],
  [legcnetJob({ search: null }), /search: .*options must be an object, null came/],
  [legcnetJob({ search: { length: {} } }), /search\.length requires epochs or share, neither came/],
  [legcnetJob({ search: { length: { share: 2 } } }), /search\.length\.share must be above 0 and at most 1/],
  [legcnetJob({ search: { length: { epoch: 2 } } }), /search\.length: .*perhaps 'epochs' was meant/],
  [legcnetJob({ search: { perturbation: { weight: 42 } } }), /search\.perturbation: .*weights 0 to 41/],
  [legcnetJob({ search: { perturbation: { delta: 0 } } }), /search\.perturbation: .*delta must be finite/],
  [legcnetJob({ search: { perturbation: null } }), /search\.exponents: .*'direct' requires a perturbation/],
  [
    legcnetJob({ search: { exponents: { window: 0 } } }),
    /search\.exponents: .*window must be a whole number/,
  ],
  [legcnetJob({ search: { exponents: { overlap: 1 } } }), /search\.exponents: .*overlap must be/],
  [
    legcnetJob({ search: { exponents: { estimator: 'wolf' } } }),
    /search\.exponents: .*estimator must be one/,
  ],
  [
    legcnetJob({ search: { exponents: { dimension: 2 } } }),
    /'dimension' has no meaning for estimator 'direct'/,
  ],
  [legcnetJob({ search: { exponents: { last: 9 } } }), /search\.exponents: .*there is no option 'last'/],
  [legcnetJob({ search: { target: { part: 'tset' } } }), /search\.target\.part must be one of/],
  [legcnetJob({ search: { target: { part: 'test', shift: 0.5 } } }), /search\.target\.shift must be a whole/],
  [
    legcnetJob({ search: { target: { part: 'test', sift: 1 } } }),
    /search\.target: .*perhaps 'shift' was meant/,
  ],
  [
    legcnetJob({ procedure: 'published', search: { target: { part: 'validation' } } }),
    /has no validation part, which search\.target\.part names/,
  ],
  [legcnetJob({ search: { stationary: { alpha: 0.2 } } }), /search\.stationary: .*alpha must be 0\.01/],
  [legcnetJob({ search: { stationary: { rule: 'maybe' } } }), /search\.stationary: .*rule must be one of/],
  [legcnetJob({ search: { cause: 'exponent' } }), /search\.cause must be one of exponents, target/],
  [
    legcnetJob({ search: { scan: { lag: 1, maxLag: 2 } } }),
    /search\.scan: .*lag or maxLag is required, both/,
  ],
  [
    legcnetJob({ search: { scan: { maxLag: 0 } } }),
    /search\.scan: .*maxLag must be a whole number from 1 up/,
  ],
  [legcnetJob({ search: { rule: { remove: 'all' } } }), /search\.rule: .*remove must be/],
  [
    legcnetJob({ search: { rule: { remove: 'causal', alpha: '0.05' } } }),
    /search\.rule: .*alpha must be a number/,
  ],
  [
    legcnetJob({ search: { rule: { remove: 'causal', adjust: 'hb' } } }),
    /search\.rule: .*adjust must be one of/,
  ],
  [legcnetJob({ seed: 2 ** 32 }), /seed must be a whole number from 0 to 4294967295/],
  [{ work: 'tables', dataset: 'iris', variant: 'FT' }, /there is no option 'variant'/],
  [{ work: 'module', module: 'absent.js' }, /Cannot read the module .*absent\.js/],
  [{ work: 'module', module: 'ownWork.ts' }, /the ending of module must be one of \.js, \.cjs, \.mjs/],
  [{ work: 'module', module: 'ownWork.js', arguments: { x: Number.NaN } }, /arguments\.x must be plain/],
] as const) {
  test(`a job like ${JSON.stringify(job)} is refused before any is done`, async () => {
    const jobs = [orbit(1), job as SweepJob];
    await assert.rejects(sweep(jobs, { folder: join(folder, 'refused'), modules }), message);
    assert.throws(() => readdirSync(join(folder, 'refused')));
  });
}

test('legcnet sweep does shards of a file, gathers them, and says how they stand', () => {
  const own = mkdtempSync(join(folder, 'command-'));
  cpSync(join(modules, 'ownWork.js'), join(own, 'ownWork.js'));
  const file = join(own, 'jobs.json');
  const grid = { work: 'module', module: 'ownWork.js', arguments: { seed: [1, 2, 3, 4, 5] } };
  writeFileSync(
    file,
    JSON.stringify({ grids: [grid], jobs: [{ ...grid, export: 'fail', arguments: { seed: 8 } }] }),
  );
  const legcnet = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
    const cli = join(packageRoot, 'dist', 'src', 'cli.js');
    return spawnSync(process.execPath, [cli, 'sweep', file, ...args], { cwd: own, encoding: 'utf8' });
  };
  assert.match(legcnet('--dry').stdout, /^Sweep: 0 of 6 jobs done, 6 pending; 0 rows/);
  const first = legcnet('--shard', '1/2', '--workers', '1');
  assert.deepEqual(
    [first.status, /^Sweep: .*/.exec(first.stdout)?.[0]],
    [1, 'Sweep: 2 of 6 jobs done, 1 failed, 3 pending; 4 rows'],
  );
  assert.match(first.stdout, /RangeError: seed 8 is not liked/);
  assert.equal(legcnet('--shard', '2/2', '--workers', '1').status, 0);
  const all = legcnet('--json');
  assert.equal(all.status, 1);
  const printed: readonly Record<string, unknown>[] = JSON.parse(all.stdout);
  assert.equal(printed.length, 10);
  // What JSON lacks is a word, which Number of JavaScript and float of Python read; null is something else.
  assert.deepEqual(
    printed.slice(0, 2).map(({ odd }) => odd),
    ['NaN', '-Infinity'],
  );
  assert.ok(Object.is(printed[0].zero, -0));
  assert.match(all.stderr, /"seed":8\}.*\} failed: RangeError: seed 8 is not liked/);
  assert.match(all.stderr, /Sweep: 1 of 1 jobs, 1 failed, 5 done before/);
  assert.match(
    legcnet('--slurm', '3').stdout,
    // From SLURM 22.05 on, srun takes its number of processors from nowhere else.
    /#SBATCH --array=1-3[\s\S]*\nsrun --cpus-per-task="\$SLURM_CPUS_PER_TASK" .*--shard "\$SLURM_ARRAY_TASK_ID\/3"/,
  );
  assert.match(legcnet('--folder', "it's here", '--slurm', '1').stdout, /--folder 'it'\\''s here' --shard/);
  assert.match(legcnet('--shard', '3/2').stderr, /the shard must be a whole number from 1 to 2, 3 came/);
  assert.match(legcnet('--shard', 'one').stderr, /--shard must be like 2\/8, 'one' came/);
});
