import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import {
  adf,
  analysisMemory,
  auditDataset,
  bootstrapInterval,
  captureModel,
  checkExport,
  claims,
  compactionReport,
  compare,
  comparePowerLaw,
  compareWithOriginal,
  compressionCausality,
  confusionMatrix,
  controlNetworks,
  createNetwork,
  crossMap,
  crossMapScan,
  divergenceCurve,
  drift,
  effortToCompress,
  equivalenceTest,
  exponentsWhileTraining,
  exportResults,
  figure6,
  goodnessOfFit,
  granger,
  grangerScan,
  importance,
  init,
  iterativePruning,
  kantzCurve,
  kpss,
  layerSpectrum,
  lipschitzConstant,
  loadDataset,
  lossFigure,
  lyapunov,
  magnitudeRules,
  makeStationary,
  maskAgreement,
  mean,
  misclassification,
  pairedDifference,
  pruningError,
  pruningScores,
  questionStudy,
  randomizedSpectrum,
  recomputedMask,
  recordTraining,
  recordTwin,
  removalCounts,
  retrain,
  savedMaskChoices,
  savedQuestions,
  savedVowelReadings,
  selectWeights,
  session,
  shapley,
  shuffledMask,
  signedRankTest,
  spectralRow,
  spectrumNull,
  stationarity,
  stationarityScan,
  surrogateTest,
  sweep,
  table,
  table4,
  table4Agreement,
  testSize,
  theoremSimulation,
  timings,
  train,
  trainingCost,
  trainingFlops,
  transferEntropy,
  transferEntropyScan,
  unstoppedShare,
  windowedLyapunov,
  windowedSurrogateTest,
} from '../../src';
import { packageRoot } from '../../src/core/packageRoot';
import { result, viewers } from '../../src/core/result';
import { choiceRecord } from '../../src/study/choiceRecord';
import { choiceStudy } from '../../src/study/choiceStudy';
import { legcnetFT } from '../../src/study/legcnet';
import { studyTable } from '../../src/study/studyTable';
import { smallConvNet } from '../network/models';
import { tfjsSkip } from '../network/tfjsSkip';
import { madeUpMnistRun } from '../study/madeUpMnistRun';
import { skipUnless } from '../support/mirror';

init();

const folder = mkdtempSync(join(tmpdir(), 'legcnet-kinds-'));
after(() => rmSync(folder, { recursive: true }));

/** One kind needs initial weights that are fetched. */
const noWeights = skipUnless('chaotic-pruning/init/iris.npy');

/** Every kind that a declaration of the package gives a result. */
function declaredKinds(): readonly string[] {
  const folder = join(packageRoot, 'dist', 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.d.ts'),
  );
  const kinds = files.flatMap(file =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {4}readonly kind: '([^']+)';/gm)].map(
      ([, kind]) => kind,
    ),
  );
  return [...new Set(kinds)];
}

const none = { exact: 1, inside: 0, explained: 0, unexplained: 0 };
const madeUpSummary = result({
  kind: 'tables-summary',
  tables: [{ table: 1, ...none }],
  all: { ...none, cells: 1 },
  unexplained: [],
  reasons: [],
});

const madeUpQueue = result({
  kind: 'queued-sweep',
  server: '127.0.0.1:6379',
  jobs: 3,
  added: 1,
  again: 0,
  there: 1,
  done: 1,
});

/** The quickstart's steps, short, and every test of one series or two on what they leave. */
async function allResults(): Promise<readonly { readonly kind: string }[]> {
  const iris = await loadDataset('iris', { procedure: 'published' });
  const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
  const training = { epochs: 30, learningRate: 0.05 } as const;
  const recording = await recordTraining(network, iris, training);
  const twin = await recordTwin(network, iris, training);
  const exponents = await windowedLyapunov(twin, { window: 100 });
  const errors = await misclassification(recording, iris.test, exponents.ends);
  const { series } = await recording.readWindow(0, 200);
  const weight = series.subarray(0, 200);
  const another = series.subarray(200, 400);
  const { series: differences } = await twin.readWindow(1, 200);
  const scan = await grangerScan(exponents, errors, { lag: 1 });
  const mask = selectWeights(scan, { remove: 'non-causal' });
  const dense = await train(network, iris, training);
  const sparse = await retrain(network, mask, iris, training);
  const explained = await shapley(network, iris.train, iris.test);
  const few = { sampledWeights: 2, sampledWindows: 2 };
  const cell = { published: 0.5, ours: 0.5, match: true };
  const row = { dataset: 'iris', init: 1, starts: 1, cells: { acc: cell } } as const;
  const legcnet = await legcnetFT(network, iris, {
    training,
    search: { target: { part: 'test', shift: 0 } },
  });
  const spectrum = layerSpectrum(network, 1);
  const exported = await exportResults('one mask', { mask }, { out: folder });
  return [
    iris,
    await auditDataset('iris'),
    await compareWithOriginal('iris'),
    network,
    recording,
    twin,
    exponents,
    scan,
    mask,
    ...(tfjsSkip ? [] : [captureModel(await smallConvNet())]),
    removalCounts(scan),
    dense,
    sparse,
    compare(dense, sparse),
    await pruningScores(network, iris, { rule: 'snip' }),
    await iterativePruning(network, iris, { rule: 'magnitude', share: 0.5, rounds: 2, training }),
    controlNetworks(network, mask, { init: { name: 'normal', sd: 0.1 }, seed: 2 }),
    await compactionReport(sparse.final, iris.test, { rounds: 1 }),
    trainingCost([{ name: 'dense run', flops: trainingFlops(dense, iris) }]),
    confusionMatrix(dense.final, iris.test),
    bootstrapInterval(weight, mean, { seed: 1 }),
    pairedDifference([1, 1], [1, 1], { seed: 1 }),
    signedRankTest([0]),
    equivalenceTest(weight, another, { margin: 0.1 }),
    unstoppedShare([await train(network, iris, { ...training, stop: { part: 'train', accuracy: 1 } })]),
    maskAgreement([mask, shuffledMask(mask, { seed: 1 })]),
    lossFigure(dense),
    table([{ a: 1 }], { caption: 'One row' }),
    exported,
    await checkExport(exported.folder),
    timings([{ 'time (ms)': 1 }], { caption: 'Measured' }),
    lyapunov(differences.subarray(0, 200)),
    lyapunov(weight, { estimator: 'rosenstein' }),
    divergenceCurve(weight),
    kantzCurve(weight, { radius: 0.1 }),
    surrogateTest(weight, { estimator: 'rosenstein', seed: 1 }),
    await windowedSurrogateTest(recording, {
      estimator: 'rosenstein',
      surrogate: 'shuffle',
      seed: 1,
      ...few,
    }),
    adf(weight),
    kpss(weight),
    stationarity(weight),
    await stationarityScan(exponents),
    makeStationary(exponents, errors),
    granger(weight, another, { lag: 1 }),
    await testSize([20], { seed: 1, pairs: 50 }),
    transferEntropy(weight, another),
    await transferEntropyScan(exponents, errors),
    crossMap(weight, another, { surrogates: 19, seed: 1 }),
    await crossMapScan(exponents, errors, { surrogates: 19, seed: 1 }),
    compressionCausality(weight, another),
    session({ seed: 1 }),
    effortToCompress([2, 1, 1, 1, 1, 2]),
    spectrum,
    spectrum.powerLaw,
    spectrum.bulk,
    spectrum.edge,
    comparePowerLaw(spectrum.powerLaw),
    randomizedSpectrum(spectrum, { seed: 1 }),
    await spectrumNull(spectrum, { seed: 1, draws: 20 }),
    await spectralRow(network, { seed: 1, draws: 20 }),
    await table4([{ name: 'dense', init: 1, network }], { seed: 1, draws: 20 }),
    table4Agreement(),
    await goodnessOfFit(spectrum.powerLaw, { seed: 1, draws: 20 }),
    await claims({ items: ['Claim 10', 'Claim 13'] }),
    savedMaskChoices(),
    savedVowelReadings(),
    madeUpSummary,
    madeUpQueue,
    questionStudy(savedQuestions()),
    choiceStudy([await choiceRecord('iris', 'sound', 'PT', { seed: 1 })]),
    legcnet,
    legcnet.search,
    await exponentsWhileTraining(network, iris, training, { estimator: 'rosenstein', window: 100 }),
    madeUpMnistRun(),
    await analysisMemory(network, iris, training, { window: 100 }),
    lipschitzConstant('sigmoid', { points: 101, pairs: 10 }),
    pruningError(network, mask),
    await theoremSimulation(iris, { widths: [8, 16], draws: 2, rules: ['random', 'magnitude'] }),
    await sweep([{ work: 'legcnet', dataset: 'iris', seed: 1, training: { epochs: 1 } }], {
      folder: join(folder, 'sweeps'),
      workers: 0,
    }),
    explained,
    importance(explained),
    drift(explained, await shapley(dense.final, iris.train, iris.test), { band: [explained] }),
    await magnitudeRules({ datasets: noWeights ? [] : ['iris'], shares: [0.1] }),
    await figure6({ datasets: noWeights ? [] : ['iris'], networks: ['dense', 'magnitude'] }),
    ...(noWeights ? [] : [await recomputedMask('iris', 'FT', 4)]),
    studyTable({
      table: 1,
      title: 'Made up',
      procedure: 'published',
      masks: 'published',
      columns: { acc: 4 },
      rows: [row],
    }),
  ];
}

test('every kind of result has a view, and shows itself in words: a title and no holes', async () => {
  const kinds = declaredKinds();
  assert.ok(kinds.length > 25);
  assert.deepEqual(
    kinds.filter(kind => !viewers.has(kind)),
    [],
  );
  const results = await allResults();
  const made = new Set(results.map(({ kind }) => kind));
  // A kind listed here is new: make one of it in `allResults`.
  assert.deepEqual(
    kinds.filter(
      kind =>
        !made.has(kind) && !(noWeights && kind === 'recomputed-mask') && !(tfjsSkip && kind === 'model'),
    ),
    [],
  );
  for (const each of results) {
    const text = inspect(each);
    assert.match(text, /^[[A-Z]/, each.kind);
    assert.doesNotMatch(text, /undefined|\bNaN\b|\[[oO]bject|Array\(|seriess/, each.kind);
  }
});
