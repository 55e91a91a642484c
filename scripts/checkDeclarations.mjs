import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkDeclarations, resolveFromCell } from './declarations/checkDeclarations.mjs';
import { clone } from './setup/clone.mjs';

const ENTRY = join(clone.dist, 'src', 'index.d.ts');

process.exitCode = check() ? 0 : 1;

/** Whether a notebook cell can import every public name of the built package and give its results a type. */
function check() {
  if (!existsSync(ENTRY)) return fail([`${ENTRY} is not there: run \`npm run build\` first.`]);
  const found = resolveFromCell('legcnet', clone.root);
  if (found !== ENTRY) return fail([`import 'legcnet' finds ${found ?? 'nothing'} instead of ${ENTRY}.`]);
  const { failures, names, ignored } = checkDeclarations(ENTRY);
  if (failures.length > 0) {
    return fail(failures.map(({ file, line, reason }) => `${relative(clone.root, file)}:${line}: ${reason}`));
  }
  console.log(`✓ declarations: the kernel's TypeScript reads all ${names} public names`);
  if (ignored > 0) console.log(`  (${ignored} errors inside declarations of other packages not counted)`);
  return true;
}

function fail(lines) {
  console.error(
    `✗ declarations: the kernel's TypeScript cannot read\n${lines.map(line => `  ${line}`).join('\n')}`,
  );
  return false;
}
