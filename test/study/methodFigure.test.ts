import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadDataset } from '../../src/data/loadDataset';
import { createNetwork } from '../../src/network/createNetwork';
import { figure1 } from '../../src/study/figure1';
import { figureRun } from '../../src/study/figureRun';
import { legcnetFT } from '../../src/study/legcnet';
import { methodFigure, overviewFigure } from '../../src/study/methodFigure';
import { figure2, figure3, figure4 } from '../../src/study/methodFigures';
import { methodNumbers } from '../../src/study/methodNumbers';
import { studyProcedure } from '../../src/study/studyProcedure';

interface Box {
  readonly type: string;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}
interface Note {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly showarrow: boolean;
  readonly xanchor?: string;
}

const WIDTH = 736;

/** No two boxes overlap, and no text of a box leaves it; words on arrows stay within the figure. */
function checkPlaces({ layout }: ReturnType<typeof methodFigure>): void {
  const boxes = (layout.shapes as Box[]).filter(({ type }) => type === 'rect');
  assert.ok(boxes.length >= 7);
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) {
      const apart = a.x1 <= b.x0 || b.x1 <= a.x0 || a.y1 <= b.y0 || b.y1 <= a.y0;
      assert.ok(apart, `${JSON.stringify(a)} and ${JSON.stringify(b)}`);
    }
  });
  const letters = (text: string): number =>
    Math.max(...text.split('<br>').map(line => line.replace(/<[^>]+>/g, '').length));
  for (const { x, y, text, showarrow, xanchor } of layout.annotations as Note[]) {
    if (showarrow || text === '') continue;
    // Wider than most letters of this size.
    const width = letters(text) * (text.startsWith('<b>') ? 6.9 : 6.4);
    const box = boxes.find(({ x0, x1, y0, y1 }) => x > x0 && x < x1 && y > y0 && y < y1);
    if (box === undefined) {
      const left = xanchor === 'left' ? x + 8 : xanchor === 'right' ? x - 8 - width : x - width / 2;
      assert.ok(left >= 0 && left + width <= WIDTH + 12, text);
    } else assert.ok(x - width / 2 >= box.x0 && x + width / 2 <= box.x1, text);
  }
}

describe('flowcharts of runs', () => {
  for (const procedure of ['sound', 'described', 'published'] as const) {
    for (const variant of ['FT', 'PT'] as const) {
      test(`${procedure} ${variant}: the numbers are those of the run, and nothing overlaps`, async () => {
        const run = await figureRun({ procedure, variant });
        const n = methodNumbers(run);
        assert.equal(n.weights, 42);
        assert.equal(n.removed, run.search.mask.removed);
        assert.equal(n.significant, run.search.scan.pValue.filter(p => p < 0.05).length);
        assert.equal(n.removed, n.answered - n.significant);
        assert.equal(n.exponents, n.windows * 42);
        assert.equal(n.perturbation === null, procedure === 'published');
        const chart = methodFigure(run);
        checkPlaces(chart);
        checkPlaces(overviewFigure(run));
        assert.ok(chart.summary.includes(`Removed: ${n.removed}`));
        assert.ok(chart.summary.includes(`test accuracy ${run.sparse.testAccuracy.toFixed(4)}`));
        assert.equal(chart.summary.includes('left out'), procedure === 'published');
      });
    }
  }

  test('removing the causal side turns the branches round', async () => {
    const iris = await loadDataset('iris', { procedure: 'sound' });
    const { training, search } = studyProcedure('iris', 'sound').FT;
    const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
    const run = await legcnetFT(network, iris, {
      training,
      search: { ...search, rule: { remove: 'causal', alpha: 0.01, adjust: 'holm' } },
    });
    const n = methodNumbers(run);
    assert.equal(n.removed, n.significant);
    const { summary } = methodFigure(run);
    assert.ok(summary.includes(`Removed: ${n.removed} (called causal)`));
    assert.ok(summary.includes(`Kept: ${42 - n.removed} (called non-causal)`));
  });

  test('anything but a run is refused', () => {
    assert.throws(() => methodFigure({ kind: 'mask' } as never), /a legcnet-run is required/);
  });
});

test('figures 1 to 4 are drawn from runs made now', async () => {
  assert.match((await figure1()).summary, /4-6-3 network and LEGCNet-FT.*of 42 weights removed/);
  assert.match((await figure2()).summary, /^LEGCNet-FT at a glance/);
  assert.match((await figure3({ seed: 2 })).summary, /^LEGCNet-FT as it ran/);
  assert.match((await figure4()).summary, /^LEGCNet-PT as it ran/);
});
