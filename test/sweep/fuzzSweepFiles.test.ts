import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jobsOfFile, sweepGrid } from '../../src';
import { readJson } from '../../src/core/readJson';
import { preparedJobs } from '../../src/sweep/preparedJobs';
import { savedStates } from '../../src/sweep/sweep';
import { sweepResult } from '../../src/sweep/sweepResult';
import { rowsText } from '../../src/sweep/sweepRows';
import { openSweepStore, readStored, storedText } from '../../src/sweep/sweepStore';
import { fuzzJsonReader, fuzzReader } from '../support/fuzzReader';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-sweep-files-'));
after(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'own.js'), 'exports.run = x => x;');

const start = { work: 'legcnet', dataset: 'iris', variant: 'PT', procedure: 'described' };
const files = [
  [
    { ...start, seed: 1, search: { rule: { remove: 'causal', alpha: 0.01 }, cause: 'target' } },
    {
      work: 'module',
      module: 'own.js',
      export: 'run',
      arguments: { x: [1, 2.5], deep: { a: null, b: 'c' } },
    },
  ],
  {
    jobs: [{ work: 'tables', dataset: 'cancer', init: 2 }],
    grids: [
      { ...start, dataset: ['iris', 'cancer'], init: [1, 2, 3], training: { epochs: [10, 20] } },
      { work: 'choice', dataset: 'iris', seed: [1, 2] },
    ],
  },
];

const jobsFile = join(folder, 'jobs.json');
const readJobs = (bytes: Uint8Array): void => {
  writeFileSync(jobsFile, bytes);
  const prepared = preparedJobs(jobsOfFile(readJson(jobsFile)), folder);
  for (const { id } of prepared) assert.match(id, /^[0-9a-f]{64}$/);
  const again = preparedJobs(JSON.parse(JSON.stringify(prepared.map(({ job }) => job))), folder);
  assert.deepEqual(
    again.map(({ id }) => id),
    prepared.map(({ id }) => id),
  );
  sweepResult(folder, prepared, new Map());
};
const words = [
  'null',
  '[]',
  '{}',
  '-1',
  '1e999',
  '"work"',
  '"module"',
  '"own.js"',
  '"../"',
  '[[',
  '}}',
  '"seed":',
];
const asText = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
fuzzReader('sweep jobs JSON', files.map(asText), readJobs, words);
fuzzJsonReader('sweep jobs', files, readJobs);

const [job] = preparedJobs([{ work: 'legcnet', dataset: 'iris', seed: 1 }], folder);
const place = join(folder, `${job.id}.json`);
const rows = [
  { network: 'dense', accuracy: 0.9, odd: Number.NaN, widths: [4, 6, -0], isIt: true, none: null },
  { network: 'pruned', accuracy: 1 / 3, odd: Number.NEGATIVE_INFINITY },
];
const made = { version: '1.2.3', seconds: 0.5 };

/** What is read in place of a result: rows as they must be, or that it is damaged. */
async function readResult(): Promise<void> {
  const states = await savedStates([job], await openSweepStore(folder));
  const { jobs, damaged } = sweepResult(folder, [job], states);
  const [{ status, version, seconds }] = jobs;
  if (damaged.length > 0) {
    assert.equal(status, 'pending');
    throw new Error(`${place} is damaged, and is made again`);
  }
  assert.equal(status, 'done');
  assert.ok(typeof version === 'string' && typeof seconds === 'number' && seconds >= 0);
  for (const cell of jobs[0].rows.flatMap(row => Object.values(row))) {
    const isCell = cell === null || ['number', 'string', 'boolean'].includes(typeof cell);
    assert.ok(isCell || (Array.isArray(cell) && cell.every(each => typeof each === 'number')), String(cell));
  }
}

const sound = storedText(job, { rows: rowsText(rows), ...made });
fuzzReader(
  'sweep result',
  [Buffer.from(sound)],
  async bytes => {
    const stored = Buffer.from(bytes).toString('utf8');
    // Two in three get a checksum that is right, so that what is behind it is reached.
    writeFileSync(place, bytes.length % 3 === 0 ? stored : summed(stored.slice(stored.indexOf('\n') + 1)));
    await readResult();
  },
  ['null', '[]', '{}', '\n', '[[]]', '{"number":"NaN"}', '{"number":1}', '"seconds":', '1e999'],
);
fuzzJsonReader(
  'sweep result',
  [{ job: JSON.parse(job.text), rows: JSON.parse(rowsText(rows)), made }],
  async bytes => {
    const { made: making, ...content } = Object(JSON.parse(Buffer.from(bytes).toString('utf8')));
    writeFileSync(place, summed(`${JSON.stringify(content)}\n${JSON.stringify(making)}\n`));
    await readResult();
  },
);

function summed(body: string): string {
  const sha256 = createHash('sha256').update(body).digest('hex');
  return `${JSON.stringify({ format: 'legcnet-sweep-1', sha256 })}\n${body}`;
}

test('null is no default, and what is nested without end is refused', () => {
  const prepare = (given: object): unknown => preparedJobs([{ ...start, ...given } as never], folder);
  for (const name of ['procedure', 'init', 'variant', 'search', 'training']) {
    assert.throws(() => prepare({ [name]: null }), /^(Type|Range)Error: Cannot sweep job 1 of 1: /, name);
  }
  const endless: { self?: unknown } = {};
  endless.self = endless;
  const own = { work: 'module', module: 'own.js', arguments: endless };
  assert.throws(() => preparedJobs([own as never], folder), {
    name: 'TypeError',
    message: /^Cannot sweep job 1 of 1: it\.arguments\.self.* is nested more than 100 levels deep$/,
  });
  assert.throws(
    () => sweepGrid(own as never),
    /Cannot expand a grid: self is nested more than 100 levels deep/,
  );
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  assert.throws(() => preparedJobs([{ ...own, arguments: { deep } } as never], folder), /100 levels deep/);
});

test('a grid of more than a million jobs is refused before they are made', () => {
  const many = Array.from({ length: 1000 }, (_, i) => i);
  const grid = { work: 'module', module: 'own.js', arguments: { a: many, b: many, c: [1, 2] } } as const;
  assert.throws(() => sweepGrid(grid), {
    name: 'RangeError',
    message: 'Cannot expand a grid: it has 2000000 jobs, a sweep may have 1000000',
  });
});

test('a result whose checksum is right, but whose rows are none, is damaged', () => {
  const content = (rowsOfIt: string, making = JSON.stringify(made)): string =>
    summed(`{"job":${job.text},"rows":${rowsOfIt}}\n${making}\n`);
  assert.deepEqual(readStored(job, content('[{"a":[1,{"number":"NaN"}]}]')), {
    rows: '[{"a":[1,{"number":"NaN"}]}]',
    ...made,
  });
  for (const wrong of [
    'null',
    '[null]',
    '[[]]',
    '[{"a":{}}]',
    '[{"a":["b"]}]',
    '[{"a":{"number":1}}]',
    '[',
  ]) {
    assert.equal(readStored(job, content(wrong)), 'damaged', wrong);
  }
  for (const wrong of ['', 'null', '{"version":1,"seconds":1}', '{"version":"1","seconds":null}', '{']) {
    assert.equal(readStored(job, content('[]', wrong)), 'damaged', wrong);
  }
});
