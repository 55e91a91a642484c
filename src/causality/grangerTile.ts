import { createColumnReader } from '../kernels/columnReader';
import { roundDecimals } from '../kernels/roundDecimals';
import { createGranger, type ScannedTest } from './createGranger';
import { type GrangerTestName, testStatuses } from './grangerScan';
import type { LagSettings } from './lags';

/** What every test of a scan shares; plain values, so that it travels between threads. */
export interface GrangerTask extends LagSettings {
  /** One value a window. */
  readonly effect: Float64Array;
  readonly test: GrangerTestName;
  /** Whether p-values are read as the study did. */
  readonly isPublished: boolean;
}

/** Where the tests go, one entry a weight. */
export interface GrangerColumns {
  readonly lag: Int32Array;
  readonly statistic: Float64Array;
  readonly geweke: Float64Array;
  readonly pValue: Float64Array;
  readonly status: Uint8Array;
}

/** Exponents of all weights and those to test; between threads the arrays share their memory. */
export interface GrangerTile {
  readonly task: GrangerTask;
  /** windows x weights. */
  readonly exponents: Float64Array;
  readonly weights: number;
  readonly columns: GrangerColumns;
  readonly from: number;
  readonly to: number;
}

/** Tests weights from .. to - 1. Workers call it by its name. */
export function testTile({ task, exponents, weights, columns, from, to }: GrangerTile): void {
  const test = createWeightTest(task);
  const causeOf = createColumnReader(exponents, task.effect.length, weights);
  for (let w = from; w < to; w++) setTest(columns, w, test(causeOf(w)));
}

/** The test of one weight after another. */
export function createWeightTest({
  effect,
  lags,
  lagRule,
  test,
  isPublished,
}: GrangerTask): (cause: Float64Array) => ScannedTest {
  const testCause = createGranger(effect, {
    lags,
    lagRule,
    tests: [test],
    ...(isPublished ? { readPValue: studyPValue } : {}),
  });
  return cause => testCause(cause)[0];
}

export function setTest(columns: GrangerColumns, weight: number, found: ScannedTest): void {
  columns.lag[weight] = found.lag;
  columns.statistic[weight] = found.statistic;
  columns.geweke[weight] = found.geweke;
  columns.pValue[weight] = found.pValue;
  columns.status[weight] = testStatuses.indexOf(found.status);
}

const STUDY_DECIMALS = 4;

function studyPValue({ status, pValue }: ScannedTest): number {
  return status === 'ok' ? roundDecimals(pValue, STUDY_DECIMALS) : 0;
}
