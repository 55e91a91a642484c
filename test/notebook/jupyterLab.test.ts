import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { packageRoot } from '../../src/core/packageRoot';
import { withChromium } from '../../src/notebook/chromium';
import { type NotebookFile, notebookText } from '../../src/notebook/notebookFile';
import { sourceOf } from '../../src/notebook/ourNotebooks';
import { parsePercent } from '../../src/notebook/percent';
import { type Lab, labSkip, startLab } from './jupyterLab';

/** For one thing to happen on a machine that does much else. */
const PATIENCE_MS = 120_000;

/** Appended to a copy of one of our notebooks: a step that takes minutes, and one that shows that the kernel lives. */
const longStep = `// %%
import { createNetwork, loadDataset, train } from 'legcnet';
const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
const training = { learningRate: 0.05, batch: 1, loss: 'squared-error', shuffle: 'never' } as const;
await train(network, await loadDataset('iris', { procedure: 'published' }), { ...training, epochs: 10_000_000 });

// %%
6 * 7`;

// Inside the clone, where a notebook's `import 'legcnet'` finds the package.
const folder = mkdtempSync(join(packageRoot, 'dist', 'lab-'));
const file = join(folder, 'tried.ipynb');
let lab: Lab | undefined;
let count = 0;

before(async () => {
  if (labSkip) return;
  const own = sourceOf('08-table-4-and-figure-5');
  own.cells.push(...parsePercent(longStep).cells);
  count = own.cells.filter(cell => cell.cell_type === 'code').length;
  writeFileSync(file, notebookText(own));
  lab = await startLab(folder, PATIENCE_MS);
});
after(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('in JupyterLab a notebook runs and draws, the stop button stops, the kernel lives on, and a reload shows it all', {
  skip: labSkip,
}, async () => {
  await withChromium(async browser => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    page.setDefaultTimeout(PATIENCE_MS);
    const errors = listenForErrors(page);
    await page.goto(lab!.addressOf('tried.ipynb'));
    await page.getByText('TypeScript (legcnet) | Idle').waitFor();
    await choose(page, 'Run', 'Run All Cells');

    const cells = page.locator('.jp-CodeCell');
    // JupyterLab adds them bit by bit.
    const [long, last] = [cells.nth(count - 2), cells.nth(count - 1)];
    const progress = long.locator('.jp-OutputArea-output');
    await progress.filter({ hasText: /epochs · loss/ }).waitFor({ state: 'attached' });
    const figure = cells.locator('.js-plotly-plot').first();
    await figure.scrollIntoViewIfNeeded();
    assert.ok((await figure.locator('.main-svg .trace').count()) > 0, 'the figure has traces');

    await long.scrollIntoViewIfNeeded();
    const early = (await progress.textContent()) ?? '';
    await progress.filter({ hasNotText: early }).waitFor();
    await page.locator('.jp-NotebookPanel-toolbar [data-jp-item-name="interrupt"]').click();
    await progress.getByText(/stopped after/).waitFor();
    await ended(long);

    // For 200 ms after an error tslab sends back what it is asked, as Jupyter wants it of cells that were queued.
    const answer = last.getByText('42', { exact: true });
    await until(async () => {
      await last.locator('.cm-content').click();
      await page.keyboard.press('Control+Enter');
      return answer.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    });

    await choose(page, 'File', 'Save Notebook');
    await until(() => savedOutputs() >= count - 1);
    await page.reload();
    // The extension for Plotly saved the drawing as an image, which it shows until the mouse comes.
    const image = page.locator('.jp-OutputArea-output img[src^="data:image/png"], .js-plotly-plot .main-svg');
    await image.first().waitFor({ state: 'attached' });
    await image.first().scrollIntoViewIfNeeded();
    await last.scrollIntoViewIfNeeded();
    await last.getByText('42', { exact: true }).waitFor();
    await progress.getByText(/stopped after/).waitFor();
    assert.deepEqual(errors, []);
  });
});

/** What the page complains of, but for what JupyterLab itself says with any kernel that it cannot debug. */
function listenForErrors(page: Page): string[] {
  const errors: string[] = [];
  const isTheirs = (text: string): boolean => /No active debugger session/.test(text);
  const add = (text: string): void => {
    if (!isTheirs(text)) errors.push(text);
  };
  page.on('pageerror', ({ message }) => add(message));
  page.on('console', message => {
    if (message.type() === 'error') add(`${message.text()} (${message.location().url})`);
  });
  return errors;
}

async function choose(page: Page, menu: string, item: string): Promise<void> {
  await page.locator('.lm-MenuBar-itemLabel', { hasText: new RegExp(`^${menu}$`) }).click();
  await page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click();
}

/** A cell that runs shows a star in place of its number. */
async function ended(cell: Locator): Promise<void> {
  await cell.locator('.jp-InputPrompt', { hasText: /\[\d+\]/ }).waitFor();
}

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  for (const limit = performance.now() + PATIENCE_MS; !(await isDone()); ) {
    assert.ok(performance.now() < limit, 'it never happened');
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** How many cells of the file have outputs; none while it is being written. */
function savedOutputs(): number {
  const text = readFileSync(file, 'utf8');
  if (!text.trimEnd().endsWith('}')) return 0;
  const { cells }: NotebookFile = JSON.parse(text);
  return cells.filter(cell => cell.cell_type === 'code' && cell.outputs.length > 0).length;
}
