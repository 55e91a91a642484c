import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { causesFigure } from '../../src/figures/causesFigure';
import { comparisonFigure } from '../../src/figures/comparisonFigure';
import { correctionFigure } from '../../src/figures/correctionFigure';
import { exponentFigure } from '../../src/figures/exponentFigure';
import type { Figure } from '../../src/figures/figure';
import { grangerFigure } from '../../src/figures/grangerFigure';
import { lagFigure } from '../../src/figures/lagFigure';
import { lossFigure } from '../../src/figures/lossFigure';
import { seriesFigure } from '../../src/figures/seriesFigure';
import { stationarityFigure } from '../../src/figures/stationarityFigure';
import { testSizeFigure } from '../../src/figures/testSizeFigure';
import { trajectoryFigure } from '../../src/figures/trajectoryFigure';
import { findChromium, withChromium } from '../../src/notebook/chromium';
import { addImages } from '../../src/notebook/images';
import { type DisplayOutput, type NotebookFile, notebookText } from '../../src/notebook/notebookFile';
import { parsePercent } from '../../src/notebook/percent';
import { plotlyEmbed, plotlySource } from '../../src/notebook/plotlyEmbed';
import { reportHtml, writeReport } from '../../src/notebook/report';
import type { ExecutedNotebook } from '../../src/notebook/runner';
import {
  madeUpComparison,
  madeUpEpochs,
  madeUpExponents,
  madeUpRecording,
  madeUpScan,
  mask,
} from '../figures/madeUp';
import { madeUpCounts, madeUpSize, madeUpStationarity, scanAt } from '../figures/madeUpCausality';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));
const skip = findChromium() === null ? 'no Chromium on this machine' : false;

async function allFigures(): Promise<readonly Figure[]> {
  return [
    lossFigure({ epochs: madeUpEpochs(40, true), stopped: true }),
    await trajectoryFigure(madeUpRecording('weights', 5000, (k, t) => Math.sin(k + t / 500))),
    await trajectoryFigure(madeUpRecording('difference', 500, (k, t) => 1e-6 * Math.exp(t / 100 - k))),
    exponentFigure(madeUpExponents()),
    grangerFigure(madeUpScan()),
    grangerFigure(madeUpScan(), { mask }),
    comparisonFigure(madeUpComparison()),
    seriesFigure(madeUpExponents(), new Float64Array(12)),
    stationarityFigure([{ name: 'as measured', scan: madeUpStationarity() }]),
    lagFigure([scanAt(1), scanAt(2)], { chosen: scanAt(2), weights: [3] }),
    testSizeFigure(madeUpSize()),
    causesFigure([{ name: 'raw', scan: scanAt(1), controls: [scanAt(2)] }]),
    correctionFigure(madeUpCounts()),
  ];
}

function displayOf(data: Record<string, unknown>, kind: string): DisplayOutput {
  return { output_type: 'display_data', data, metadata: { legcnet: { kind } } };
}

/** A notebook as it is after a run: the embedded library, then every figure. */
async function executedFigures(): Promise<ExecutedNotebook> {
  const notebook: NotebookFile = parsePercent(
    '// %% [markdown]\n// # All figures\n//\n// With $\\lambda > 0$.\n//\n// ## Part\n// %%\nconst n: number = 1;\n// %%\nn;',
  );
  const [, first, second] = notebook.cells;
  if (first.cell_type !== 'code' || second.cell_type !== 'code') throw new Error('not code');
  first.outputs.push(
    displayOf({ 'text/html': plotlyEmbed('cartesian'), 'text/plain': 'legcnet' }, 'session'),
  );
  for (const { data, layout, summary } of await allFigures()) {
    const json = { data, layout };
    second.outputs.push(
      displayOf(
        { 'application/vnd.plotly.v1+json': json, 'text/html': '<p>figure</p>', 'text/plain': summary },
        'figure',
      ),
    );
  }
  return { path: 'made.ts', notebook, cells: [], seconds: 1, startedAt: '2025-01-01T00:00:00.000Z' };
}

test('a report has title, contents, formulas, highlighted code and what was printed, escaped', async () => {
  const executed = await executedFigures();
  const [, code] = executed.notebook.cells;
  if (code.cell_type === 'code') code.outputs.push({ output_type: 'stream', name: 'stderr', text: ['<b>'] });
  const html = await reportHtml(executed);
  assert.match(html, /<title>All figures<\/title>/);
  assert.match(html, /<a href="#section-1">Part<\/a>/);
  assert.match(html, /<math/);
  assert.match(html, /<span class="hljs-keyword">const<\/span>/);
  assert.match(html, /<pre class="output stderr">&lt;b&gt;<\/pre>/);
});

test('a report draws every figure without any network', { skip }, async () => {
  const path = join(folder, 'report.html');
  await writeReport(await executedFigures(), path);
  const { drawn, requests } = await withChromium(async browser => {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    const requests: string[] = [];
    page.on('request', request => requests.push(request.url()));
    await page.goto(pathToFileURL(path).href);
    await page.waitForFunction('document.querySelectorAll(".legcnet-figure .main-svg").length > 0');
    await page.waitForFunction(
      '[...document.querySelectorAll(".legcnet-figure")].every(each => each.querySelector(".main-svg"))',
    );
    return { drawn: await page.locator('.js-plotly-plot').count(), requests };
  });
  assert.equal(drawn, (await allFigures()).length);
  assert.deepEqual(
    requests.filter(url => /^(https?|ws):/.test(url)),
    [],
  );
});

test('Plotly knows every attribute of our figures', { skip }, async () => {
  const figures = await allFigures();
  const complaints = await withChromium(async browser => {
    const page = await browser.newPage();
    await page.setContent('<!doctype html>');
    // The small bundle comes without the checker.
    await page.addScriptTag({ content: plotlySource('full') });
    return page.evaluate(
      `(${JSON.stringify(figures.map(({ data, layout }) => ({ data, layout })))})
        .flatMap(({ data, layout }) => Plotly.validate(data, layout) ?? [])
        .filter(({ code }) => code !== 'unused').map(({ msg }) => msg)`,
    );
  });
  assert.deepEqual(complaints, []);
});

test('addImages gives every figure a PNG, takes scripts away and keeps its input', { skip }, async () => {
  const { notebook } = await executedFigures();
  const before = notebookText(notebook);
  const text = notebookText(await addImages(notebook));
  assert.equal(notebookText(notebook), before);
  assert.ok(!text.includes('<script') && !text.includes('text/html'));
  const [lossFigure] = await allFigures();
  assert.ok(text.includes(`"alt": ${JSON.stringify(lossFigure.summary)}`));
  // iVBORw0KGgo is the PNG signature in base64.
  assert.equal(text.match(/"image\/png": "iVBORw0KGgo/g)?.length, (await allFigures()).length);
});

test('the embedded library is the file of the pinned package', () => {
  const name = 'plotly.js-cartesian-dist-min/plotly-cartesian.min.js';
  assert.equal(plotlySource('cartesian'), readFileSync(require.resolve(name), 'utf8'));
});
