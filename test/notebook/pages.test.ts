import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findChromium, withChromium } from '../../src/notebook/chromium';
import { figureHtml, plotlySource } from '../../src/notebook/plotlyEmbed';
import { sortScript } from '../../src/notebook/sortScript';
import { viewStudyTable } from '../../src/notebook/studyTableView';
import { table, tableHtml, tableText } from '../../src/notebook/table';
import { studyTable } from '../../src/study/studyTable';
import { gallery } from '../figures/gallery';

const skip = findChromium() === null ? 'no Chromium on this machine' : false;

/** What `script` gives on a page with this body, after its figures are drawn. */
async function onPage<T>(body: string, script: string): Promise<T> {
  return withChromium(async browser => {
    const page = await browser.newPage();
    await page.setContent(`<!doctype html><meta charset="utf-8">${body}`);
    if (body.includes('legcnet-figure')) {
      await page.addScriptTag({ content: plotlySource('cartesian') });
      await page.waitForSelector('.main-svg');
    }
    return page.evaluate(`(async () => {
      const pause = ms => new Promise(done => setTimeout(done, ms));
      ${script}
    })()`);
  });
}

test('a figure is as dark as the page behind it, follows the page, and is light on paper', {
  skip,
}, async () => {
  const { lossFigure } = await gallery();
  const seen = await onPage<{ background: string; title: string; label: string }[]>(
    `<body style="background:#111111"><div style="background:transparent">${figureHtml(lossFigure, 'one')}</div>`,
    `const look = () => ({
      background: document.querySelector("#one .main-svg").style.background,
      title: document.querySelector("#one .gtitle").style.fill,
      label: document.querySelector("#one").getAttribute("aria-label"),
    });
    const seen = [look()];
    dispatchEvent(new Event("beforeprint"));
    seen.push(look());
    dispatchEvent(new Event("afterprint"));
    seen.push(look());
    document.body.style.background = "rgb(250, 250, 250)";
    document.body.setAttribute("data-jp-theme-light", "true");
    await pause(300);
    seen.push(look());
    return seen;`,
  );
  assert.deepEqual(
    seen.map(({ background, title }) => [background, title]),
    [
      ['rgb(17, 17, 17)', 'rgb(240, 240, 240)'],
      ['rgb(255, 255, 255)', 'rgb(34, 34, 34)'],
      ['rgb(17, 17, 17)', 'rgb(240, 240, 240)'],
      ['rgb(255, 255, 255)', 'rgb(34, 34, 34)'],
    ],
  );
  assert.equal(seen[0].label, lossFigure.summary);
});

test('a drawing with a background of its own keeps its colours on a dark page', { skip }, async () => {
  const own = { data: [{ type: 'bar', y: [1] }], layout: { paper_bgcolor: '#FFFFE0' }, summary: 'One bar.' };
  const background = await onPage(
    `<body style="background:#111">${figureHtml(own, 'own')}`,
    'return document.querySelector("#own .main-svg").style.background;',
  );
  assert.equal(background, 'rgb(255, 255, 224)');
});

const rows = [
  { name: 'b', value: -2.5, note: '–' },
  { name: 'a', value: 1234, note: '3 of 4' },
  { name: 'c', value: 1e-7, note: '12 of 40' },
  { name: 'd', value: null, note: '' },
];

test('decimal points of a column stand below each other, in text and in HTML', () => {
  assert.equal(
    tableText(
      table([
        { x: 0.5, y: 1 },
        { x: -12.25, y: 20 },
        { x: 3, y: null },
      ]),
    ),
    '     x   y\n------  --\n  0.5    1\n−12.25  20\n  3',
  );
  const html = tableHtml(table([{ x: 0.5 }, { x: -12.25 }, { x: 3 }]));
  const cells = [...html.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text);
  assert.deepEqual(cells, ['0.5\u2007', '−12.25', '3\u2008\u2007\u2007']);
});

test('a click on a head sorts up, down and back, numbers as numbers and empty cells last', {
  skip,
}, async () => {
  const seen = await onPage(
    `<body>${tableHtml(table(rows, { caption: 'Rows' }))}`,
    `const heads = [...document.querySelectorAll("th")];
    const names = () => [...document.querySelectorAll("tbody tr")].map(row => row.cells[0].textContent).join("");
    const press = (head, key) => head.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    const seen = [names()];
    for (const head of [heads[1], heads[1], heads[1], heads[0], heads[2]]) {
      head.click();
      seen.push(names() + " " + heads.map(each => each.getAttribute("aria-sort") ?? "-").join());
    }
    press(heads[1], "Enter");
    seen.push(names());
    press(heads[1], "x");
    seen.push(names());
    return seen;`,
  );
  assert.deepEqual(seen, [
    'bacd',
    'bcad -,ascending,-',
    'acbd -,descending,-',
    'bacd -,-,-',
    'abcd ascending,-,-',
    'acbd -,-,ascending',
    'bcad',
    'bcad',
  ]);
});

test('a table of the paper sorts by the networks below its quantities', { skip }, async () => {
  const cell = (ours: number) => ({ published: 100, ours, match: ours === 100 });
  const made = studyTable({
    table: 1,
    title: 'Made up',
    procedure: 'published',
    masks: 'published',
    columns: { epochsDense: 0, epochsFT: 0 },
    rows: [
      { dataset: 'iris', init: 1, starts: 1, cells: { epochsDense: cell(9), epochsFT: cell(100) } },
      { dataset: 'vowel', init: 2, starts: 1, cells: { epochsDense: cell(100), epochsFT: cell(20) } },
    ],
  });
  const html = viewStudyTable(made)['text/html'] ?? '';
  const seen = await onPage(
    `<body>${html}`,
    `const head = name => [...document.querySelectorAll("th")].find(each => each.textContent.startsWith(name));
    const first = () => document.querySelector("tbody tr").cells[0].textContent;
    return ["dense", "FT", "data set", "epochs"].map(name => { head(name).click(); return first(); });`,
  );
  // Of heads over several columns none is sorted by.
  assert.deepEqual(seen, ['iris', 'vowel', 'iris', 'iris']);
  assert.match(html, /100<br>✓<\/td>/);
});

test('a table without its script is the same table', () => {
  const html = tableHtml(table(rows));
  assert.ok(html.includes(sortScript));
  assert.ok(!html.replace(sortScript, '').includes('script'));
});
