import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkDeclarations, resolveFromCell } from './declarations/checkDeclarations.mjs';
import { place } from './setup/place.mjs';

/** What a notebook imports: the declarations that it finds, and those that they lead to. */
const ENTRIES = [
  ['legcnet', join(place.dist, 'src', 'index.d.ts'), join(place.dist, 'src', 'index.d.ts')],
  ['legcnet/queue', join(place.root, 'queue', 'index.d.ts'), join(place.dist, 'src', 'queue', 'index.d.ts')],
];

process.exitCode = ENTRIES.every(check) ? 0 : 1;

/** Whether a notebook cell can import every public name of an entry of the built package and give its results a type. */
function check([name, entry, leadsTo]) {
  if (!existsSync(leadsTo)) return fail([`${leadsTo} is not there: run \`npm run build\` first.`]);
  const found = resolveFromCell(name, place.root);
  if (found !== entry) return fail([`import '${name}' finds ${found ?? 'nothing'} instead of ${entry}.`]);
  const { failures, names, ignored } = checkDeclarations(leadsTo);
  if (failures.length > 0) {
    return fail(failures.map(({ file, line, reason }) => `${relative(place.root, file)}:${line}: ${reason}`));
  }
  console.log(`✓ declarations: the kernel's TypeScript reads all ${names} public names of ${name}`);
  if (ignored > 0) console.log(`  (${ignored} errors inside declarations of other packages not counted)`);
  return true;
}

function fail(lines) {
  console.error(
    `✗ declarations: the kernel's TypeScript cannot read\n${lines.map(line => `  ${line}`).join('\n')}`,
  );
  return false;
}
