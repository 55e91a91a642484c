import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import {
  type BenchReport,
  compareReports,
  formatComparison,
  mergeReports,
  reportRows,
} from '../../bench/benchReport';
import { readReport } from '../../bench/readReport';
import { slowerRows } from '../../bench/slowerRows';
import { packageRoot } from '../../src/core/packageRoot';
import { fuzzJsonReader, fuzzReader } from '../support/fuzzReader';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-report-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'reference.json');

/** The reference that comes with the package, of every set the first rows. */
const reference = readReport(join(packageRoot, 'bench', 'reference.json'));
const report: BenchReport = {
  ...reference,
  sets: reference.sets.map(bench => ({ ...bench, rows: bench.rows.slice(0, 3) })),
};

const read = (bytes: Uint8Array): void => {
  writeFileSync(file, bytes);
  const before = readReport(file);
  for (const [now, then] of [
    [report, before],
    [before, report],
  ]) {
    const comparison = compareReports(now, then);
    assert.ok(comparison.compared >= comparison.slower.length);
    assert.ok(formatComparison(comparison).length > 0);
    assert.ok(mergeReports(then, now).sets.length >= now.sets.length);
    assert.ok(slowerRows(reportRows(now), reportRows(then)).length <= reportRows(now).length);
  }
};

fuzzReader('bench report JSON', [Buffer.from(JSON.stringify(report))], read, [
  ...['null', '[]', '{}', '-1', '1e999', '"rows":', '"sets":', '"ratio":null', '"peer":null', '"how":'],
]);
fuzzJsonReader('bench report', [report], read);
