import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { granger } from '../../src/causality/granger';
import { result } from '../../src/core/result';
import { loadDataset } from '../../src/data/loadDataset';
import { figure } from '../../src/figures/figure';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { train } from '../../src/network/train';
import { viewChoiceStudy } from '../../src/notebook/choiceStudyView';
import { init } from '../../src/notebook/init';
import { figureHtml } from '../../src/notebook/plotlyEmbed';
import { progress } from '../../src/notebook/progress';
import { sortScript } from '../../src/notebook/sortScript';
import { viewStudyTable } from '../../src/notebook/studyTableView';
import { table, tableHtml } from '../../src/notebook/table';
import { show } from '../../src/notebook/views';
import { choiceStudy } from '../../src/study/choiceStudy';
import { studyTable } from '../../src/study/studyTable';
import { madeUpComparison, madeUpRecording, madeUpScan } from '../figures/madeUp';
import { madeUpChoices } from '../support/madeUpChoices';

const attack = '</script><img src=x onerror=alert(1)>';

init();

test('results print as text outside a notebook once init was called', () => {
  assert.equal(inspect(figure([], {}, 'Nothing drawn.')), '[figure] Nothing drawn.');
  assert.match(inspect(createMask([4, 6, 3], [0], 'the first')), /1 of 42 weights removed/);
  assert.match(inspect(result(madeUpComparison())), /epochs +133 +250 +117/);
  assert.match(inspect(result(madeUpScan())), /without an answer +1 constant/);
});

test('a test of two series shows its numbers under its name', () => {
  const text = inspect(
    granger([1, 2, 4, 3, 5, 7, 6, 8, 9, 1, 3, 4, 5], [2, 3, 1, 4, 5, 6, 3, 7, 8, 1, 9, 2, 3]),
  );
  assert.match(text, /^Granger test\n/);
  assert.match(text, /p-value +0\.5508/);
});

test("a table of the study marks cells that agree and shows the paper's value where they differ", () => {
  const cells = {
    epochs: { published: 7, ours: 7, match: true },
    acc: { published: 0.5, ours: 0.51, match: false, reason: 'By design <b>' },
  };
  const made = studyTable({
    table: 1,
    title: '<made up>',
    procedure: 'published',
    masks: 'published',
    columns: { epochs: 0, acc: 4 },
    rows: [{ dataset: 'iris', init: 1, starts: 1, cells }],
  });
  const html = viewStudyTable(made)['text/html'] ?? '';
  assert.match(html, /<td[^>]*>7<br>✓<\/td><td[^>]*>0\.5100<br>≠ 0\.5000 <sup>1<\/sup><\/td>/);
  assert.match(html, /<li>By design &lt;b&gt;<\/li>/);
  assert.ok(!html.includes('<made up>'));
  assert.match(inspect(made), /Of 2 compared cells 1 agree/);
});

test('a table of the paper heads its columns in words, networks below quantities', () => {
  const cell = { published: null, ours: 1, match: null };
  const made = studyTable({
    table: 1,
    title: 'Made up',
    procedure: 'published',
    masks: 'published',
    columns: { epochsDense: 0, epochsFT: 0, nonCausal: 0 },
    rows: [
      { dataset: 'iris', init: 1, starts: 1, cells: { epochsDense: cell, epochsFT: cell, nonCausal: cell } },
    ],
  });
  const html = viewStudyTable(made)['text/html'] ?? '';
  assert.match(
    html,
    /<th scope="colgroup" colspan="2">epochs<\/th><th scope="colgroup" colspan="1">removed<\/th>/,
  );
  assert.match(
    html,
    /<th scope="col"[^>]*>dense<\/th><th scope="col"[^>]*>FT<\/th><th scope="col"[^>]*>FT<\/th>/,
  );
  assert.ok(!html.includes('epochsDense'));
});

test('a study of choices shows intervals in points, marks those off zero, and says so of starts without a mask', () => {
  const [none, better] = [
    choiceStudy(madeUpChoices(() => 0)),
    choiceStudy(madeUpChoices(start => 0.05 + start / 1000)),
  ].map(study => viewChoiceStudy(study)['text/html'] ?? '');
  assert.match(better, /\+5\.55 ▲<br>\[\+5\.\d\d, \+5\.\d\d\]/);
  assert.ok(!none.split('<details>')[0].includes('▲<br>'));
  assert.match(none, /<td[^>]*>10 of 11<\/td>/);
});

test('a run that diverged says so in its first line', async () => {
  const iris = await loadDataset('iris', { procedure: 'published' });
  const linear = createNetwork({ layers: [4, 6, 3], activation: 'identity', output: 'identity', seed: 1 });
  const run = await train(linear, iris, { epochs: 50, learningRate: 50 });
  assert.equal(run.diverged, true);
  const warning = /^DIVERGED, every number is worthless\. Trained 4-6-3 network/;
  assert.match(inspect(run), warning);
  const recording = { ...madeUpRecording('weights', 10, () => Number.NaN), diverged: true };
  assert.match(inspect(result(recording)), /^DIVERGED, .* Recorded weights: 42 series of 10 iterates\n/);
});

test('a comparison notes in which settings its runs differ, and a run that diverged', () => {
  const shown = inspect(
    result({
      ...madeUpComparison(),
      differences: ['learning rate 0.05 against 0.1'],
      diverged: { dense: false, sparse: true },
    }),
  );
  assert.match(
    shown,
    /^DIVERGED, every number is worthless\. Dense against sparse on toy\nsparse: diverged; /,
  );
  assert.match(shown, /; the runs differ in more than the mask: learning rate 0\.05 against 0\.1\n/);
});

test('show refuses a kind that nothing knows', () => {
  assert.throws(() => show({ kind: 'riddle' }), TypeError);
});

test('text of a user stays text inside tables', () => {
  const html = tableHtml(table([{ [attack]: attack }], { caption: attack })).replace(sortScript, '');
  assert.ok(!html.includes('<img') && !html.includes('</script>'));
  assert.ok(html.includes('&lt;img'));
});

test('text of a user cannot leave the script or the labels of a figure', () => {
  const drawn = figure([{ type: 'bar', name: attack }], { title: { text: attack } }, attack);
  const html = figureHtml(drawn, 'id"><b>');
  assert.ok(!html.includes('<img') && !html.includes('<b>'));
  // Only the figure's own script ends.
  assert.equal(html.split('</script>').length, 2);
});

test('table reads records and data frames, and says what it left out', () => {
  assert.deepEqual(table([{ a: 1 }, { b: 'x' }]).columns, ['a', 'b']);
  const frame = table({ columns: ['a'], values: [[1], [2], [3]] }, { limit: 2 });
  assert.deepEqual([frame.rows, frame.totalRows], [[[1], [2]], 3]);
  assert.match(tableHtml(frame), /first 2 of 3 rows/);
  assert.throws(() => table({} as never), TypeError);
});

test('table shows the index of a data frame where it says more than the number of the row', () => {
  const numbered = table({ columns: ['a'], values: [[1], [2]], index: [0, 1] });
  assert.deepEqual([numbered.columns, numbered.rows], [['a'], [[1], [2]]]);
  const named = table({ columns: ['a'], values: [1, 2], index: ['mean', 'sd'] });
  assert.deepEqual(
    [named.columns, named.rows],
    [
      ['', 'a'],
      [
        ['mean', 1],
        ['sd', 2],
      ],
    ],
  );
});

test('progress outside a notebook prints a first and a final line and no control characters', t => {
  const lines: string[] = [];
  t.mock.method(process.stdout, 'write', (text: string) => {
    lines.push(text);
    return true;
  });
  const { onProgress } = progress('Counting');
  for (let done = 1; done <= 100; done++) onProgress({ task: 'x', done, total: 100, unit: 'steps' });
  t.mock.restoreAll();
  const ours = lines.filter(line => line.includes('Counting'));
  assert.equal(ours.length, 2);
  assert.match(ours[1], /^Counting: 100 of 100 steps · done in 0\.\d s\n$/);
});
