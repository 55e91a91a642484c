import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../src/core/packageRoot';
import { fromLines } from '../../src/notebook/notebookFile';
import { parsePercent } from '../../src/notebook/percent';

interface FunctionLinks {
  functionLine(source: string): string;
  withFunctionLine(source: string): string;
  importedFunctions(source: string): string[];
  publicSources(): Map<string, string>;
}

const folder = join(packageRoot, 'notebooks');
const sources = readdirSync(folder).filter(name => name.endsWith('.ts'));
let links: FunctionLinks;

before(async () => {
  links = await import(pathToFileURL(join(packageRoot, 'scripts', 'functionLinks.mjs')).href);
});

const answer = '## The answer';

for (const file of sources) {
  describe(`notebooks/${file}`, () => {
    const source = readFileSync(join(folder, file), 'utf8');
    const cells = parsePercent(source).cells.map(({ cell_type, source: lines }) => ({
      isText: cell_type === 'markdown',
      text: fromLines(lines),
    }));
    const [first] = cells;
    const last = cells[cells.length - 1];

    test('opens with a question', () => {
      assert.ok(first.isText, 'its first cell is text');
      assert.match(first.text, /^# [^\n]*\?\n/, 'its title is a question, or a name and a question');
    });

    test(`ends with '${answer}', the command that repeats it, and links to its functions`, () => {
      assert.ok(last.isText, 'its last cell is text');
      const headings = cells
        .filter(({ isText }) => isText)
        .flatMap(({ text }) => [...text.matchAll(/^## .*$/gm)].map(([heading]) => heading));
      assert.equal(headings.at(-1), answer, `its last heading is '${answer}'`);
      const paragraphs = last.text.trim().split(/\n\n+/);
      assert.match(
        (paragraphs.at(-2) ?? '').replace(/\s+/g, ' '),
        /^To repeat it: `npx legcnet [^`]+`/,
        "its last paragraph but one says 'To repeat it: `npx legcnet …`'",
      );
      assert.equal(
        (paragraphs.at(-1) ?? '').replace(/\s+/g, ' '),
        links.functionLine(source),
        'its last paragraph links its functions (node scripts/functionLinks.mjs --write)',
      );
    });

    test('names a notebook that `legcnet notebook` knows, where it names one', () => {
      for (const [, name] of source.replace(/\n\/\/ ?/g, ' ').matchAll(/`npx legcnet notebook ([\w-]+)`/g)) {
        const own = file.replace(/\.ts$/, '');
        assert.ok([own, own.replace(/^\d+-/, '')].includes(name), `legcnet notebook ${name}`);
      }
    });

    test('links only what is there', () => {
      const targets = cells
        .filter(({ isText }) => isText)
        .flatMap(({ text }) =>
          [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target]) => target),
        );
      assert.deepEqual(
        targets.filter(target => !existsSync(join(folder, target.replace(/\.ipynb$/, '.ts')))),
        [],
      );
    });
  });
}

test('functionLinks finds the file behind every public name, and leaves types out', () => {
  const names = links.publicSources();
  assert.equal(names.get('windowedLyapunov'), '../src/chaos/windowedLyapunov.ts');
  assert.ok(names.size > 300);
  for (const path of new Set(names.values())) assert.ok(existsSync(join(folder, path)), path);
  const source =
    "import {\n  type Network,\n  train,\n  init,\n} from 'legcnet';\n// ## The answer\n//\n// Yes.\n";
  assert.deepEqual(links.importedFunctions(source), ['init', 'train']);
  const line = '// Functions: [init](../src/notebook/init.ts), [train](../src/network/train.ts)\n';
  assert.equal(links.withFunctionLine(source), `${source.trimEnd()}\n//\n${line}`);
  assert.equal(links.withFunctionLine(links.withFunctionLine(source)), links.withFunctionLine(source));
});
