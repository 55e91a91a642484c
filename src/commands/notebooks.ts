import { parseArgs } from 'node:util';
import { requireClone } from '../core/installation';
import type { NotebookOutcome } from '../notebook/runNotebooks';

export async function printNotebook(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'reports' },
      publish: { type: 'boolean', default: false },
      param: { type: 'string', multiple: true, default: [] },
    },
  });
  if (positionals.length !== 1)
    throw new RangeError('Name one notebook, for instance: legcnet notebook quickstart');
  const { publishNotebook, runAndReport } = await import('../notebook/runAndReport.js');
  const params = parseParams(values.param);
  if (values.publish) {
    if (values.param.length > 0)
      throw new RangeError('A notebook is published with its defaults: leave --param out');
    console.log(`Notebook: ${await publishNotebook(positionals[0])}`);
    return;
  }
  const report = await runAndReport({ notebook: positionals[0], out: values.out, params });
  console.log(report.comparison);
  console.log(`Executed in ${report.seconds.toFixed(1)} s.`);
  console.log(`Notebook: ${report.ipynb}`);
  console.log(`Report:   ${report.html}`);
}

/** `epochs=10` as the number 10, `name=titanic` as a text: what JSON can read is JSON, all else a text. */
function parseParams(words: readonly string[]): Readonly<Record<string, unknown>> {
  const entries = words.map(word => {
    const at = word.indexOf('=');
    if (at < 1) throw new RangeError(`A parameter is given as NAME=VALUE, '${word}' came`);
    const text = word.slice(at + 1);
    try {
      return [word.slice(0, at), JSON.parse(text)];
    } catch {
      return [word.slice(0, at), text];
    }
  });
  return Object.fromEntries(entries);
}

/** Executes our notebooks and writes them as they are committed. */
export async function printNotebooks(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { recompute: { type: 'boolean', default: false }, out: { type: 'string', default: 'reports' } },
  });
  requireClone(
    'legcnet notebooks',
    'it rewrites the notebooks that come with the package; `legcnet notebook NAME` executes one of them',
  );
  const { runNotebooks } = await import('../notebook/runNotebooks.js');
  const start = performance.now();
  const outcomes = await runNotebooks({
    ...values,
    ...(positionals.length === 0 ? {} : { names: positionals }),
    onStart: name => inPlace(`${name} …`),
    onCell: ({ cell }) => inPlace(`… ${cell + 1} cells`),
    onEnd: outcome => {
      inPlace('');
      console.log(outcomeLine(outcome));
    },
  });
  const failed = outcomes.filter(({ failure }) => failure !== null);
  const done = `${outcomes.length - failed.length} of ${outcomes.length} notebooks done`;
  console.log(`${done} in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
  if (failed.length === 0) return;
  process.exitCode = 1;
  console.log('\nFailed:');
  for (const { name, failure, written } of failed) {
    // The cell and the error itself; the page has all that it wrote.
    const [cell, ...rest] = failure!.split('\n');
    const error = rest.find(line => /^\w*(Error|Rejection|Exception)\b/.test(line)) ?? rest[0] ?? '';
    console.log(
      `  ${[`${name}: ${cell}`, error, `how far it came: ${written}`].filter(Boolean).join('\n    ')}`,
    );
  }
}

function outcomeLine({ name, seconds, failure, outputs, recomputed }: NotebookOutcome): string {
  const changed = outputs.changed === 0 ? 'as before' : `${outputs.changed} changed`;
  const said = failure === null ? `${outputs.all} outputs, ${changed}` : 'FAILED';
  return `${name.padEnd(40)} ${seconds.toFixed(1).padStart(7)} s  ${said}${recomputed ? ', computed again' : ''}`;
}

/** A line that the next one replaces; nothing where lines cannot be replaced. */
function inPlace(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`);
}

/** Writes all notebooks as a site. */
export async function printReport(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { out: { type: 'string', default: 'reports/site' } } });
  const { writeOurSite } = await import('../notebook/writeOurSite.js');
  const { start, pages, figures, executed } = await writeOurSite(values.out, {
    onExecute: name => console.log(`${name} has changed since it was executed last: executing it …`),
  });
  const again = executed === 0 ? '' : `, ${executed} of them executed now`;
  console.log(`${pages} notebooks with ${figures} live figures${again}: open ${start}`);
}
