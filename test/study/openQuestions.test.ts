import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  createNetwork,
  grangerScan,
  loadDataset,
  misclassification,
  openQuestions,
  predict,
  publishedMaskIndices,
  type QuestionRecord,
  questionFigure,
  questionRecord,
  questionStudy,
  recordTraining,
  savedQuestions,
  windowedLyapunov,
} from '../../src';
import { loadPooled } from '../../src/data/loadPooled';
import { lossAlong } from '../../src/network/lossAlong';
import { savedRecords } from '../../src/study/savedRecords';
import { skipUnless, trainingFiles } from '../support/mirror';

const records = savedQuestions();

const outcomeOf = ({ outcomes }: QuestionRecord, question: string, reading: string) => {
  const found = outcomes.find(each => each.question === question && each.reading === reading);
  assert.ok(found, `${question}, ${reading}`);
  return found;
};
const initOf = ({ start }: QuestionRecord): number => ('init' in start ? start.init : Number.NaN);

describe('the saved readings', () => {
  test('are there for five initialisations of every data set that a question names', () => {
    for (const { id, datasets, readings } of openQuestions) {
      for (const dataset of datasets) {
        const own = records.filter(record => record.dataset === dataset);
        assert.deepEqual(own.map(initOf).sort(), [1, 2, 3, 4, 5], dataset);
        for (const record of own) for (const { name } of readings) outcomeOf(record, id, name);
      }
    }
  });

  test('begin, FT and PT, with the masks that the study lists', async () => {
    for (const record of records.filter(({ dataset }) => dataset !== 'vowel')) {
      const { dataset } = record;
      const ft = await publishedMaskIndices(dataset, 'FT', initOf(record));
      assert.deepEqual(
        outcomeOf(record, 'rule', 'non-causal').removed,
        [...ft].sort((a, b) => a - b),
      );
      const pt = await publishedMaskIndices(dataset, 'PT', initOf(record));
      assert.deepEqual(
        outcomeOf(record, 'partial', 'as the masks show').removed,
        [...pt].sort((a, b) => a - b),
      );
    }
  });

  test('need as many epochs under the study’s reading as the rows of Table 1', () => {
    const rows = savedRecords();
    for (const record of records.filter(({ dataset }) => dataset !== 'vowel')) {
      const name = `${record.dataset} published published init 0${initOf(record)}`;
      assert.equal(outcomeOf(record, 'rule', 'non-causal').epochs, rows.get(name)?.arms.FT[0].epochs, name);
    }
  });

  test('share the weights between the two rules: each is removed by one of them', () => {
    for (const record of records.filter(({ dataset }) => dataset !== 'vowel')) {
      const both = ['non-causal', 'causal'].flatMap(name => [...outcomeOf(record, 'rule', name).removed]);
      assert.deepEqual(
        both.sort((a, b) => a - b),
        Array.from({ length: record.weights }, (_, weight) => weight),
      );
    }
  });

  test('differ from Table 2’s printed epochs of PT for Titanic only', () => {
    for (const record of records.filter(({ dataset }) => dataset !== 'vowel')) {
      const [masks, printed] = ['as the masks show', 'as Table 2 prints'].map(name =>
        String(outcomeOf(record, 'partial', name).removed),
      );
      if (record.dataset !== 'titanic') assert.equal(masks, printed, record.dataset);
    }
    const titanic = records.filter(({ dataset }) => dataset === 'titanic');
    assert.ok(
      titanic.some(record => {
        const [masks, printed] = ['as the masks show', 'as Table 2 prints'].map(name =>
          outcomeOf(record, 'partial', name),
        );
        return String(masks.removed) !== String(printed.removed);
      }),
    );
  });

  test('come out again, bit for bit', { skip: skipUnless(...trainingFiles('iris')) }, async () => {
    const questions = openQuestions.filter(({ id }) => id === 'rule' || id === 'target');
    const again = await questionRecord('iris', { init: 4 }, { questions });
    const saved = records.find(record => record.dataset === 'iris' && initOf(record) === 4);
    assert.deepEqual(
      JSON.parse(JSON.stringify(again.outcomes)),
      saved?.outcomes.filter(({ question }) => questions.some(({ id }) => id === question)),
    );
  });
});

test('accuracy as target gives the tests of misclassification: one minus a series is as well predicted', async () => {
  const iris = await loadDataset('iris', { procedure: 'published' });
  const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
  const recording = await recordTraining(network, iris, { epochs: 150, learningRate: 0.05 });
  const exponents = await windowedLyapunov(recording, { estimator: 'rosenstein', window: 160 });
  const errors = await misclassification(recording, iris.test, exponents.ends);
  const [asked, turned] = [
    await grangerScan(exponents, errors, { lag: 2 }),
    await grangerScan(
      exponents,
      errors.map(each => 1 - each),
      { lag: 2 },
    ),
  ];
  for (const [weight, p] of asked.pValue.entries()) {
    if (!Number.isNaN(p)) assert.ok(Math.abs(p - turned.pValue[weight]) < 1e-9);
  }
  assert.ok(asked.pValue.some(p => p < 0.9));
});

test('lossAlong is the mean squared error of all outputs', async () => {
  const iris = await loadDataset('iris', { procedure: 'published' });
  const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
  const recording = await recordTraining(network, iris, { epochs: 2, learningRate: 0.05 });
  const [first, last] = await lossAlong(recording, iris.test, [0, 240]);
  for (const [loss, trained] of [
    [first, recording.initial],
    [last, recording.final],
  ] as const) {
    const outputs = predict(trained, iris.test.inputs, iris.test.rows);
    const squares = outputs.reduce((sum, output, i) => sum + (output - iris.test.targets[i]) ** 2, 0);
    assert.ok(Math.abs(loss - squares / outputs.length) < 1e-12);
  }
});

test('loadPooled splits all rows 80:20, and scales every row as the study does', {
  skip: skipUnless(...trainingFiles('titanic', 'vowel')),
}, async () => {
  const titanic = await loadPooled('titanic');
  assert.deepEqual([titanic.train.rows, titanic.test.rows], [1047, 262]);
  const rows = new Set([...titanic.train.sourceRows, ...titanic.test.sourceRows]);
  assert.equal(rows.size, 1309);
  const asCoded = await loadDataset('titanic', { procedure: 'published' });
  // A row standardised over itself does not depend on its part.
  const row = asCoded.train.sourceRows.indexOf(titanic.train.sourceRows.find(each => each < 800) ?? 0);
  const at = titanic.train.sourceRows.indexOf(asCoded.train.sourceRows[row]);
  assert.deepEqual(
    titanic.train.inputs.slice(6 * at, 6 * at + 6),
    asCoded.train.inputs.slice(6 * row, 6 * row + 6),
  );
  const vowel = await loadPooled('vowel');
  assert.deepEqual([vowel.train.rows, vowel.test.rows], [696, 175]);
});

test('questionStudy compares each reading with the first, start by start', () => {
  const outcome = (reading: string, removed: number[], epochs: number | null, accuracy: number) => ({
    question: 'rule',
    reading,
    removed,
    epochs,
    accuracy,
    f1: accuracy,
  });
  const made = (init: number, outcomes: QuestionRecord['outcomes']): QuestionRecord => ({
    dataset: 'iris',
    start: { init },
    weights: 10,
    maxEpochs: 100,
    outcomes,
  });
  const study = questionStudy([
    made(1, [outcome('non-causal', [1], 50, 0.9), outcome('causal', [2, 3], 25, 0.8)]),
    made(2, [outcome('non-causal', [1], 50, 0.9), outcome('causal', [1], null, 1)]),
  ]);
  const [studys, other] = study.rows;
  assert.deepEqual([studys.accuracy, studys.removed, studys.epochs, studys.otherMask], [0, 0, 0, 0]);
  assert.ok(Math.abs(other.accuracy) < 1e-15);
  assert.ok(Math.abs(other.largestAccuracy - 0.1) < 1e-15);
  assert.ok(Math.abs(other.removed - 0.05) < 1e-15);
  // 25 and the limit of 100, over 50 and 50.
  assert.equal(other.epochs, 0.25);
  assert.deepEqual([other.otherMask, other.unstopped, other.runs], [1, 1, 2]);
  const drawn = questionFigure(study);
  assert.match(drawn.summary, /causal accuracy 0, removed 5, epochs 25/);
  const means = ({ data }: typeof drawn): unknown[] =>
    data.flatMap(({ name, marker, x }) =>
      name === 'mean of the data sets' ? (x as []).map(() => (marker as { symbol: string }).symbol) : [],
    );
  assert.deepEqual(means(drawn), ['diamond', 'diamond', 'diamond']);
  const far = questionFigure({ ...study, rows: [studys, { ...other, accuracy: -0.4, epochs: 4 }] });
  assert.deepEqual(means(far), ['triangle-left', 'diamond', 'triangle-right']);
});
