import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadDataset } from '../../src/data/loadDataset';
import { formatTheorem, slopeText } from '../../src/study/formatTheorem';
import { savedTheorem, theoremPlan } from '../../src/study/savedTheorem';
import { theoremFigure } from '../../src/study/theoremFigure';
import { type TheoremRow, theoremFits } from '../../src/study/theoremFits';
import { theoremSimulation } from '../../src/study/theoremSimulation';

const iris = loadDataset('iris', { procedure: 'sound' });

/** Rows with epsilon = 3 width^power exactly, and dense = width^-1. */
function powerLaw(power: number): TheoremRow[] {
  return Array.from({ length: 10 }, (_, d) =>
    [8, 32, 256].map(width => ({
      rule: 'random' as const,
      width,
      draw: d + 1,
      weights: 100,
      removed: 40,
      epsilon: (3 + d) * width ** power,
      upper: 100,
      dense: 1 / width,
    })),
  ).flat();
}

test('the slope of a power law is its power, relative to the output one more', () => {
  const [{ epsilon, relative, dense }] = theoremFits(powerLaw(-0.5), 1);
  assert.ok(Math.abs(epsilon.estimate + 0.5) < 1e-12);
  assert.ok(Math.abs(relative.estimate - 0.5) < 1e-12);
  assert.ok(Math.abs(dense.estimate + 1) < 1e-12);
});

test('draws that lack a width are left out, and masks that change nothing leave no slope', () => {
  const rows = powerLaw(-0.5);
  const gap = rows.map(row => (row.draw === 1 ? { ...row, epsilon: 1e9 } : row)).slice(1);
  assert.equal(theoremFits(gap, 1)[0].epsilon.n, 9);
  const still = rows.map(row => (row.draw === 2 ? { ...row, epsilon: 0 } : row));
  const [{ epsilon }] = theoremFits(still, 1);
  assert.equal(epsilon.status, 'non-finite');
  assert.equal(slopeText(epsilon), 'none');
});

test('networks are drawn as the theorem says and masks remove what was asked', async () => {
  const simulation = await theoremSimulation(await iris, { widths: [8, 16], draws: 2 });
  const { rows, fits, missing } = simulation;
  assert.equal(rows.length, 20);
  assert.equal(missing, 0);
  assert.deepEqual(
    fits.map(({ rule }) => rule),
    ['random', 'magnitude', 'legcnet', 'shuffled', 'threshold'],
  );
  for (const { rule, width, weights, removed, epsilon, upper, dense } of rows) {
    assert.equal(weights, 7 * width);
    if (rule !== 'threshold') assert.equal(removed, Math.round(0.4 * weights));
    assert.ok(epsilon >= 0 && epsilon <= upper * (1 + 1e-9));
    // |f| <= |W2| |a| <= sqrt(3 h) h^-1/2 sqrt(h), far above what networks reach.
    assert.ok(dense > 0 && dense < Math.sqrt(3 * width));
  }
  assert.equal(fits[0].epsilon.status, 'too-short');
});

test('a vanishing share removes width^-power of the weights, magnitude changes less than chance', async () => {
  const { rows, fits } = await theoremSimulation(await iris, {
    widths: [16, 64],
    draws: 8,
    remove: { power: 0.5 },
    rules: ['random', 'magnitude'],
  });
  for (const { width, weights, removed } of rows)
    assert.equal(removed, Math.round(weights / Math.sqrt(width)));
  assert.ok(fits[1].epsilon.estimate < fits[0].epsilon.estimate);
});

test('the same seed gives the same bits; more draws or widths leave the others as they are', async () => {
  const plan = { rules: ['random', 'legcnet'], activation: 'tanh' } as const;
  const few = await theoremSimulation(await iris, { ...plan, widths: [8, 16], draws: 1 });
  const more = await theoremSimulation(await iris, { ...plan, widths: [8, 12, 16], draws: 2 });
  const same = more.rows.filter(({ draw, width }) => draw === 1 && width !== 12);
  assert.deepEqual(few.rows, same);
});

test('the saved rows are those of the plan, under their bounds, and some come out again', async () => {
  const saved = savedTheorem();
  assert.deepEqual(
    saved.map(({ name }) => name),
    Object.keys(theoremPlan),
  );
  for (const { simulation } of saved) {
    const { rows, widths, draws, fits, missing } = simulation;
    assert.equal(rows.length, widths.length * draws * fits.length - missing);
    assert.ok(rows.every(({ epsilon, upper }) => epsilon <= upper * (1 + 1e-9)));
  }
  for (const { name, simulation } of saved) {
    const again = await theoremSimulation(await iris, { ...theoremPlan[name], widths: [8, 16], draws: 1 });
    for (const row of again.rows) {
      const kept = simulation.rows.find(
        ({ rule, width, draw }) => rule === row.rule && width === row.width && draw === row.draw,
      );
      assert.equal(kept?.removed, row.removed);
      assert.ok(Math.abs((kept?.epsilon ?? Number.NaN) - row.epsilon) < 1e-9, `${name} ${row.rule}`);
    }
  }
});

test('claim 13 as the saved rows have it: no slope at a fixed share of sigmoids, one at a vanishing share', () => {
  const fit = (name: string, rule: string) => {
    const found = savedTheorem().find(each => each.name === name)?.simulation.fits;
    return found?.find(each => each.rule === rule) as NonNullable<typeof found>[number];
  };
  for (const rule of ['random', 'magnitude', 'threshold']) {
    const { low, high } = fit('sigmoid, 40 % removed', rule).epsilon;
    assert.ok(low < 0 && high > 0, rule);
  }
  for (const rule of ['random', 'magnitude', 'legcnet', 'shuffled']) {
    assert.ok(fit('sigmoid, h^-1/2 removed', rule).epsilon.high < 0, rule);
    const { low, high } = fit('tanh, 40 % removed', rule).epsilon;
    assert.ok(low > -0.6 && high < -0.3, rule);
  }
});

test('the figure has a line a rule in every panel, the text a line', () => {
  const saved = savedTheorem();
  const { data, summary } = theoremFigure(saved.slice(0, 2));
  assert.equal(data.length, 10);
  assert.equal(data.filter(({ showlegend }) => showlegend).length, 5);
  assert.match(summary, /tanh, 40 % removed: random/);
  assert.match(formatTheorem(saved), /magnitude +−0\.05 \[−0\.12, 0\.02\]/);
});

test('wrong options are refused in words, and a stop is obeyed', async () => {
  const dataset = await iris;
  await assert.rejects(theoremSimulation(dataset, { widths: [4, 8] }), /larger than inputs, outputs/);
  await assert.rejects(theoremSimulation(dataset, { widths: [16, 8] }), RangeError);
  await assert.rejects(theoremSimulation(dataset, { widths: [8] }), RangeError);
  await assert.rejects(theoremSimulation(dataset, { remove: { share: 0 } }), /share must be/);
  await assert.rejects(theoremSimulation(dataset, { rules: ['best'] as never }), /a rule must be one of/);
  await assert.rejects(theoremSimulation(dataset, { depth: 1 } as object), /there is no option 'depth'/);
  const stop = new AbortController();
  const run = theoremSimulation(dataset, { signal: stop.signal });
  stop.abort(new Error('enough'));
  await assert.rejects(run, /enough/);
});
