import { grangerScan } from '../src/causality/grangerScan';
import { stationarityScan } from '../src/causality/stationarityScan';
import { shortMaxLag } from '../src/causality/stationarityVerdict';
import type { WindowedExponents } from '../src/chaos/windowedExponents';
import { normal, randomStream } from '../src/statistics/random';
import { type BenchRow, benchRow } from './benchRow';
import type { Peers } from './peers';
import { medianSeconds, secondsOf } from './timing';

const WEIGHTS = 41_000;
const WINDOWS = 100;
/** Series that the peer tests, enough for half a second or so: its figures are extrapolated from these. */
const SAMPLE = 200;

/** F tests of every weight against one target. */
export async function benchGranger(peers: Peers | null, quick: boolean): Promise<BenchRow[]> {
  const exponents = noiseExponents();
  const target = noiseTarget();
  const rows: BenchRow[] = [];
  const series = sampleOf(exponents);
  for (const lag of [1, 4]) {
    const request = { task: 'granger', series, effect: [...target], lag, only: lag === 1 };
    let pValues: Float64Array = new Float64Array(0);
    let theirs: readonly number[] = [];
    const ours = () =>
      secondsOf(async () => {
        pValues = (await grangerScan(exponents, target, lag === 1 ? { lag } : { maxLag: lag })).pValue;
      });
    const statsmodels = async () => {
      if (peers === null) return Number.NaN;
      const { seconds, answer } = await peers.ask<number[]>(request);
      theirs = answer;
      return seconds;
    };
    const [scan, peer] = await medianSeconds(quick ? 3 : 7, [ours, statsmodels]);
    const name = lag === 1 ? 'lag 1' : `lags 1..${lag}`;
    const difference = Math.max(0, ...theirs.map((p, w) => Math.abs(p - pValues[w])));
    rows.push(
      benchRow(
        `grangerScan, 41,000 weights, T ${WINDOWS}, ${name}`,
        scan,
        's',
        lag === 1 ? { ours: 0.2, ratio: 200 } : { ours: 2 },
        peers && {
          name: 'statsmodels grangercausalitytests',
          value: (WEIGHTS / SAMPLE) * peer,
          how: `extrapolated from ${SAMPLE} weights, same tests and lags, one core each; p-values differ by ${difference.toExponential(0)} at most`,
        },
      ),
    );
  }
  return rows;
}

/** ADF and KPSS around a level and around a trend, lags by AIC up to the scan's own largest. */
export async function benchStationarity(peers: Peers | null, quick: boolean): Promise<BenchRow[]> {
  const exponents = noiseExponents();
  const series = sampleOf(exponents);
  const maxLags = { c: shortMaxLag(WINDOWS, 'c'), ct: shortMaxLag(WINDOWS, 'ct') };
  let statistics: Float64Array = new Float64Array(0);
  let theirs: readonly number[] = [];
  const ours = () =>
    secondsOf(async () => {
      statistics = (await stationarityScan(exponents)).level.adf.statistic;
    });
  const statsmodels = async () => {
    if (peers === null) return Number.NaN;
    const { seconds, answer } = await peers.ask<number[]>({ task: 'stationarity', series, maxLags });
    theirs = answer;
    return seconds;
  };
  const [scan, peer] = await medianSeconds(quick ? 3 : 7, [ours, statsmodels]);
  const difference = Math.max(0, ...theirs.map((statistic, w) => Math.abs(statistic - statistics[w])));
  return [
    benchRow(
      `ADF + KPSS of 41,000 series, T ${WINDOWS}`,
      scan,
      's',
      { ours: 10, ratio: 50 },
      peers && {
        name: 'statsmodels adfuller, kpss',
        value: (WEIGHTS / SAMPLE) * peer,
        how: `extrapolated from ${SAMPLE} series, same tests and lags, one core each; statistics differ by ${difference.toExponential(0)} at most`,
      },
      'level and trend: two tests of each kind a series',
    ),
  ];
}

function noiseExponents(): WindowedExponents {
  const noise = normal(randomStream(1, 'bench exponents'));
  const indices = Int32Array.from({ length: WINDOWS }, (_, w) => w);
  return {
    kind: 'windowed-exponents',
    estimator: 'noise',
    layers: [WEIGHTS, 1],
    windows: WINDOWS,
    weights: WEIGHTS,
    window: 1,
    overlap: 0,
    starts: indices,
    ends: indices,
    values: new Float64Array(WINDOWS * WEIGHTS).map(() => noise()),
    status: new Uint8Array(WINDOWS * WEIGHTS),
  };
}

function noiseTarget(): Float64Array {
  const noise = normal(randomStream(1, 'bench target'));
  return new Float64Array(WINDOWS).map(() => noise());
}

/** The series of the first weights. */
function sampleOf({ values, weights }: WindowedExponents): number[][] {
  return Array.from({ length: SAMPLE }, (_, w) =>
    Array.from({ length: WINDOWS }, (_, t) => values[t * weights + w]),
  );
}
