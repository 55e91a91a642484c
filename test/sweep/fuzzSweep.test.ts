import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sweepGrid } from '../../src';
import { canonicalText } from '../../src/sweep/canonicalText';
import { preparedJobs } from '../../src/sweep/preparedJobs';
import { shardOf } from '../../src/sweep/sweep';
import { rowsOf, rowsText } from '../../src/sweep/sweepRows';
import { readStored, storedText } from '../../src/sweep/sweepStore';
import { fuzz } from '../support/awkwardSeries';

const [job] = preparedJobs([{ work: 'legcnet', dataset: 'iris', seed: 1 }], '.');
const names = fc.string({ minLength: 1 }).filter(name => name !== '__proto__');
const numbers = fc.double();
const cells = fc.oneof(numbers, fc.string(), fc.boolean(), fc.constant(null), fc.array(numbers));
const rows = fc.array(fc.dictionary(names, cells, { noNullPrototype: true }));

fuzz('rows come back bit for bit, and are one line', rows, given => {
  const text = rowsText(given);
  assert.ok(!text.includes('\n'));
  assert.deepEqual(rowsOf(text), given);
});

fuzz(
  'a stored result comes back, and no change of a character passes',
  fc.tuple(rows, fc.nat(), fc.nat(65535)),
  ([given, at, code]) => {
    const result = { rows: rowsText(given), version: '1.2.3', seconds: 0.5 };
    const text = storedText(job, result);
    assert.deepEqual(readStored(job, text), result);
    const place = at % text.length;
    const changed = text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1);
    // A lone surrogate and the replacement character are the same bytes.
    if (Buffer.from(changed).equals(Buffer.from(text))) return;
    assert.equal(readStored(job, changed), 'damaged');
    assert.equal(readStored(job, text.slice(0, place)), 'damaged');
  },
);

fuzz('any text in place of a result is damaged', fc.string(), text => {
  assert.equal(readStored(job, text), 'damaged');
});

fuzz(
  'shards hold every job once',
  fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 50 })),
  ([jobs, count]) => {
    const all = Array.from({ length: jobs }, (_, i) => i);
    const shards = Array.from({ length: count }, (_, i) => shardOf(all, { index: i + 1, count }));
    assert.deepEqual(
      shards.flat().sort((a, b) => a - b),
      all,
    );
    const sizes = shards.map(({ length }) => length);
    assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
  },
);

fuzz('a configuration has one text, in whatever order it was written', fc.jsonValue(), value => {
  const turned = (each: unknown): unknown =>
    Array.isArray(each)
      ? each.map(turned)
      : typeof each === 'object' && each !== null
        ? Object.fromEntries(
            Object.entries(each)
              .reverse()
              .map(([name, item]) => [name, turned(item)]),
          )
        : each;
  assert.equal(canonicalText(turned(value)), canonicalText(value));
  assert.deepEqual(JSON.parse(canonicalText(value)), value);
});

const idOf = (given: object): string => preparedJobs([given as never], __dirname)[0].id;

test('defaults, spelled out or left out, are the same job; anything else is another', () => {
  const plain = { work: 'legcnet', dataset: 'iris' };
  const same = [
    { dataset: 'iris', work: 'legcnet' },
    { ...plain, variant: 'FT', procedure: 'sound', init: 1, search: {}, training: {} },
    {
      ...plain,
      seed: undefined,
      search: { rule: { alpha: 0.05, remove: 'non-causal' }, cause: 'exponents' },
    },
    { ...plain, training: { learningRate: 0.05, epochs: 250, batch: 1, momentum: 0 } },
  ];
  assert.deepEqual(new Set(same.map(idOf)), new Set([idOf(plain)]));
  const others = [
    plain,
    { ...plain, dataset: 'cancer' },
    { ...plain, variant: 'PT' },
    { ...plain, procedure: 'described' },
    { ...plain, init: 2 },
    { ...plain, seed: 1 },
    { ...plain, work: 'tables' },
    { ...plain, work: 'choice' },
    { ...plain, training: { epochs: 251 } },
    { ...plain, search: { rule: { remove: 'non-causal', alpha: 0.01 } } },
    // A field replaces the procedure's as a whole: without alpha the rule's own default holds, whatever the procedure's is.
    { ...plain, search: { rule: { remove: 'non-causal' } } },
    { work: 'module', module: 'ownWork.js' },
    { work: 'module', module: 'ownWork.js', export: 'fail' },
    { work: 'module', module: 'ownWork.js', arguments: { x: 1 } },
  ];
  assert.equal(new Set(others.map(idOf)).size, others.length);
  const spelled = { work: 'module', module: 'ownWork.js', export: 'run', arguments: {} };
  assert.equal(idOf(spelled), idOf({ work: 'module', module: 'ownWork.js' }));
});

test('the name of a job does not change with this package: results that are kept are found again', () => {
  // Pinned: SHA-256 of {"dataset":"iris","work":"legcnet"}, by sha256sum.
  assert.equal(
    idOf({ work: 'legcnet', dataset: 'iris' }),
    '4e1438c34c655c3c83d976736f518ad067db6958bd541f05f83b7463b22d324c',
  );
});

test('a grid holds every combination, the first list changing slowest', () => {
  assert.deepEqual(
    sweepGrid({
      work: 'legcnet',
      dataset: ['iris', 'cancer'],
      procedure: 'sound',
      search: { rule: { remove: 'non-causal', alpha: [0.01, 0.05] } },
    }),
    ['iris', 'cancer'].flatMap(dataset =>
      [0.01, 0.05].map(alpha => ({
        work: 'legcnet',
        dataset,
        procedure: 'sound',
        search: { rule: { remove: 'non-causal', alpha } },
      })),
    ),
  );
  const example = {
    work: 'legcnet',
    dataset: ['iris', 'cancer'],
    variant: ['FT', 'PT'],
    init: [1, 2, 3],
  } as const;
  assert.equal(sweepGrid(example).length, 12);
  const ownArguments = { layers: [[4, 6, 3]], x: [1, 2] };
  const own = sweepGrid({ work: 'module', module: 'a.js', arguments: ownArguments });
  assert.deepEqual(
    own.map(each => (each.work === 'module' ? each.arguments : null)),
    [1, 2].map(x => ({ layers: [4, 6, 3], x })),
  );
  assert.throws(() => sweepGrid({ work: 'legcnet', dataset: [] }), /dataset is an empty list/);
  assert.throws(() => sweepGrid('iris' as never), TypeError);
});
