import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT } from './scratchClone.js';

interface Report {
  readonly failures: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
  readonly names: number;
}

const READABLE = {
  'index.d.ts': `
    export { type Mean, mean } from './mean';
    export declare function anything(value: any): any;`,
  'mean.d.ts': `
    export interface Mean { readonly value: number }
    export declare function mean(values: Float64Array): Promise<Mean>;`,
};

/** One mistake in each file but the index. */
const UNREADABLE = {
  'index.d.ts': `
    export { scan } from './generic';
    export { draw } from './browser';
    export { hidden } from './hidden';
    export { gone } from './gone';`,
  'generic.d.ts': 'export declare function scan(): Float64Array<ArrayBuffer>;',
  'browser.d.ts': '\nexport declare function draw(target: HTMLElement): void;',
  'hidden.d.ts': 'interface Hidden { value: number } export declare function hidden(): Hidden; export {};',
  'gone.d.ts': "import { Gone } from './other'; export declare function gone(): readonly Gone[];",
  'other.d.ts': "export { Gone } from 'not-installed';",
};

const folder: string = mkdtempSync(join(tmpdir(), 'legcnet-declarations-'));
after(() => rmSync(folder, { recursive: true }));
const unreadable: Promise<Report> = check(UNREADABLE);

test('a generic typed array is refused', () => assertRefused('generic.d.ts:1', /TS2315.*not generic/));

test('a type of the browser is refused', () => assertRefused('browser.d.ts:2', /TS2304.*HTMLElement/));

test('a result whose interface is not exported is refused', () =>
  assertRefused('hidden.d.ts:1', /Hidden is not exported/));

test('a cell that keeps a result without a name for its type is refused by the compiler', () =>
  assertRefused('cell.ts:4', /TS4023.*'Hidden'.*legcnet\.hidden/));

test('a type that is any only because it was not found elsewhere is refused', () =>
  assertRefused('gone.d.ts:1', /Gone turns into any/));

test('declarations in the words of TypeScript 5.0 pass', async () => {
  await unreadable;
  const { failures, names } = await check(READABLE);
  assert.deepEqual(failures, []);
  assert.equal(names, 3);
});

async function assertRefused(place: string, reason: RegExp): Promise<void> {
  const { failures } = await unreadable;
  const here = failures.filter(({ file, line }) => `${basename(file)}:${line}` === place);
  assert.match(here.map(failure => failure.reason).join('\n'), reason);
}

/** What the check finds in a folder with the given declaration files. */
async function check(files: Readonly<Record<string, string>>): Promise<Report> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const checker = join(ROOT, 'scripts', 'declarations', 'checkDeclarations.mjs');
  const { checkDeclarations } = await import(pathToFileURL(checker).href);
  return checkDeclarations(join(folder, 'index.d.ts'));
}
