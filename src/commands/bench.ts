import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { requireClone } from '../core/installation';
import { makeFolder } from '../core/makeFolder';
import { packageRoot } from '../core/packageRoot';
import { replaceFile } from '../core/replaceFile';

/** Measured on the machine that it describes; `--save` writes it. */
const REFERENCE = join(packageRoot, 'bench', 'reference.json');
const PAGE = join(packageRoot, 'reports', 'bench.html');

/** `legcnet bench [SET ...] [FILE.json ...]`: positionals that end in .json are files. */
export async function printBench(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      page: { type: 'string', default: PAGE },
    },
  });
  requireClone('legcnet bench', 'the benchmarks and their peers do not come with the installed package');
  const { benchReport, compareReports, formatComparison, mergeReports, passes, reportRows } = await import(
    '../../bench/benchReport.js'
  );
  const { readReport } = await import('../../bench/readReport.js');
  const files = positionals.filter(name => name.endsWith('.json'));
  const sets = positionals.filter(name => !name.endsWith('.json'));
  checkFiles(files, values);
  const before = values.compare ? readReport(files.length === 2 ? files[1] : REFERENCE) : null;
  let report = values.compare && files.length > 0 ? readReport(files[0]) : null;
  if (report === null) {
    const { formatBench } = await import('../../bench/formatBench.js');
    const { benchPage } = await import('../../bench/benchPage.js');
    const isJson = values.json && files.length === 0;
    const reference = before === null ? [] : reportRows(before);
    report = await benchReport(sets, { quick: values.quick, reference }, bench => {
      if (!isJson) console.log(`${formatBench(bench)}\n`);
    });
    const text = `${JSON.stringify(report, null, 1)}\n`;
    if (isJson) process.stdout.write(text);
    else if (values.json) await replaceFile(files[0], text);
    if (values.save) {
      const earlier = existsSync(REFERENCE) ? readReport(REFERENCE) : null;
      await replaceFile(REFERENCE, `${JSON.stringify(mergeReports(earlier, report), null, 1)}\n`);
    }
    await makeFolder(dirname(resolve(values.page)));
    await replaceFile(values.page, benchPage(report));
    console.error(`Figures: ${relative('', values.page)}`);
  }
  if (before === null) return;
  const comparison = compareReports(report, before);
  (values.json ? console.error : console.log)(formatComparison(comparison));
  if (!passes(comparison)) process.exitCode = 1;
}

function checkFiles(files: readonly string[], { compare, json }: { compare: boolean; json: boolean }): void {
  const most = compare ? 2 : json ? 1 : 0;
  if (files.length > most) {
    throw new RangeError(
      `Cannot bench: ${files.join(', ')} came, but a file goes with --json, which writes it, and up to two with --compare, ` +
        'which reads a run and what it is compared with',
    );
  }
}
