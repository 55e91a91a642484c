import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { findChromium, withChromium } from '../../src/notebook/chromium';
import { ourNotebooks } from '../../src/notebook/ourNotebooks';
import { parsePercent } from '../../src/notebook/percent';
import { writeSite } from '../../src/notebook/site';
import { writeOurSite } from '../../src/notebook/writeOurSite';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));
const skip = findChromium() === null ? 'no Chromium on this machine' : false;

describe('the site of our notebooks', () => {
  const place = join(folder, 'ours');
  const read = (file: string): string => readFileSync(join(place, file), 'utf8');
  // The notebook called index gives way to the start page.
  const pages = ourNotebooks().map(name => `${name === 'index' ? 'index-of-claims' : name}.html`);
  let figures = 0;
  before(async () => {
    const executed: string[] = [];
    ({ figures } = await writeOurSite(place, { onExecute: name => executed.push(name) }));
    assert.deepEqual(executed, [], 'the committed notebooks are current');
  });

  test('is a page for each, a start page, and one Plotly', () => {
    const wanted = [...pages, 'index.html', 'plotly-cartesian.js'];
    const found = readdirSync(place).filter(file => file !== 'plotly-full.js');
    assert.deepEqual(found.sort(), wanted.sort());
  });

  test('has no link to what is not in it, and no address to load from', () => {
    const files = readdirSync(place).filter(file => file.endsWith('.html'));
    for (const page of files) {
      const text = read(page).replace(/<script>.*?<\/script>/gs, '');
      for (const [, href] of text.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
        const [file, anchor] = href.split('#');
        if (/^https?:/.test(href)) continue;
        assert.ok(file === '' || existsSync(join(place, file)), `${page} links to ${href}`);
        if (anchor)
          assert.match(read(file || page), new RegExp(`id="${anchor}"`), `${page} links to ${href}`);
      }
      assert.doesNotMatch(text, /src="(?!data:|plotly-)/);
    }
  });

  test('gives question and answer of each on its start page', () => {
    const cards = read('index.html').split('<article>').slice(1);
    assert.equal(cards.length, ourNotebooks().length);
    for (const card of cards) assert.match(card, /<h2>.*<\/h2>\s*<p>.*class="answer".*<p>/s);
  });

  test('opens without a network, draws every figure and complains of nothing; its search finds', {
    skip,
  }, async () => {
    const complaints: string[] = [];
    let drawn = 0;
    await withChromium(async browser => {
      const context = await browser.newContext({ offline: true, colorScheme: 'dark' });
      for (const file of [...pages, 'index.html']) {
        const page = await context.newPage();
        page.setDefaultTimeout(120_000);
        page.on('console', message => complaints.push(`${file}: ${message.text()}`));
        page.on('pageerror', ({ message }) => complaints.push(`${file}: ${message}`));
        page.on('request', request => {
          if (!/^(file|data|blob):/.test(request.url())) complaints.push(`${file}: loads ${request.url()}`);
        });
        await page.goto(pathToFileURL(join(place, file)).href);
        await page.waitForFunction(
          '[...document.querySelectorAll(".legcnet-figure")].every(each => each.querySelector(".main-svg"))',
        );
        drawn += await page.locator('.legcnet-figure .main-svg:first-child').count();
        if (file === 'index.html') {
          await page.getByRole('searchbox').fill('benjamini yekutieli');
          const hits = page.locator('#found a');
          await hits.first().click();
          assert.match(page.url(), /03-from-exponents-to-causes\.html#section-\d+$/);
        }
        await page.close();
      }
    });
    assert.deepEqual(complaints, []);
    assert.equal(drawn, figures);
  });
});

test('links between notebooks become links between pages, those to files of the package text, and others stay', async () => {
  const text = `// %% [markdown]
// # One
//
// [two](2-two.ipynb#there), [a file](../src/index.ts), [the web](https://example.org/a?b=1&c=2), <b>x</b>
//
// ## Answer "&"
//
// Yes.`;
  const place = join(folder, 'made');
  const two = parsePercent('// %% [markdown]\n// # Two <i>\n');
  await writeSite(
    [
      { name: '1-one', notebook: parsePercent(text) },
      { name: '2-two', notebook: two },
      { name: 'index', notebook: two },
    ],
    place,
  );
  const one = readFileSync(join(place, '1-one.html'), 'utf8');
  assert.match(
    one,
    /<a href="2-two\.html">two<\/a>, a file, <a href="https:\/\/example\.org\/a\?b=1&amp;c=2">/,
  );
  assert.match(one, /Next: <a href="2-two\.html">Two &lt;i&gt;<\/a>/);
  const start = readFileSync(join(place, 'index.html'), 'utf8');
  assert.match(start, /<a href="1-one\.html">One<\/a>.*<strong>Answer<\/strong> <p>Yes\.<\/p>/s);
  assert.match(start, /<a href="index-of-claims\.html">/);
  assert.match(start, /"place":"One › Answer \\"&\\""/);
});
