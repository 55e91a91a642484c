import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  beeswarmFigure,
  importance,
  type Layout,
  type ShapleyValues,
  shapley,
  shapleyBarFigure,
  shapleyPanelFigure,
  type Trace,
  waterfallFigure,
} from '../../src';

/** f = 3 a - 2 b + 0 c on rows whose values are known by hand: 3 a, -2 b and 0 against a background of zeros. */
function linear(rows: readonly number[][], names = ['a', 'b', 'c']): Promise<ShapleyValues> {
  const f = (x: Float64Array, n: number) =>
    Float64Array.from({ length: n }, (_, r) => 3 * x[3 * r] - 2 * x[3 * r + 1]);
  return shapley(f, [[0, 0, 0]], rows, { names });
}

const rows = Array.from({ length: 20 }, (_, i) => [(i - 10) / 10, i / 10, 1]);
const textOf = (layout: Layout): string[] =>
  (layout.annotations as { text: string }[]).map(({ text }) => text);

test('shapleyBarFigure draws the largest bar on top, with its interval and three digits', async () => {
  const found = importance(await linear(rows));
  const { data, layout, summary } = shapleyBarFigure(found);
  // mean |3 a| = 3 x 10.0 / 20 = 1.5, mean |2 b| = 2 x 0.95 = 1.9
  assert.deepEqual((layout.yaxis as Layout).ticktext, ['b', 'a', 'c']);
  assert.deepEqual(textOf(layout), ['1.90', '1.50', '0.00']);
  assert.deepEqual(data[0].x, [1.9, 1.5, 0]);
  const error = data[0].error_x as { array: (number | null)[] };
  assert.ok(error.array[0]! > 0.1 && error.array[2] === null);
  assert.match(summary, /b 1\.9, a 1\.5/);
});

test('shapleyBarFigure sums up the features that it does not draw', async () => {
  const { data, layout } = shapleyBarFigure(importance(await linear(rows)), { shown: 1 });
  assert.equal((data[0].x as number[]).length, 1);
  assert.match((layout.title as { text: string }).text, /2 more features, together 1\.5/);
});

test('beeswarmFigure places every row at its value, and colours it by the value of the feature', async () => {
  const shap = await linear(rows);
  const { data } = beeswarmFigure(shap);
  const a = data.find(({ name }) => name === 'a')!;
  (a.x as number[]).forEach((x, i) => {
    assert.ok(Math.abs(x - 3 * rows[i][0]) < 1e-4);
  });
  const marker = a.marker as { color: number[]; colorscale: [number, string][] };
  assert.deepEqual([marker.color[0], marker.color[19]], [0, 1]);
  assert.deepEqual([marker.colorscale[0][1], marker.colorscale[2][1]], ['#2166AC', '#B2182B']);
  assert.equal((data.find(({ name }) => name === 'c')!.marker as { color: string }).color, '#8A8A8A');
  assert.deepEqual(beeswarmFigure(shap), beeswarmFigure(shap));
});

test('beeswarmFigure keeps crowded points apart and inside their row', async () => {
  const { data } = beeswarmFigure(await linear(Array.from({ length: 300 }, (_, i) => [1 + 1e-6 * i, 0, 0])));
  const y = data[0].y as number[];
  assert.equal(new Set(y).size, 300);
  assert.ok(Math.max(...y) <= 0.4 && Math.min(...y) >= -0.4);
});

test('beeswarmFigure shows rows at equal steps where there are thousands, and says so', async () => {
  const many = Array.from({ length: 5000 }, (_, i) => [i / 5000, 0, 0]);
  const { data, layout } = beeswarmFigure(await linear(many));
  assert.equal((data[0].x as number[]).length, 1250);
  assert.match((layout.title as { text: string }).text, /1.250 rows of 5.000 drawn/);
});

test('waterfallFigure climbs from the expected output to that of the row', async () => {
  const { data, summary } = waterfallFigure(await linear([[2, 1, 5]]), 0);
  const [bar] = data;
  // From the bottom: c adds 0 at 0, b takes 2 from 0, a adds 6 from -2.
  assert.deepEqual(bar.x, [6, -2, 0]);
  assert.deepEqual(bar.base, [-2, 0, 0]);
  assert.deepEqual((bar.text as string[]).slice(0, 2), ['+6.00', '−2.00']);
  assert.match(summary, /From 0 to 4: a = 2 6, b = 1 −2/);
});

test('waterfallFigure refuses rows that are not there or have no values', async () => {
  const shap = await linear([[Number.NaN, 1, 1]]);
  assert.throws(() => waterfallFigure(shap, 1), /row must be a whole number from 0 to 0, 1 came/);
  assert.throws(() => waterfallFigure(shap, 0), /row 0 has no values/);
  assert.throws(() => beeswarmFigure(shap, { output: 1 }), RangeError);
});

test('shapleyPanelFigure keeps one order and one scale, and numbers the ranks that differ', async () => {
  const [first, second] = await Promise.all([linear(rows), linear(rows.map(([a, b]) => [2 * a, b, 0]))]);
  const panels = [
    { name: 'dense', importance: importance(first), published: [1.4, 1.8, 0.1] },
    { name: 'a < b', importance: importance(second) },
  ];
  const { data, layout, summary } = shapleyPanelFigure(panels);
  assert.deepEqual((layout.yaxis as Layout).ticktext, (layout.yaxis2 as Layout).ticktext);
  assert.deepEqual((layout.xaxis as Layout).range, (layout.xaxis2 as Layout).range);
  const bars = data.filter(({ type }) => type === 'bar').map(({ x }) => x);
  assert.deepEqual(bars, [
    [1.9, 1.5, 0],
    [1.9, 3, 0],
  ]);
  const circles = data.filter(({ type }: Trace) => type === 'scatter');
  assert.deepEqual(circles[0].x, [1.8, 1.4, 0.1]);
  assert.equal(circles.length, 1);
  assert.deepEqual(
    textOf(layout).filter(text => text.includes('#')),
    ['1.90 <b>#2</b>', '3.00 <b>#1</b>'],
  );
  assert.match(summary, /but not in a < b/);
  assert.ok(textOf(layout).includes('<b>a &lt; b</b>'));
});

test('shapleyPanelFigure has round numbers under every panel, none where it would run into the next', async () => {
  for (const scale of [1e-6, 0.0007, 0.02, 0.3, 1, 4, 70, 1e5]) {
    const scaled = importance(await linear(rows.map(row => row.map(value => value * scale))));
    const panels = ['a', 'b', 'c', 'd', 'e'].map(name => ({ name, importance: scaled }));
    const { tickvals, range } = shapleyPanelFigure(panels).layout.xaxis5 as {
      tickvals: number[];
      range: [number, number];
    };
    assert.ok(tickvals.length >= 2 && tickvals.length <= 4, String(tickvals));
    assert.equal(tickvals[0], 0);
    assert.ok(tickvals.at(-1)! < 0.9 * range[1], `${tickvals} in ${range}`);
  }
});

test('shapleyPanelFigure refuses nothing, and panels of other features', async () => {
  assert.throws(() => shapleyPanelFigure([]), /at least one panel/);
  const [one, two] = await Promise.all([linear(rows), linear(rows, ['a', 'b', 'd'])]);
  assert.throws(
    () =>
      shapleyPanelFigure([
        { name: 'one', importance: importance(one) },
        { name: 'two', importance: importance(two) },
      ]),
    /Panels need the same features/,
  );
});
