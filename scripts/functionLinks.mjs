// The last line of every notebook: links to the source files of the functions that it imports.
//
//   node scripts/functionLinks.mjs           prints the line of each notebook
//   node scripts/functionLinks.mjs --write   puts it into the sources in notebooks/, in place of an earlier one
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '..', '..');
const WIDTH = 120;

/** Source file, from `notebooks/`, of every public name that src/index.ts exports. */
export function publicSources(index = readFileSync(join(root, 'src', 'index.ts'), 'utf8')) {
  const exports = index.matchAll(/^export (type )?\{([^}]*)\} from '\.\/([^']+)';/gm);
  return new Map(
    [...exports].flatMap(([, , names, file]) =>
      namesIn(names).map(({ name }) => [name, `../src/${file}.ts`]),
    ),
  );
}

/** Functions that a notebook's source imports from the package, in alphabetical order; types are left out. */
export function importedFunctions(source) {
  const imports = source.matchAll(/^import \{([^}]*)\} from 'legcnet';/gm);
  const names = [...imports].flatMap(([, list]) => namesIn(list).filter(({ isType }) => !isType));
  return [...new Set(names.map(({ name }) => name))].sort((a, b) =>
    a.toLowerCase() < b.toLowerCase() ? -1 : 1,
  );
}

/** The closing line of a notebook, without comment marks. */
export function functionLine(source, sources = publicSources()) {
  const links = importedFunctions(source).map(name => `[${name}](${sources.get(name)})`);
  return `Functions: ${links.join(', ')}`;
}

/** The source with its closing line put right. */
export function withFunctionLine(source, sources = publicSources()) {
  const body = source.replace(/(\n\/\/ *)*\n\/\/ Functions: [\s\S]*$/, '').trimEnd();
  return `${body}\n//\n${wrapped(functionLine(source, sources))}\n`;
}

function namesIn(list) {
  return list
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '')
    .map(each => ({ name: each.replace(/^type /, ''), isType: each.startsWith('type ') }));
}

/** Comment lines; a link is never broken. */
function wrapped(line) {
  const lines = ['//'];
  for (const word of line.split(' ')) {
    const last = lines[lines.length - 1];
    if (last.length + 1 + word.length > WIDTH && last !== '//') lines.push(`// ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}

function main() {
  const sources = publicSources();
  const folder = join(root, 'notebooks');
  for (const file of readdirSync(folder).filter(name => name.endsWith('.ts'))) {
    const source = readFileSync(join(folder, file), 'utf8');
    if (process.argv.includes('--write'))
      writeFileSync(join(folder, file), withFunctionLine(source, sources));
    else console.log(`${file}\n${functionLine(source, sources)}\n`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main();
