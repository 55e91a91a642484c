import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Progress } from '../../src/core/longRun';
import { randomStream } from '../../src/statistics/random';
import {
  type ChoiceRecord,
  choiceRecord,
  choiceRivals,
  type RivalOutcome,
} from '../../src/study/choiceRecord';
import { choiceStudy } from '../../src/study/choiceStudy';
import { formatChoiceStudy } from '../../src/study/formatChoiceStudy';
import { saveChoices, savedChoices } from '../../src/study/savedChoices';
import { savedMnistRuns } from '../../src/study/savedMnistRuns';

const random = randomStream(1, 'made up');

/** A record in which LEGCNet is better than every rival by `gain` and noise. */
function madeUp(seed: number, gain: number, removed: readonly number[] = [seed % 42]): ChoiceRecord {
  const outcome = (accuracy: number): RivalOutcome => ({ epochs: 100, accuracy, f1: accuracy });
  const noisy = (): RivalOutcome => outcome(0.8 + 0.002 * (random() - 0.5));
  const rivals = Object.fromEntries(choiceRivals.map(rival => [rival, [noisy(), noisy()]]));
  return {
    dataset: 'iris',
    procedure: 'sound',
    variant: 'FT',
    start: { seed },
    removed,
    legcnet: outcome(noisy().accuracy + gain),
    rivals: rivals as unknown as NonNullable<ChoiceRecord['rivals']>,
    maxEpochs: 250,
    seconds: 1,
  };
}

const seeds = Array.from({ length: 12 }, (_, i) => i + 1);

test('of fewer than 8 starts intervals are Student’s, and Wilcoxon’s p-value cannot be below 0.0625', () => {
  const five = choiceStudy(seeds.slice(0, 5).map(seed => madeUp(seed, 0.05)));
  assert.equal(five.rows[0].intervals, 'student');
  for (const { accuracy } of five.rows[0].comparisons) {
    assert.ok(accuracy.low > 0.045 && accuracy.high < 0.055);
    assert.ok(Math.abs(accuracy.pValue - 1 / 16) < 1e-12);
  }
  assert.match(formatChoiceStudy(five), /95 % interval: Student’s t/);
  const twelve = choiceStudy(seeds.map(seed => madeUp(seed, 0.05)));
  assert.equal(twelve.rows[0].intervals, 'bootstrap');
  assert.match(
    formatChoiceStudy({ ...five, rows: [...five.rows, ...twelve.rows] }),
    /bootstrap, of fewer than 8 starts Student’s t/,
  );
});

test('rivals that were not trained at every start are left out', () => {
  const records = seeds.map(seed => {
    const { rivals = {}, ...record } = madeUp(seed, 0);
    const { snip, obd, ...rest } = rivals;
    return { ...record, rivals: seed === 1 && obd !== undefined ? { ...rest, obd } : rest };
  });
  const [row] = choiceStudy(records).rows;
  assert.deepEqual(
    row.comparisons.map(({ rival }) => rival),
    choiceRivals.filter(rival => rival !== 'snip' && rival !== 'obd'),
  );
});

test('a gain shows in the interval and refutes equivalence, none does not and shows it', () => {
  const [better] = choiceStudy(seeds.map(seed => madeUp(seed, 0.05))).rows;
  const [same] = choiceStudy(seeds.map(seed => madeUp(seed, 0))).rows;
  for (const { accuracy, equivalence } of better.comparisons) {
    assert.ok(accuracy.low > 0.045 && accuracy.high < 0.055);
    assert.ok(accuracy.pValue < 0.001);
    assert.equal(equivalence.equivalent, false);
  }
  for (const { accuracy, equivalence } of same.comparisons) {
    assert.ok(Math.abs(accuracy.mean) < 0.001);
    assert.equal(equivalence.equivalent, true);
  }
});

test('starts that remove nothing, everything, or have no mask are counted, not compared', () => {
  const all = Array.from({ length: 42 }, (_, i) => i);
  const { legcnet, rivals, ...bare } = madeUp(15, 0);
  const records = [
    ...seeds.map(seed => madeUp(seed, 0)),
    madeUp(13, 0, []),
    madeUp(14, 0, all),
    { ...bare, noMask: 'too short' },
  ];
  const [row] = choiceStudy(records).rows;
  assert.deepEqual(
    [row.starts, row.compared, row.noMask, row.nothingRemoved, row.allRemoved],
    [15, 12, 1, 1, 1],
  );
  assert.ok(Math.abs(row.removedShare - 1 / 42) < 1e-12);
});

test('runs that never stop count with the limit, and their share is told', () => {
  const records = seeds.map(seed => {
    const record = madeUp(seed, 0);
    return { ...record, legcnet: { ...(record.legcnet as RivalOutcome), epochs: null } };
  });
  const [row] = choiceStudy(records).rows;
  assert.equal(row.unstopped.share, 1);
  assert.ok(row.comparisons.every(({ epochs }) => epochs.mean === 150));
});

test('a real record holds every rival at the same number of weights, and is the same when made again', async () => {
  const record = await choiceRecord('iris', 'sound', 'FT', { seed: 2 });
  const again = await choiceRecord('iris', 'sound', 'FT', { seed: 2 });
  assert.deepEqual({ ...record, seconds: 0 }, { ...again, seconds: 0 });
  assert.ok(record.removed.length > 0 && record.rivals !== undefined);
  // Every weight of Iris has a test, so that a shuffle among the tested ones would be the plain one.
  const trained = choiceRivals.filter(rival => rival !== 'shuffled-tested');
  assert.deepEqual(Object.keys(record.rivals ?? {}), trained);
  for (const rival of trained) assert.ok((record.rivals?.[rival]?.length ?? 0) > 0, rival);
  assert.match(formatChoiceStudy(choiceStudy([record])), /iris, LEGCNet-FT, procedure sound: 1 of 1 starts/);
});

test('a record that was stopped goes on from its checkpoint, to the same numbers', async () => {
  const checkpoint = mkdtempSync(join(tmpdir(), 'legcnet-choice-'));
  try {
    const whole = await choiceRecord('iris', 'published', 'FT', { seed: 3 });
    const stop = new AbortController();
    let trainings = 0;
    let last = Number.POSITIVE_INFINITY;
    const onProgress = ({ task, done }: Progress): void => {
      if (!task.startsWith('Training on')) return;
      if (done < last && ++trainings === 8) stop.abort();
      last = done;
    };
    const first = choiceRecord(
      'iris',
      'published',
      'FT',
      { seed: 3 },
      { checkpoint, signal: stop.signal, onProgress },
    );
    await assert.rejects(first, { name: 'AbortError' });
    const trained = readdirSync(join(checkpoint, 'iris-published-seed-03'));
    assert.ok(trained.length >= 3 && trained.length < 35, trained.join());
    const resumed = await choiceRecord('iris', 'published', 'FT', { seed: 3 }, { checkpoint });
    assert.deepEqual({ ...resumed, seconds: 0 }, { ...whole, seconds: 0 });
  } finally {
    rmSync(checkpoint, { recursive: true });
  }
});

test('saved records come back as they were', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-choices-'));
  try {
    const file = join(folder, 'choices.json');
    const many = Array.from({ length: 1200 }, (_, i) => 3 * i + (i % 2)); // saved as bits
    const records = [madeUp(3, 0, many), madeUp(2, 0), madeUp(1, 0)];
    await saveChoices(records, file);
    assert.deepEqual(savedChoices(file), [records[2], records[1], records[0]]);
    assert.ok(!readFileSync(file, 'utf8').includes('3597'));
    assert.deepEqual(savedChoices(join(folder, 'none.json')), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('initialisation k and seed k share only rivals that depend on neither mask nor initial weights', () => {
  const same = (procedure: string, rival: 'smaller-dense' | 'shuffled' | 'random', shift: number): number => {
    const records = savedChoices().filter(
      record => record.procedure === procedure && record.dataset !== 'mnist' && record.legcnet !== undefined,
    );
    const outcomes = (record: ChoiceRecord): readonly RivalOutcome[] => record.rivals?.[rival] ?? [];
    const pairs = records.flatMap(record => {
      if (!('init' in record.start)) return [];
      const seed = ((record.start.init + shift - 1) % 10) + 1;
      const other = records.find(
        ({ dataset, variant, start }) =>
          dataset === record.dataset && variant === record.variant && 'seed' in start && start.seed === seed,
      );
      return outcomes(record).flatMap((mine, i) => (other === undefined ? [] : [[mine, outcomes(other)[i]]]));
    });
    return pairs.filter(([mine, its]) => isDeepStrictEqual(mine, its)).length / pairs.length;
  };
  assert.ok(same('published', 'smaller-dense', 0) > 0.5);
  assert.ok(same('published', 'smaller-dense', 1) < 0.05);
  assert.ok(same('sound', 'smaller-dense', 0) < 0.05);
  // As often the same as at starts of different numbers, by chance.
  for (const procedure of ['published', 'sound']) {
    for (const rival of ['shuffled', 'random'] as const) {
      assert.ok(Math.abs(same(procedure, rival, 0) - same(procedure, rival, 1)) < 0.05);
    }
  }
});

test('MNIST’s saved records hold the masks and networks of legcnet mnist, made apart', () => {
  const records = savedChoices().filter(({ dataset }) => dataset === 'mnist');
  assert.ok(records.length >= 6);
  const runs = savedMnistRuns().rows.map(({ run }) => run);
  for (const { start, variant, removed, legcnet, rivals } of records) {
    const run = runs.find(({ init }) => 'init' in start && init === start.init);
    const outcome = (name: string, weights: number): [number, RivalOutcome] => {
      const found = run?.networks.find(({ network }) => network === name);
      assert.ok(found !== undefined);
      const { stopped, epochs, accuracy, f1 } = found.asIntended;
      assert.equal(found.removed, weights);
      return [found.removed, { epochs: stopped ? epochs : null, accuracy, f1 }];
    };
    assert.deepEqual([removed.length, legcnet], outcome(variant, removed.length));
    assert.deepEqual([0, rivals?.dense?.[0]], outcome('dense', 0));
    const [first, second, third] = run?.searches.find(each => each.variant === variant)?.removedByLayer ?? [];
    const inLayer = (from: number, to: number): number =>
      removed.filter(weight => weight >= from && weight < to).length;
    assert.deepEqual(
      [inLayer(0, 39_200), inLayer(39_200, 40_700), inLayer(40_700, 41_000)],
      [first, second, third],
    );
  }
});

test('a margin that is none and an unknown option are refused', () => {
  assert.throws(() => choiceStudy([], { margin: 0 }), RangeError);
  assert.throws(() => choiceStudy([], { margins: 0.1 } as never), /perhaps 'margin'/);
});
