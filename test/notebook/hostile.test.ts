import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { findChromium, withChromium } from '../../src/notebook/chromium';
import { escapeHtml } from '../../src/notebook/html';
import { fromLines } from '../../src/notebook/notebookFile';
import { figureHtml, plotlyEmbed } from '../../src/notebook/plotlyEmbed';
import { reportHtml } from '../../src/notebook/report';
import { type ExecutedNotebook, runNotebook } from '../../src/notebook/runner';
import { gallery } from '../figures/gallery';

const skip = findChromium() === null ? 'no Chromium on this machine' : false;
const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

/** What a column of somebody's table may be called; any of its parts would set `hacked`. */
const column = `<img src=x onerror="window.hacked=1">'"</div></td></script><script>window.hacked=2</script>%{x}`;
const link = `<a href="javascript:window.hacked=3" onclick="window.hacked=4">one</a><svg onload=window.hacked=5></svg>`;
const name = column + link;

const quoted = (text: string): string => `"${text.replace(/"/g, '""')}"`;

/** A notebook in which everything that a reader can name has such a name, after its run. */
async function executed(): Promise<ExecutedNotebook> {
  const csv = join(folder, 'data.csv');
  const lines = Array.from(
    { length: 40 },
    (_, i) => `${i % 7},${(i * i) % 11},${quoted([column, link, 'plain'][i % 3])}`,
  );
  writeFileSync(csv, [`${quoted(column)},${quoted(link)},class`, ...lines].join('\n'));
  const source = join(folder, 'hostile.ts');
  const words = JSON.stringify(name);
  const cells = [
    `const legcnet = require(${JSON.stringify(join(__dirname, '..', '..', 'src'))});
legcnet.init();
const data = await legcnet.loadDataset(${JSON.stringify(csv)}, { target: 'class', procedure: 'described' });
const network = legcnet.createNetwork({ layers: [2, 3, data.classes.length], seed: 1, init: { name: 'normal', sd: 0.1 } });`,
    'data',
    `legcnet.table([{ [${words}]: ${words}, b: 1 }, { [${words}]: 'x', b: 2 }], { caption: ${words}, note: ${words} })`,
    `legcnet.progress(${words}).onProgress({ task: ${words}, done: 1, total: 2, unit: ${words}, value: { name: ${words}, number: 1 } });`,
    `legcnet.createMask([2, 3, data.classes.length], [0], ${words})`,
    'const shap = await legcnet.shapley(network, data.train, data.test);\nconst bars = legcnet.importance(shap);\nbars',
    'legcnet.shapleyBarFigure(bars)',
    'legcnet.beeswarmFigure(shap)',
    'legcnet.waterfallFigure(shap, 0)',
    'legcnet.confusionMatrix(network, data.test)',
    // Markup that somebody gives to Plotly on purpose is Plotly's: it knows some tags, and none that runs.
    `legcnet.figure([{ type: 'bar', x: [${words}], y: [1], name: ${words}, text: ${words}, hovertext: ${words} }],
  { showlegend: true, title: { text: ${words} }, xaxis: { title: { text: ${words} } } }, ${words})`,
    `console.log(${words});`,
  ];
  const failing = `// %% tags=["raises-exception"]\nthrow new Error(${words});\n`;
  writeFileSync(
    source,
    `// %% [markdown]\n// # Hostile\n${cells.map(cell => `// %%\n${cell}\n`).join('')}${failing}`,
  );
  return runNotebook(source);
}

/** Points at every mark of every drawing and clicks every head of every table; says what ran or slipped in. */
async function provoke(page: Page): Promise<unknown> {
  await page.waitForFunction(
    '[...document.querySelectorAll(".legcnet-figure")].every(each => each.querySelector(".main-svg"))',
  );
  return page.evaluate(`(async () => {
    let labels = 0;
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      for (const [curveNumber, trace] of plot._fullData.entries()) {
        if (trace.hoverinfo === "skip" || !trace.xaxis) continue;
        for (const pointNumber of [0, 1, 2]) {
          const place = trace.type === "heatmap" ? { xval: trace.x[pointNumber], yval: pointNumber } : [{ curveNumber, pointNumber }];
          Plotly.Fx.hover(plot, place, trace.xaxis + trace.yaxis);
          await new Promise(done => setTimeout(done, 5));
          labels += plot.querySelectorAll(".hoverlayer .hovertext").length;
        }
      }
    }
    for (const head of document.querySelectorAll("th")) head.click();
    await new Promise(done => setTimeout(done, 100));
    const all = selector => [...document.querySelectorAll(selector)].map(each => each.outerHTML.slice(0, 200));
    return {
      hacked: window.hacked ?? null,
      slipped: all('[onerror], [onclick], [onload], img[src="x"], [href^="javascript"]'),
      links: all(".main-svg a").filter(html => /script:/i.test(html)),
      isShown: document.body.textContent.includes("<img src=x onerror"),
      hovered: labels > 0,
    };
  })()`);
}

const harmless = { hacked: null, slipped: [], links: [], isShown: true, hovered: true };

async function open(html: string, file: string): Promise<unknown> {
  const path = join(folder, file);
  writeFileSync(path, html);
  return withChromium(async browser => {
    const page = await (await browser.newContext({ offline: true })).newPage();
    await page.goto(pathToFileURL(path).href);
    return provoke(page);
  });
}

test('names that are markup do nothing in figures of any kind, also when pointed at', { skip }, async () => {
  const figures = Object.values(await gallery(name));
  const html = figures.map((drawn, i) => figureHtml(drawn, `figure-${i}`)).join('\n');
  assert.deepEqual(
    await open(`<!doctype html><meta charset="utf-8">${plotlyEmbed('cartesian')}${html}`, 'gallery.html'),
    harmless,
  );
});

test('they do nothing in a notebook that is run, as its outputs stand in a page and in its report', {
  skip,
}, async () => {
  const run = await executed();
  const outputs = run.notebook.cells.flatMap(cell => (cell.cell_type === 'code' ? cell.outputs : []));
  const shown = outputs.flatMap(output => (output.output_type === 'display_data' ? [output] : []));
  const kinds = new Set(shown.map(({ metadata }) => metadata.legcnet?.kind));
  for (const kind of ['dataset', 'table', 'progress', 'mask', 'figure', 'confusion-matrix'])
    assert.ok(kinds.has(kind), kind);
  assert.ok(shown.every(({ data }) => 'text/html' in data));
  const html = shown.map(({ data }) => fromLines(data['text/html'])).join('\n');
  assert.deepEqual(await open(`<!doctype html><meta charset="utf-8">${html}`, 'outputs.html'), harmless);
  assert.deepEqual(await open(await reportHtml(run), 'report.html'), harmless);
});

test('a page that is hacked is seen as hacked', { skip }, async () => {
  const drawn = (await gallery()).lossFigure;
  const found = await open(
    `<!doctype html>${plotlyEmbed('cartesian')}${figureHtml(drawn, 'one')}<p>${escapeHtml('<img src=x onerror')}</p>${column}`,
    'hacked.html',
  );
  assert.notDeepEqual(found, harmless);
  assert.equal((found as { hacked: number }).hacked !== null, true);
});
