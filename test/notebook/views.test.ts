import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { granger } from '../../src/causality/granger';
import { result } from '../../src/core/result';
import { figure } from '../../src/figures/figure';
import { createMask } from '../../src/network/mask';
import { init } from '../../src/notebook/init';
import { figureHtml } from '../../src/notebook/plotlyEmbed';
import { progress } from '../../src/notebook/progress';
import { viewStudyTable } from '../../src/notebook/studyTableView';
import { table, tableHtml } from '../../src/notebook/table';
import { show } from '../../src/notebook/views';
import { studyRow, studyTable } from '../../src/study/studyTable';
import { madeUpComparison, madeUpScan } from '../figures/madeUp';

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
  const rows = [
    studyRow('<made up>', 1, { epochs: 0, acc: 4 }, { epochs: 7, acc: 0.51 }, { epochs: 7, acc: 0.5 }),
  ];
  const made = studyTable({
    table: 1,
    title: 'Made up',
    procedure: 'published',
    masks: 'published',
    columns: { epochs: 0, acc: 4 },
    rows,
  });
  const html = viewStudyTable(made)['text/html'] ?? '';
  assert.match(html, /<td>7 ✓<\/td><td>0\.5100<br><small>paper 0\.5000<\/small><\/td>/);
  assert.ok(!html.includes('<made up>'));
  assert.match(inspect(made), /1 of 2 compared cells agree/);
});

test('show refuses a kind that nothing knows', () => {
  assert.throws(() => show({ kind: 'riddle' }), TypeError);
});

test('text of a user stays text inside tables', () => {
  const html = tableHtml(table([{ [attack]: attack }], { caption: attack }));
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
