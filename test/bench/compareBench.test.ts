import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { benchPage } from '../../bench/benchPage';
import {
  type BenchReport,
  compareReports,
  formatComparison,
  mergeReports,
  passes,
} from '../../bench/benchReport';
import { type BenchRow, benchRow } from '../../bench/benchRow';
import { formatBench } from '../../bench/formatBench';
import { readReport } from '../../bench/readReport';
import { kernelLimit, type Limits } from '../../bench/roofline';
import { workerRows } from '../../bench/scaling';
import { betterRows, slowerRows } from '../../bench/slowerRows';
import { packageRoot } from '../../src/core/packageRoot';

/** A row with so many times the speed of its peer. */
function row(task: string, ratio: number, how = 'measured'): BenchRow {
  return benchRow(task, 2, 's', { ratio: 1 }, { name: 'peer', value: 2 * ratio, how });
}

function report(rows: readonly BenchRow[], limits: Limits | null = null): BenchReport {
  const machine = {
    processor: 'P',
    processors: 2,
    memoryBytes: 1e9,
    platform: 'linux x64',
    node: 'v20',
    loadBefore: 0,
    loadAfter: 0,
    share: 1,
  };
  const set = { set: 'training', date: '2026-01-01', quick: false, machine, peers: {}, rows, limits };
  return { kind: 'bench-report', date: '2026-01-01', sets: [set] };
}

describe('slowerRows', () => {
  test('names a ratio that fell by more than a fifth, and no other', () => {
    const before = [row('a', 10), row('b', 10), row('c', 10)];
    const slower = slowerRows([row('a', 8), row('b', 7.99), row('c', 20)], before);
    assert.deepEqual(slower, [{ task: 'b', ratio: 7.99, before: 10 }]);
  });

  test('a ratio by the clock counts only if that of processor times fell too', () => {
    const both = (ratio: number, processorRatio: number) => {
      const made = row('a', ratio);
      return { ...made, peer: { ...made.peer!, processorRatio } };
    };
    assert.deepEqual(slowerRows([both(5, 9)], [both(10, 10)]), []);
    assert.equal(slowerRows([both(5, 5)], [both(10, 10)]).length, 1);
    assert.equal(slowerRows([row('a', 5)], [both(10, 10)]).length, 1);
  });

  test('a ratio that is not a number counts as slower', () => {
    assert.equal(slowerRows([row('a', Number.NaN)], [row('a', 10)]).length, 1);
  });

  test('passes over rows without a peer, new rows and quoted figures', () => {
    const alone = benchRow('alone', 9, 's', { ours: 1 });
    const now = [alone, row('new', 1), row('quoted', 1, 'quoted, not run here')];
    assert.deepEqual(slowerRows(now, [benchRow('alone', 1, 's', { ours: 1 }), row('quoted', 10)]), []);
  });
});

test('of two measurements the better of each row is kept, and says so', () => {
  const kept = betterRows([row('a', 5), row('b', 9)], [row('a', 7), row('b', 3)]);
  assert.deepEqual(
    kept.map(({ ratio }) => ratio),
    [7, 9],
  );
  assert.match(kept[0].note, /better of two/);
});

test('a comparison tells rows that are missing from rows of sets that were not measured', () => {
  const now = report([row('a', 10)]);
  const other = { ...report([row('z', 1)]).sets[0], set: 'spectra' };
  const before = {
    ...report([row('a', 10), row('b', 10)]),
    sets: [...report([row('a', 10), row('b', 10)]).sets, other],
  };
  const { compared, missing } = compareReports(now, before);
  assert.deepEqual({ compared, missing }, { compared: 1, missing: ['b'] });
});

test('a ratio to another peer is not the one that the reference has', () => {
  const other = benchRow('b', 2, 's', { ratio: 1 }, { name: 'another', value: 20, how: 'measured' });
  const comparison = compareReports(report([row('a', 10), other]), report([row('a', 10), row('b', 10)]));
  assert.deepEqual([comparison.missing, passes(comparison)], [['b'], false]);
});

test('two workers are described by how many times as fast as one they are', () => {
  const [one, two, speedup, kept] = workerRows('scan', [[9, 10, 11], [6]], [[10], [12.5]], true);
  assert.deepEqual([one.ours, two.ours], [10, 6]);
  assert.deepEqual([speedup.ours, speedup.unit, speedup.target, speedup.met], [10 / 6, 'x', '>= 1.6x', true]);
  assert.match(speedup.note, /^2 workers: 1\.67x as fast as 1, efficiency 0\.83,/);
  assert.deepEqual([kept.ours, kept.target, kept.met], [0.8, '>= 0.87x', false]);
  const bench = report([speedup, kept]).sets[0];
  assert.match(formatBench(bench), /speed-up of 2 workers +1\.67x +– +– +>= 1\.6x +yes/);
  const quick = workerRows('scan', [[1], [2]], [[1], [1]], false);
  assert.ok(quick.every(({ met, target }) => met === null && target === ''));
});

test('a comparison of nothing says so instead of finding nothing slower', () => {
  const comparison = compareReports(report([row('a', 1)]), report([row('b', 1)]));
  assert.equal(comparison.compared, 0);
  assert.match(formatComparison(comparison), /^Nothing was compared/);
});

test('a saved report keeps the sets that were not measured again', () => {
  const old = report([row('a', 1)]);
  const spectra = { ...report([row('z', 1)]).sets[0], set: 'spectra' };
  const merged = mergeReports({ ...old, sets: [spectra, ...old.sets] }, report([row('a', 2)]));
  assert.deepEqual(
    merged.sets.map(({ set, rows }) => [set, rows[0].ratio]),
    [
      ['training', 2],
      ['spectra', 1],
    ],
  );
});

test('a kernel is measured against memory below the ridge and against the peak above it', () => {
  const peak = { simdFlops: 100, scalarFlops: 10, memoryBytes: 20 };
  const counted = '';
  const low = kernelLimit('low', { flops: 10, bytes: 10, counted }, 1, peak);
  assert.deepEqual([low.attainable, low.share], [20, 0.5]);
  const high = kernelLimit('high', { flops: 100, bytes: 10, counted }, 2, peak);
  assert.deepEqual([high.attainable, high.share], [100, 0.5]);
});

test('the page holds figures of ratios, sizes and limits and loads nothing', () => {
  const sizes = [1e3, 1e4].map(size =>
    benchRow(`train ${size}`, size / 1e4, 's', {}, null, '', { name: 'training', size, unit: 'weights' }),
  );
  const peak = { simdFlops: 1e10, scalarFlops: 1e9, memoryBytes: 1e10 };
  const kernels = [kernelLimit('kernel <k>', { flops: 1e6, bytes: 1e3, counted: 'all' }, 1e-3, peak)];
  const page = benchPage(report([row('a', 10), ...sizes], { peak, kernels }));
  assert.equal(page.match(/class="legcnet-figure"/g)?.length, 3);
  assert.doesNotMatch(page, /<k>|src="http|href="http/);
});

describe('legcnet bench --compare', () => {
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-compare-'));
  const file = (name: string, made: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(made));
    return path;
  };
  const cli = join(packageRoot, 'dist', 'src', 'cli.js');
  const compare = (...files: string[]) =>
    spawnSync(process.execPath, [cli, 'bench', '--compare', ...files], { encoding: 'utf8' });
  const before = file('before.json', report([row('train', 10), row('scan', 10)]));

  test('succeeds where no ratio fell, fails and names rows where one did', () => {
    const same = compare(before, before);
    assert.equal(same.status, 0);
    assert.match(same.stdout, /None of 2 ratios/);
    const slower = compare(file('now.json', report([row('train', 10), row('scan', 5)])), before);
    assert.equal(slower.status, 1);
    assert.match(slower.stdout, /1 of 2 ratios.*\n {2}scan: 5\.00x, was 10\.0x \(-50 %\)/);
  });

  test('fails where a ratio of the reference could not be measured, and names it', () => {
    const alone = benchRow('scan', 2, 's', { ratio: 1 }); // its peer could not be installed
    for (const rows of [[row('train', 10), alone], [row('train', 10)]]) {
      const { status, stdout } = compare(file('alone.json', report(rows)), before);
      assert.equal(status, 1);
      assert.match(
        stdout,
        /^None of 1 ratios.*\n1 ratios of the reference were not measured now.*\n {2}scan$/m,
      );
    }
  });

  test('succeeds without sets that nobody asked for, and without the sizes that a quick run leaves out', () => {
    const spectra = { ...report([row('spectrum', 5)]).sets[0], set: 'spectra' };
    const both = { ...report([]), sets: [...report([row('train', 10), row('scan', 10)]).sets, spectra] };
    assert.equal(compare(before, file('both.json', both)).status, 0);
    const [set] = report([row('train', 10)]).sets;
    const quick = { ...report([]), sets: [{ ...set, quick: true }] };
    const { status, stdout } = compare(file('quick.json', quick), before);
    assert.equal(status, 0);
    assert.match(stdout, /A quick run does not measure: scan/);
  });

  test('refuses a file that is no report, and files without --compare', () => {
    assert.throws(() => readReport(file('other.json', { rows: [] })), /holds no report/);
    const [set] = report([row('train', 10)]).sets;
    for (const [rows, message] of [
      [null, /sets\[0\]\.rows must be a list, null came$/],
      [[{ ...set.rows[0], ratio: '10' }], /sets\[0\]\.rows\[0\]\.ratio must be a number or null, '10' came$/],
      [[{ ...set.rows[0], peer: null }], /rows\[0\]\.ratio must be null without a peer, 10 came$/],
    ] as const) {
      const damaged = file('damaged.json', { ...report([]), sets: [{ ...set, rows }] });
      assert.throws(() => readReport(damaged), { name: 'RangeError', message });
    }
    const wrong = spawnSync(process.execPath, [cli, 'bench', before], { encoding: 'utf8' });
    assert.equal(wrong.status, 1);
    assert.match(wrong.stderr, /a file goes with --json/);
    rmSync(folder, { recursive: true });
  });
});

test('the saved reference holds full runs of sets that there are', async () => {
  const { benchSets } = await import('../../bench/sets.js');
  const saved = readReport(join(packageRoot, 'bench', 'reference.json'));
  const known = Object.keys(benchSets);
  for (const { set, quick } of saved.sets) assert.ok(known.includes(set) && !quick, set);
});
