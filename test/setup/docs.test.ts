import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';

interface Docs {
  readonly problems: readonly string[];
  readonly names: number;
}
interface Project {
  readonly entries: readonly (readonly [name: string, file: string])[];
  readonly tsconfig: string;
}
type BuildDocs = (out: string, project?: Project) => Promise<Docs>;

const folder = mkdtempSync(join(tmpdir(), 'legcnet-docs-'));
const out = join(folder, 'api');
let buildDocs: BuildDocs;
let docs: Docs;
let pages: readonly string[];

before(async () => {
  ({ buildDocs } = await import(join(packageRoot, 'scripts', 'docs', 'buildDocs.mjs')));
  docs = await buildDocs(out);
  pages = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.html'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const read = (page: string): string => readFileSync(join(out, page), 'utf8');

/** Every name of an index file, in its order. */
function publicNames(...file: string[]): string[] {
  const index = readFileSync(join(packageRoot, 'src', ...file), 'utf8');
  const lists = [...index.matchAll(/^export (?:type )?\{([^}]*)\}/gms)].flatMap(([, names]) =>
    names.split(','),
  );
  return lists.map(name => name.replace(/^\s*(type )?/, '').trim()).filter(name => name !== '');
}

test('every public name and field is documented, every link leads somewhere, functions show every type', () => {
  assert.deepEqual(docs.problems, []);
});

test('every public name has a page of its own, in the order of src/index.ts, subpaths last', () => {
  const names = [...publicNames('index.ts'), ...publicNames('queue', 'index.ts')];
  assert.equal(docs.names, names.length);
  const list = read('modules.html');
  const listed = [...list.matchAll(/href="(?:classes|functions|interfaces|types|variables)\/(\w+)\.html"/g)];
  assert.deepEqual([...new Set(listed.map(([, name]) => name))], names);
});

test('the README is the front page, the subpath legcnet/kernel has a page, and examples stand on their pages', () => {
  assert.match(read('index.html'), /Ten lines of use/);
  assert.match(read(join('documents', 'legcnet_kernel.html')), /makes the running kernel ours/);
  assert.match(read(join('functions', 'lyapunov.html')), /near ln 2 = 0\.693/);
  assert.match(read(join('interfaces', 'WindowedExponents.html')), /Made by .*windowedLyapunov/);
});

test('pages load nothing from elsewhere, and every local link leads to a file', () => {
  const missing = new Set<string>();
  for (const page of pages) {
    const html = read(page);
    assert.doesNotMatch(html, /<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?\/\//, page);
    for (const [, href] of html.matchAll(/(?:href|src)="([^"#]+)[^"]*"/g)) {
      if (!/^[a-z]+:/.test(href) && !existsSync(join(out, dirname(page), href)))
        missing.add(`${page}: ${href}`);
    }
  }
  assert.deepEqual([...missing], []);
});

test('a name without docstring, a type that nobody makes and a dead link are problems', async () => {
  const index = join(folder, 'index.ts');
  const tsconfig = join(folder, 'tsconfig.json');
  writeFileSync(tsconfig, JSON.stringify({ files: ['made.ts', 'index.ts'] }));
  writeFileSync(index, "// Data\nexport { bare, linked, type Lonely } from './made';\n");
  writeFileSync(
    join(folder, 'made.ts'),
    'export const bare = 1;\n/** See {@link nothing}. */\nexport const linked = 2;\n' +
      '/** Nobody makes it. */\nexport interface Lonely {\n  /** A field. */\n  readonly a: number;\n  b: number;\n}\n',
  );
  const { problems } = await buildDocs(join(folder, 'made'), { entries: [['made', index]], tsconfig });
  const found = (words: RegExp): boolean => problems.some(problem => words.test(problem));
  assert.ok(found(/bare .*does not have any documentation/), problems.join('\n'));
  assert.ok(found(/Lonely\.b .*does not have any documentation/), problems.join('\n'));
  assert.ok(found(/No public function makes or takes the type Lonely/), problems.join('\n'));
  assert.ok(found(/"nothing"/), problems.join('\n'));
  assert.equal(problems.length, 4, problems.join('\n'));
});
