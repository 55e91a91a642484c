import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTensorFlow } from '../src';
import { alignedLines } from '../src/study/formatStudyTable';
import { figuresPage } from './figuresPage';
import { type ProcessState, processState } from './processState';
import { soakFigure } from './soakFigure';
import { soakRound } from './soakRound';
import { roundsForMemory, type SoakRow, soakVerdict } from './soakVerdict';

/**
 * The same analysis over and over in one process, which at the end must hold no more memory, tensors, threads, files or handles
 * than it did once it was warm:
 *
 *     node --expose-gc dist/bench/soak.js [--minutes 10] [--json FILE] [--page FILE.html]
 *
 * A user who runs one analysis a minute makes 120 of them in two hours.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      json: { type: 'string' },
      page: { type: 'string' },
    },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new RangeError(`soak: --minutes must be above 0, '${values.minutes}' came`);
  const tf = await loadTensorFlow();
  const states: ProcessState[] = [];
  const end = performance.now() + 60_000 * minutes;
  for (let round = 1; performance.now() < end || round <= 8; round++) {
    await soakRound(round, tf);
    states.push(await processState(round, tf));
    if (round % 10 === 1) console.log(stateLine(states[states.length - 1]));
  }
  const rows = soakVerdict(states);
  const seconds = states[states.length - 1].seconds - states[0].seconds;
  const summary = `${states.length} analyses in ${(seconds / 60).toFixed(1)} minutes; one a minute would take ${(states.length / 60).toFixed(1)} h.`;
  console.log(`\n${summary}`);
  console.log(verdictTable(rows));
  if (states.length < roundsForMemory) console.log(`Memory is judged from ${roundsForMemory} analyses on.`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ rows, states }, null, 1)}\n`);
  if (values.page !== undefined) {
    await mkdir(dirname(values.page), { recursive: true });
    writeFileSync(
      values.page,
      figuresPage({
        title: 'legcnet soak',
        heading: 'The same analysis over and over',
        subtitle: summary,
        figures: [soakFigure(states)],
        tables: [{ title: '', text: verdictTable(rows) }],
      }),
    );
    console.log(`\nPage: ${values.page}`);
  }
  if (rows.some(({ flat }) => !flat)) process.exitCode = 1;
}

function stateLine({
  round,
  heap,
  arrayBuffers,
  resident,
  tensors,
  threads,
  files,
  handles,
}: ProcessState): string {
  return `round ${round}: heap ${inMiB(heap)}, buffers ${inMiB(arrayBuffers)}, process ${inMiB(resident)} MiB; ${tensors} tensors, ${threads} threads, ${files} files, ${handles} handles`;
}

function verdictTable(rows: readonly SoakRow[]): string {
  const bytes: ReadonlySet<string> = new Set(['heap', 'arrayBuffers', 'resident']);
  const shown = ({ quantity }: SoakRow, value: number): string =>
    bytes.has(quantity) ? `${inMiB(value)} MiB` : value.toFixed(1);
  const body = rows.map(row => [
    row.quantity,
    shown(row, row.early),
    shown(row, row.late),
    shown(row, row.allowed),
    row.flat ? 'flat' : 'GROWS',
  ]);
  return alignedLines([['', 'second quarter', 'last quarter', 'allowed', ''], ...body]).join('\n');
}

function inMiB(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
