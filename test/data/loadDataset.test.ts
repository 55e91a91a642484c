import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import type { DataFrame } from 'danfojs-node';
import { readCsv } from '../../src/data/csv';
import type { Dataset, Part } from '../../src/data/dataset';
import { fetchFile } from '../../src/data/fetchFile';
import { initialWeights } from '../../src/data/initialWeights';
import { loadDataset } from '../../src/data/loadDataset';
import { datasetEntry } from '../../src/data/manifest';
import { publishedMaskIndices } from '../../src/data/publishedMasks';
import { datasetNames, studySettings } from '../../src/data/studySettings';
import { danfoSkip } from '../support/danfo';
import { skipUnless } from '../support/mirror';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-load-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Nothing to be found anywhere: what loads with this needs no network. */
const alone = { cache: join(folder, 'cache'), mirror: join(folder, 'mirror') };

function csv(text: string): string {
  const path = join(folder, 'my data.csv');
  writeFileSync(path, text);
  return path;
}

/** Ten rows of two features and two classes. */
const ten = `a,b,class\n${Array.from({ length: 10 }, (_, i) => `${i},${i * i},${i % 2 ? 'odd' : 'even'}`).join('\n')}\n`;

function row({ inputs, rows }: Part, index: number): number[] {
  const features = inputs.length / rows;
  const at = index < 0 ? rows + index : index;
  return [...inputs.subarray(at * features, (at + 1) * features)];
}

function assertClose(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  for (const [i, value] of expected.entries())
    assert.ok(Math.abs(actual[i] - value) < 1e-13, `${actual} is not ${expected}`);
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

test('loading and printing a data set does not load danfo', async () => {
  const iris = await loadDataset('iris', alone);
  assert.match(inspect(iris), /kind: 'dataset'/);
  assert.ok(!Object.keys(require.cache).some(path => path.includes('danfojs')));
});

test('Iris needs no network: 120 and 30 rows, one-hot targets', async () => {
  const iris = await loadDataset('iris', alone);
  assert.deepEqual([iris.train.rows, iris.validation, iris.test.rows, iris.outputs], [120, null, 30, 3]);
  assert.deepEqual(iris.classes, ['setosa', 'versicolor', 'virginica']);
  assert.deepEqual([...iris.train.labels.subarray(0, 5)], [1, 0, 2, 1, 1]);
  assert.deepEqual([...iris.train.targets.subarray(0, 6)], [0, 1, 0, 1, 0, 0]);
  const counts = [0, 1, 2].map(label => iris.train.labels.filter(own => own === label).length);
  assert.deepEqual(counts, [43, 39, 38]);
});

test('iris3f is Iris without sepal width', async () => {
  const [four, three] = [await loadDataset('iris', alone), await loadDataset('iris3f', alone)];
  assert.deepEqual(three.features, ['sepal length', 'petal length', 'petal width']);
  assertClose(
    row(three.test, 7),
    row(four.test, 7).filter((_, f) => f !== 1),
  );
});

test("the built-in Iris equals UCI's file", { skip: skipUnless('iris/iris.data') }, async () => {
  const { bytes } = await fetchFile('iris/iris.data');
  const header = ['sl', 'sw', 'pl', 'pw', 'class'];
  const path = csv(Buffer.from(bytes).toString());
  const file = await loadDataset(path, { header, target: 'class', procedure: 'described' });
  const builtIn = await loadDataset('iris', { ...alone, procedure: 'described' });
  assert.deepEqual(file.train.inputs, builtIn.train.inputs);
  assert.deepEqual(file.test.inputs, builtIn.test.inputs);
  assert.deepEqual(file.train.labels, builtIn.train.labels);
  assert.equal(readCsv(bytes, 'iris', { header }).rows.length, 150);
});

/*
 * The published procedure against NumPy 2.4.6: with x = np.loadtxt(file), r = np.random.RandomState(42); r.shuffle(x), the
 * first int(0.8 * len(x)) rows, and (x - mean) / std along axis 1 (rows: cancer, banknote, titanic) or 0 (iris), a std of 0
 * replaced by 1; vowel (x - min) / (max - min) along axis 0 of the first 741 and the last 130.
 */
const published: {
  name: 'cancer' | 'banknote' | 'iris' | 'vowel';
  first: number[];
  last: number[];
  sizes: number[];
}[] = [
  {
    name: 'cancer',
    first: [1.0251528363134974, -0.6224142220474809, -0.29290081037528515],
    last: [-0.1212678125181667],
    sizes: [546, 137],
  },
  {
    name: 'banknote',
    first: [0.07400786543537086, 1.5572388096658496, -0.46990143485293995],
    last: [-0.0915616450251192],
    sizes: [1097, 275],
  },
  {
    name: 'iris',
    first: [0.3585359295639177, -0.6217970841961974, 0.5799533582329286],
    last: [1.1499329069735615],
    sizes: [120, 30],
  },
  {
    name: 'vowel',
    first: [0.15384615384615385, 0.027777777777777776, 0.6428571428571429],
    last: [0.05],
    sizes: [741, 130],
  },
];

for (const { name, first, last, sizes } of published) {
  const skip = skipUnless(...datasetEntry(name).files);
  test(`the published ${name} has NumPy's rows, order and scaling`, { skip }, async () => {
    const { train, test: tested } = await loadDataset(name);
    assert.deepEqual([train.rows, tested.rows], sizes);
    assertClose(row(train, 0).slice(0, 3), first);
    assertClose(row(tested, -1).slice(-1), last);
  });
}

test("the published parts hold NumPy's class counts", {
  skip: skipUnless(...(['cancer', 'banknote', 'vowel'] as const).flatMap(name => datasetEntry(name).files)),
}, async () => {
  const cancer = await loadDataset('cancer');
  assert.deepEqual([sum(cancer.train.targets), sum(cancer.test.targets)], [188, 51]);
  const banknote = await loadDataset('banknote');
  assert.deepEqual([sum(banknote.train.targets), sum(banknote.test.targets)], [478, 132]);
  const vowel = await loadDataset('vowel');
  assert.deepEqual([vowel.train.labels[0], vowel.test.labels[129]], [3, 1]);
});

test("the published Titanic permutes Kaggle's 891 rows and fills gaps by the mode of each part", {
  skip: skipUnless(...datasetEntry('titanic').files),
}, async () => {
  const { train, test: tested } = await loadDataset('titanic');
  assert.deepEqual([...train.sourceRows.subarray(0, 3)], [709, 439, 840]);
  assert.deepEqual([tested.sourceRows[0], tested.sourceRows[417]], [891, 1308]);
  assertClose(row(train, 0).slice(0, 2), [-0.13578439605176096, -0.5195548875071125]);
  // Row 61 has no Embarked (mode S, 0) and stands at 336 of the permutation; test row 152 has no Fare (mode 7.75).
  assert.equal(train.sourceRows[336], 61);
  assertClose(row(train, 336).slice(-2), [2.235899449775284, -0.4539043995784411]);
  assertClose(row(tested, 152).slice(-2), [2.0681867667363036, -0.6993149499036423]);
});

test('the published MNIST is 42 000 of the 70 000, 29 399 of them for training, raw', {
  skip: skipUnless(...datasetEntry('mnist').files),
}, async () => {
  const { train, test: tested, classes } = await loadDataset('mnist');
  assert.deepEqual([train.rows, tested.rows, classes.length], [29_399, 12_601, 10]);
  // np.random.RandomState(42).permutation(70000)[[0, 1, 2, 29399]]
  assert.deepEqual([...train.sourceRows.subarray(0, 3), tested.sourceRows[0]], [46730, 48393, 41416, 8541]);
  assert.equal(
    train.inputs.reduce((most, grey) => Math.max(most, grey), 0),
    255,
  );
});

test('MNIST has the published count of each digit', {
  skip: skipUnless(...datasetEntry('mnist').files),
}, async () => {
  // Training plus test labels 0 to 9, as published with the data.
  const all = [6903, 7877, 6990, 7141, 6824, 6313, 6876, 7293, 6825, 6958];
  const { train, validation, test: tested } = await loadDataset('mnist', { procedure: 'sound' });
  const labels = [train, validation!, tested].flatMap(part => [...part.labels]);
  assert.equal(labels.length, 42_000);
  for (const [digit, count] of all.entries()) {
    const drawn = labels.filter(label => label === digit).length;
    assert.ok(Math.abs(drawn - 0.6 * count) < 150); // four standard deviations of the draw: about 120
  }
});

for (const name of datasetNames.filter(known => known !== 'mnist')) {
  const skip = skipUnless(...datasetEntry(name).files);
  test(`${name} fits its network under every procedure`, { skip }, async () => {
    const { layers } = studySettings[name];
    for (const procedure of ['published', 'described', 'sound'] as const) {
      const dataset = await loadDataset(name, { procedure });
      assert.equal(dataset.features.length, layers[0]);
      assert.equal(dataset.outputs, layers.at(-1));
      checkDataset(dataset);
    }
  });
}

test('described and sound scale by the training part', async () => {
  for (const procedure of ['described', 'sound'] as const) {
    const { train } = await loadDataset('iris', { ...alone, procedure });
    for (let f = 0; f < 4; f++) {
      const column = train.inputs.filter((_, i) => i % 4 === f);
      assert.ok(Math.abs(sum(column)) < 1e-10);
      assert.ok(Math.abs(sum(column.map(value => value * value)) / train.rows - 1) < 1e-12);
    }
  }
});

test('sound splits 64 : 16 : 20 class by class, and by its seed alone', async () => {
  const options = { ...alone, procedure: 'sound' } as const;
  const iris = await loadDataset('iris', options);
  assert.deepEqual([iris.train.rows, iris.validation?.rows, iris.test.rows], [96, 24, 30]);
  assert.deepEqual((await loadDataset('iris', options)).train.sourceRows, iris.train.sourceRows);
  assert.notDeepEqual(
    (await loadDataset('iris', { ...options, seed: 1 })).train.sourceRows,
    iris.train.sourceRows,
  );
  const shares = await loadDataset('iris', { ...options, testShare: 0.1, validationShare: 0.1 });
  assert.deepEqual([shares.train.rows, shares.validation?.rows, shares.test.rows], [120, 15, 15]);
});

test('a table of your own is split in three and scaled by the training part unless told otherwise', async () => {
  const frame = {
    columns: ['a', 'b', 'class'],
    values: Array.from({ length: 10 }, (_, i) => [i, i * i, i % 2]),
  } as unknown as DataFrame;
  const sources = [csv(ten), pathToFileURL(csv(ten)).href, frame];
  for (const source of sources) {
    const {
      procedure,
      seed,
      scaling,
      train,
      validation,
      test: tested,
    } = await loadDataset(source, {
      target: 'class',
    });
    assert.deepEqual([procedure, seed], ['sound', 42]);
    assert.deepEqual([train.rows, validation?.rows, tested.rows], [6, 2, 2]);
    assert.match(scaling, /^Each feature was standardised .* over the training part/);
  }
  assert.equal((await loadDataset('iris', alone)).procedure, 'published');
});

test('a CSV of your own is split and scaled by rows under the published procedure', async () => {
  const dataset = await loadDataset(csv(ten), { target: 'class', procedure: 'published' });
  assert.equal(dataset.name, 'my data');
  assert.deepEqual(dataset.features, ['a', 'b']);
  assert.deepEqual(dataset.classes, ['even', 'odd']);
  // np.random.RandomState(42).permutation(10) is 8 1 5 0 7 2 9 4 3 6
  assert.deepEqual([...dataset.train.sourceRows], [8, 1, 5, 0, 7, 2, 9, 4]);
  assert.deepEqual([...dataset.test.sourceRows], [3, 6]);
  assert.deepEqual(row(dataset.train, 0), [-1, 1]); // (8, 64)
  assert.deepEqual(row(dataset.train, 1), [0, 0]); // (1, 1) is constant
  assert.match(dataset.scaling, /Each row was standardised/);
  assert.equal(
    (await loadDataset(csv(ten), { target: 'class', procedure: 'published', testShare: 0.3 })).test.rows,
    3,
  );
});

test("a table of your own is your own even when it is called as one of the study's", async () => {
  for (const name of ['titanic', 'iris', 'mnist', 'vowel']) {
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, ten);
    for (const procedure of ['published', 'described'] as const) {
      const { train, test: tested, scaling } = await loadDataset(path, { target: 'class', procedure });
      assert.deepEqual([train.rows, tested.rows], [8, 2], name);
      assert.match(scaling, procedure === 'published' ? /^Each row/ : /^Each feature/);
    }
  }
});

test('features can be chosen, and come in the order asked for', async () => {
  const { features, train } = await loadDataset(csv(ten), {
    target: 'class',
    features: ['b', 'a'],
    procedure: 'published',
  });
  assert.deepEqual(features, ['b', 'a']);
  assert.deepEqual(row(train, 0), [1, -1]);
});

test('an address works as a path does', async () => {
  const byFile = await loadDataset(pathToFileURL(csv(ten)).href, { target: 'class' });
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/ten.csv' ? 200 : 404).end(ten);
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const byWeb = await loadDataset(`${base}/ten.csv`, { target: 'class' });
  assert.deepEqual(byWeb.train.inputs, byFile.train.inputs);
  assert.equal(byWeb.name, 'ten');
  await assert.rejects(
    loadDataset(`${base}/none.csv`, { target: 'class' }),
    /Cannot download http.*none\.csv: HTTP 404/,
  );
  server.closeAllConnections();
  server.close();
});

test('classes are numbers in ascending order, or text by character code', async () => {
  const options = { target: 'y', procedure: 'described' } as const;
  const numbers = await loadDataset(csv('a,b,y\n1,2,10\n3,4,9\n5,7,10\n7,8,9\n9,1,10\n'), options);
  assert.deepEqual(numbers.classes, ['9', '10']);
  const text = await loadDataset(csv('a,b,y\n1,2,b\n3,4,B\n5,7,a\n7,8,a\n9,1,B\n'), options);
  assert.deepEqual(text.classes, ['B', 'a', 'b']);
  assert.equal(text.outputs, 3);
});

test('a constant feature becomes zeros where features are scaled', async () => {
  const constant = ten.replace(/^(\d+),(\d+),/gm, '$1,5,');
  const { train } = await loadDataset(csv(constant), { target: 'class', procedure: 'described' });
  assert.ok(train.inputs.every((value, i) => i % 2 === 0 || value === 0));
});

test('data that cannot be used say which column, rows or class is to blame', async () => {
  const cases: [string, object, RegExp, ErrorConstructor][] = [
    [
      'a,b,y\n1,blue,0\n3,red,1\n',
      { target: 'y', text: 'refuse' },
      /Column 'b' .* must hold numbers, row 1 is 'blue'.*`features`/,
      TypeError,
    ],
    [
      'a,b,y\n1,,0\n,4,1\n',
      { target: 'y' },
      /Column 'a' of .* is empty in row 2; pass missing: 'drop', 'median' or 'mode'/,
      RangeError,
    ],
    ['a,b,y\n1,1e999,0\n3,4,1\n', { target: 'y' }, /Column 'b' of .* is not finite in row 1/, RangeError],
    ['a,b,y\n1,2,\n3,4,1\n', { target: 'y' }, /Target 'y' of .* is empty in row 1/, RangeError],
    ['a,b,y\n1,2,1\n3,4,1\n', { target: 'y' }, /must hold 2 to 100 classes, it holds 1/, RangeError],
    ['a,b,y\n1,2,0.5\n3,4,1\n', { target: 'y' }, /holds fractions such as 0\.5/, RangeError],
    [ten, {}, /needs a `target`, the column to predict: one of a, b, class/, TypeError],
    [ten, { target: 'z' }, /has no column 'z'; it has a, b, class/, RangeError],
    [ten, { target: 'class', features: ['z'] }, /has no column 'z'/, RangeError],
    [ten, { target: 'class', features: ['a', 'a'] }, /'a' is listed twice/, RangeError],
    [ten, { target: 'class', features: ['class'] }, /is listed twice or is the target/, RangeError],
    [ten, { target: 'class', features: [] }, /at least one feature/, RangeError],
    [
      ten,
      { target: 'class', features: 'x' },
      /features must be an array of column names, 'x' came/,
      TypeError,
    ],
    [ten, { target: 'class', features: [1] }, /an array with something else in it came/, TypeError],
    [ten, { target: 3 }, /target must be the name of a column, 3 came/, TypeError],
    [ten, { target: 'class', header: 'a' }, /header must be true, false or an array .* 'a' came/, TypeError],
    [
      ten,
      { target: 'class', features: ['a'], procedure: 'published' },
      /needs at least 2, 'my data' has 1/,
      RangeError,
    ],
    ['a,b,y\n1,2,0\n', { target: 'y' }, /2 to 100 classes, it holds 1/, RangeError],
    ['a,b,y\n1,2,0\n1,2,1\n', { target: 'y', procedure: 'published' }, /holds a single class/, RangeError],
    ['a,b,y\n1,2,0\n1,2,1\n', { target: 'y' }, /Class '0' has 1 row;.*it needs 4/, RangeError],
    [
      ten,
      { target: 'class', procedure: 'sound', testShare: 0.05 },
      /Class 'even' has 5 rows.*it needs 10/,
      RangeError,
    ],
    ['a,b,y\n', { target: 'y' }, /it has no rows/, Error],
  ];
  for (const [text, options, message, kind] of cases) {
    await assert.rejects(loadDataset(csv(text), options), (error: Error) => {
      assert.match(error.message, message);
      assert.equal(error.constructor, kind);
      return true;
    });
  }
});

test('many bad rows are counted, not all listed', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `,${i},${i % 2}`).join('\n');
  const path = csv(`a,b,y\n1,1,1\n${rows}\n`);
  await assert.rejects(
    loadDataset(path, { target: 'y' }),
    /row 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 10 more; pass missing/,
  );
});

test('options that do not fit are refused', async () => {
  const cases: [string, object, RegExp][] = [
    ['iris', { procedure: 'best' }, /one of published, described, sound; 'best' came/],
    ['iris', { seed: -1 }, /whole number from 0 to 4294967295, -1 came/],
    ['iris', { seed: 0.5 }, /0\.5 came/],
    ['iris', { target: 'x' }, /Target and features of 'iris' are fixed/],
    ['iris', { testShare: 0.3 }, /published split of 'iris' is fixed/],
    ['iris', { procedure: 'described', validationShare: 0.1 }, /has no validation part/],
    ['iris', { procedure: 'described', testShare: 1 }, /testShare must be between 0 and 1, 1 came/],
    ['iris', { header: false }, /header is for CSV files of your own/],
    ['iris', { procedure: 'sound', testShare: 0.5, validationShare: 0.5 }, /leave rows for training/],
  ];
  for (const [source, options, message] of cases) {
    await assert.rejects(loadDataset(source, { ...alone, ...options }), (error: Error) => {
      assert.match(error.message, message);
      return error instanceof RangeError;
    });
  }
});

test('options that do not exist are refused, with the nearest one', async () => {
  await assert.rejects(loadDataset('iris', { proceduer: 'sound' } as object), {
    name: 'TypeError',
    message:
      /^Cannot load a data set: there is no option 'proceduer', perhaps 'procedure' was meant; options are/,
  });
  await assert.rejects(loadDataset('iris', 'sound' as never), {
    name: 'TypeError',
    message: /options must be an object, 'sound' came/,
  });
  await assert.rejects(loadDataset('iris', { seed: '1' } as never), TypeError);
  const files = [
    fetchFile('iris/iris.data', { chache: '' } as object),
    initialWeights('iris', 1, { mirorr: '' } as object),
  ];
  await assert.rejects(files[0], /perhaps 'cache' was meant/);
  await assert.rejects(files[1], /perhaps 'mirror' was meant/);
  await assert.rejects(publishedMaskIndices('iris', 'FT', 1, 5 as never), TypeError);
  await assert.rejects(fetchFile('iris/iris.data', { timeout: -1 }), /timeout must be above 0, -1 came/);
});

test('a source that is neither name, file nor DataFrame is refused', async () => {
  await assert.rejects(
    loadDataset('irisses'),
    /Cannot read data set 'irisses'.*one of cancer, titanic, .* or the path/,
  );
  await assert.rejects(loadDataset(7 as never), TypeError);
  await assert.rejects(loadDataset(null as never), TypeError);
});

test('without network and mirror a data set says what to do', async () => {
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  await assert.rejects(loadDataset('vowel', { ...alone, signal: controller.signal }), /^Error: enough$/);
});

test('a DataFrame is read by its columns and values', async () => {
  const frame = {
    columns: ['a', 'b', 'y'],
    values: Array.from({ length: 10 }, (_, i) => [i, i * i, i % 2 === 0]),
  } as unknown as DataFrame;
  const dataset = await loadDataset(frame, { target: 'y', procedure: 'published' });
  assert.deepEqual(dataset.classes, ['false', 'true']);
  assert.equal(dataset.table, frame);
  assert.deepEqual(row(dataset.train, 0), [-1, 1]);
  const gaps = {
    columns: ['a', 'b', 'y'],
    values: [
      [1, Number.NaN, 0],
      [1, 2, 1],
    ],
  } as unknown as DataFrame;
  await assert.rejects(loadDataset(gaps, { target: 'y' }), /Column 'b' of the DataFrame is empty in row 1/);
  const flags = {
    columns: ['a', 'b', 'y'],
    values: [
      [1, true, 0],
      [1, false, 1],
    ],
  } as unknown as DataFrame;
  await assert.rejects(
    loadDataset(flags, { target: 'y', text: 'refuse' }),
    /Column 'b' .* must hold numbers, row 1 is 'true'/,
  );
});

test('the table is a danfo DataFrame of the rows as read', { skip: danfoSkip }, async () => {
  const iris = await loadDataset('iris', alone);
  assert.deepEqual(iris.table.shape, [150, 5]);
  assert.deepEqual(iris.table.values[34], [4.9, 3.1, 1.5, 0.1, 'setosa']);
  assert.deepEqual(iris.table.values[37], [4.9, 3.1, 1.5, 0.1, 'setosa']);
  assert.equal(iris.table, iris.table);
  const again = await loadDataset(iris.table, { target: 'species', procedure: 'described' });
  const built = await loadDataset('iris', { ...alone, procedure: 'described' });
  assert.deepEqual(again.train.inputs, built.train.inputs);
});

function checkDataset({ name, train, validation, test: tested, outputs, features, classes }: Dataset): void {
  const parts = validation === null ? [train, tested] : [train, validation, tested];
  const rows = parts.flatMap(part => [...part.sourceRows]);
  assert.equal(new Set(rows).size, rows.length, `${name} uses a row twice`);
  for (const part of parts) {
    assert.equal(part.inputs.length, part.rows * features.length);
    assert.equal(part.targets.length, part.rows * outputs);
    assert.ok(part.inputs.every(Number.isFinite));
    assert.ok(part.labels.every(label => label >= 0 && label < classes.length));
    assert.equal(sum(part.targets), outputs === 1 ? sum(part.labels) : part.rows);
  }
}
