import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome.exe',
  'msedge.exe',
];
const bundled = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Where Chromium or Chrome lies: the variable CHROMIUM, else on the path, else where installers put it; or null. */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    process.env.CHROMIUM ?? '',
    ...folders.flatMap(folder => names.map(name => join(folder, name))),
    ...bundled,
  ];
  return candidates.find(path => path !== '' && existsSync(path)) ?? null;
}

/**
 * Runs `work` with a headless browser and closes it.
 *
 * @throws Error when there is no Chromium, or not the package that steers it
 */
export async function withChromium<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new Error(
      'Drawing figures as images needs Chromium or Chrome; install one or set CHROMIUM to its path',
    );
  }
  const { chromium } = await loadPlaywright();
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
    // Its own handlers would end a notebook's kernel at the next interrupt.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** Comes with a clone of this package, not with an installed one: most readers never draw image files. */
async function loadPlaywright(): Promise<typeof import('playwright-core')> {
  try {
    return await import('playwright-core');
  } catch (cause) {
    throw new Error(
      'Drawing figures as images needs the package playwright-core: npm install playwright-core',
      { cause },
    );
  }
}
