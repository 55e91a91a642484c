import {
  alphaFigure,
  beeswarmFigure,
  bulkFigure,
  causesFigure,
  choiceFigure,
  choiceStudy,
  comparisonFigure,
  correctionFigure,
  exponentDistributionFigure,
  exponentFigure,
  type Figure,
  forestFigure,
  grangerFigure,
  growthFigure,
  growthRateFigure,
  importance,
  lagFigure,
  layerSpectrum,
  lossFigure,
  nullFigure,
  randomizedFigure,
  randomizedSpectrum,
  type SurrogateTest,
  seriesFigure,
  shapley,
  shapleyBarFigure,
  shapleyPanelFigure,
  spectrumFigure,
  spectrumNull,
  startsFigure,
  stationarityFigure,
  surrogateFigure,
  tableFigure,
  testSizeFigure,
  trajectoryFigure,
  waterfallFigure,
} from '../../src';
import { randomStream } from '../../src/statistics/random';
import { type StudyCell, studyTable } from '../../src/study/studyTable';
import { recipe } from '../spectra/recipes';
import { madeUpChoices } from '../support/madeUpChoices';
import { madeUpComparison, madeUpEpochs, madeUpExponents, madeUpRecording, madeUpScan, mask } from './madeUp';
import { madeUpCounts, madeUpSize, madeUpStationarity, scanAt } from './madeUpCausality';

/**
 * Every kind of figure under the name of its function, what varies after a comma. `name` stands wherever a reader's own words
 * do: columns, classes, runs, networks, data sets, titles, units.
 */
export async function gallery(name = 'made up'): Promise<Readonly<Record<string, Figure>>> {
  const random = randomStream(7, 'gallery');
  const names = [name, `${name} 2`, `${name} 3`];
  const weightsOf = (k: number, t: number): number => Math.sin(k + t / 500);
  const growths = names.map((each, i) => ({
    name: each,
    recording: {
      method: i === 1 ? ('twin' as const) : ('tangent' as const),
      logNorm: Float64Array.from(
        { length: 20_001 },
        (_, t) => Math.log(1e-6) + (2 - i) * 1e-4 * t + 0.1 * random(),
      ),
      perturbation: { weight: 0, delta: 1e-6 },
    },
  }));
  const rows = Array.from({ length: 60 }, (_, i) => [(i - 30) / 30, i / 30, random()]);
  const linear = (x: Float64Array, n: number): Float64Array =>
    Float64Array.from({ length: n }, (_, r) => 3 * x[3 * r] - 2 * x[3 * r + 1] + x[3 * r + 2] ** 2);
  const shap = { ...(await shapley(linear, [[0, 0, 0]], rows, { names })), outputNames: [name] };
  const bars = importance(shap);
  const spectrum = layerSpectrum({ ...recipe('spiked_30x50'), name });
  const shuffled = randomizedSpectrum(spectrum, { seed: 1 });
  const drawn = { ...(await spectrumNull(spectrum, { seed: 1, draws: 200 })), name };
  const study = choiceStudy(madeUpChoices(start => start / 1000));
  const cases = names.map((each, i) => ({ name: each, scan: scanAt(1, 1 + i), controls: [scanAt(2, 4)] }));
  const points = names.flatMap((group, g) =>
    names.map((series, s) => ({ group, series, mean: g - s, low: g - s - 0.5, high: g - s + 0.7 })),
  );
  return {
    lossFigure: lossFigure({ epochs: madeUpEpochs(40, true), stopped: true }),
    trajectoryFigure: await trajectoryFigure(madeUpRecording('weights', 20_000, weightsOf)),
    'trajectoryFigure, difference': await trajectoryFigure(
      madeUpRecording('difference', 500, (k, t) => 1e-6 * Math.exp(t / 100 - k)),
    ),
    growthFigure: growthFigure(growths, { slopes: [{ name, exponent: 3e-4 }] }),
    growthRateFigure: growthRateFigure(growths),
    exponentFigure: exponentFigure({ ...madeUpExponents(), estimator: name }),
    exponentDistributionFigure: exponentDistributionFigure(
      names.map((each, i) => ({
        name: each,
        estimator: names[i % 2],
        values: Float64Array.from({ length: 99 }, () => random() - 0.4 - 0.1 * i),
      })),
    ),
    surrogateFigure: surrogateFigure(
      [...names, 'of another run'].map(each => ({ name: each, tests: surrogateTests(random) })),
    ),
    grangerFigure: grangerFigure(madeUpScan()),
    'grangerFigure, mask': grangerFigure(madeUpScan(), { mask }),
    seriesFigure: seriesFigure(
      { ...madeUpExponents(), estimator: name },
      Float64Array.from({ length: 12 }, (_, w) => 0.6 / (w + 1)),
      { weights: [0, 5], targetName: name },
    ),
    stationarityFigure: stationarityFigure(names.map(each => ({ name: each, scan: madeUpStationarity() }))),
    lagFigure: lagFigure([scanAt(1), scanAt(2, 2), scanAt(3, 3)], { chosen: scanAt(2), weights: [3, 8] }),
    testSizeFigure: testSizeFigure(madeUpSize()),
    causesFigure: causesFigure(cases, { title: `How many: ${name}?`, controlName: name }),
    correctionFigure: correctionFigure(madeUpCounts()),
    comparisonFigure: comparisonFigure({ ...madeUpComparison(), dataset: name, rule: name }),
    forestFigure: forestFigure(points, { title: name, xTitle: `${name} (%)`, notes: [name], margin: 0.5 }),
    startsFigure: startsFigure(
      names.flatMap((group, g) =>
        names.map((start, s) => ({
          group,
          start,
          value: s === 2 && g === 1 ? null : g + s,
          marked: s === 0,
        })),
      ),
      {
        title: name,
        xTitle: `${name} (%)`,
        notes: [name],
        name,
        markedName: name,
        missingName: name,
        reference: 1,
      },
    ),
    spectrumFigure: spectrumFigure(spectrum.powerLaw, name),
    bulkFigure: bulkFigure(spectrum),
    'bulkFigure, linear': bulkFigure(spectrum, { scale: 'linear' }),
    randomizedFigure: randomizedFigure(names.map(each => ({ name: each, spectrum: shuffled }))),
    alphaFigure: alphaFigure(spectrum.powerLaw, name),
    nullFigure: nullFigure([drawn, drawn]),
    shapleyBarFigure: shapleyBarFigure(bars),
    beeswarmFigure: beeswarmFigure(shap),
    waterfallFigure: waterfallFigure(shap, 3),
    shapleyPanelFigure: shapleyPanelFigure(
      names.map((each, i) => ({ name: each, importance: bars, published: i === 0 ? [1.4, 1.8, 0.3] : null })),
      { title: name },
    ),
    tableFigure: tableFigure(tableOf(name)),
    choiceFigure: choiceFigure(study),
  };
}

/** Exponents around a band of surrogates; of the last one there is no p-value. */
function surrogateTests(random: () => number): SurrogateTest[] {
  return Array.from({ length: 30 }, (_, i) => {
    const exponent = 0.02 * (random() - 0.4);
    const band = [-0.004 - 0.002 * random(), 0.004 + 0.002 * random()] as const;
    const rejected = exponent < band[0] || exponent > band[1];
    return {
      kind: 'surrogate-test',
      estimator: 'made up',
      surrogate: 'iaaft',
      count: 39,
      alpha: 0.05,
      exponent,
      status: 'ok',
      band,
      pValue: i === 29 ? Number.NaN : rejected ? 0.05 : 0.5,
      rejected,
      surrogates: new Float64Array(39),
    };
  });
}

function tableOf(name: string): ReturnType<typeof studyTable> {
  const cell = (published: number | null, ours: number | null): StudyCell => ({
    published,
    ours,
    match: published === null ? null : ours === published,
  });
  const distribution = { n: 3, missing: 0, mean: 0.7, sd: 0.1, interval: [0.6, 0.9], inside: true } as const;
  return studyTable({
    table: 1,
    title: name,
    procedure: 'published',
    masks: 'published',
    columns: { flopsDense: 0, epochsDense: 0, epochsFT: 0, accDense: 4, accFT: 4 },
    rows: [name, 'iris'].map((dataset, i) => ({
      dataset: dataset as 'iris',
      init: 5 as const,
      starts: 1,
      cells: {
        flopsDense: cell(42, 42),
        epochsDense: cell(182, 182 + i),
        epochsFT: cell(166, i === 0 ? null : 160),
        accDense: cell(0.9, 0.9),
        accFT: { ...cell(0.9, 0.7), distribution, reason: name },
      },
    })),
  });
}
