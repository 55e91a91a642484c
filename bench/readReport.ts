import { readJson } from '../src/core/readJson';
import { describeValue } from '../src/core/require';
import type { BenchReport } from './benchReport';

/**
 * A report as `--json` wrote it.
 *
 * @throws Error when the file is damaged, RangeError when it holds no report, or one with a part that cannot be compared
 */
export function readReport(path: string): BenchReport {
  const report = Object(readJson(path)) as Record<string, unknown>;
  if (report.kind !== 'bench-report' || !Array.isArray(report.sets)) {
    throw new RangeError(`Cannot compare: ${path} holds no report of the bench`);
  }
  for (const [s, bench] of report.sets.entries()) checkSet(bench, `Cannot compare with ${path}: sets[${s}]`);
  return report as unknown as BenchReport;
}

function checkSet(bench: unknown, place: string): void {
  const { set, machine, rows } = Object(bench);
  demand(typeof set === 'string', `${place}.set must be a text`, set);
  const { processor } = Object(machine);
  demand(typeof processor === 'string', `${place}.machine.processor must be a text`, processor);
  demand(Array.isArray(rows), `${place}.rows must be a list`, rows);
  for (const [r, row] of rows.entries()) checkRow(row, `${place}.rows[${r}]`);
}

function checkRow(row: unknown, place: string): void {
  const { task, ratio, peer } = Object(row);
  demand(typeof task === 'string', `${place}.task must be a text`, task);
  demand(ratio === null || typeof ratio === 'number', `${place}.ratio must be a number or null`, ratio);
  if (peer === null) {
    demand(ratio === null, `${place}.ratio must be null without a peer`, ratio);
    return;
  }
  const { name, how, processorRatio = 0 } = Object(peer);
  demand(typeof name === 'string', `${place}.peer.name must be a text`, name);
  demand(typeof how === 'string', `${place}.peer.how must be a text`, how);
  demand(typeof processorRatio === 'number', `${place}.peer.processorRatio must be a number`, processorRatio);
}

function demand(holds: boolean, required: string, came: unknown): void {
  if (!holds) throw new RangeError(`${required}, ${describeValue(came)} came`);
}
