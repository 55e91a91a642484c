import { parseArgs } from 'node:util';
import { checkExport } from '../export/checkExport';
import { exportNotebook } from '../export/exportNotebook';

export async function printExport(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'exports' },
      committed: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      check: { type: 'string' },
    },
  });
  if (values.check !== undefined) {
    await printCheck(values.check);
    return;
  }
  if (positionals.length !== 1) {
    throw new RangeError(
      'Name one notebook, for instance: legcnet export quickstart; or a folder: legcnet export --check FOLDER',
    );
  }
  const { out, committed, replace } = values;
  // Stopped by hand it still clears away what it has begun.
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('Stopped; nothing was left behind.')));
  const options = { out, committed, replace, signal: stop.signal };
  const { folder, files, bytes, leftOut, sha256 } = await exportNotebook(positionals[0], options);
  console.log(`${folder}: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
  for (const { result, what, reason } of leftOut) console.log(`left out: ${result}: ${what}: ${reason}`);
  console.log(`SHA-256 of manifest.json: ${sha256}`);
}

async function printCheck(folder: string): Promise<void> {
  const { files, differing, sha256 } = await checkExport(folder);
  for (const { path, problem } of differing) console.log(`${path}: ${problem}`);
  console.log(
    differing.length === 0
      ? `All ${files} files are as exported.`
      : `${differing.length} of ${files} files differ.`,
  );
  console.log(`SHA-256 of manifest.json: ${sha256}`);
  if (differing.length > 0) process.exitCode = 1;
}
