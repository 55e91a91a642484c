import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireOneOf } from '../core/require';
import { result } from '../core/result';
import { chaosClaims } from './chaosClaims';
import type { ClaimDefinition, ClaimNumber, Verdict } from './claim';
import { diagnosisClaims } from './diagnosisClaims';
import { exhibitClaims } from './exhibitClaims';
import { pruningClaims } from './pruningClaims';
import { theoryClaims } from './theoryClaims';

/** One claim, table or figure of the paper. */
export interface ClaimRow {
  /** `Claim 3`, `Table 1`, `Figure 5`. */
  readonly item: string;
  /** What it says, in our words. */
  readonly says: string;
  /** What the numbers say of it. */
  readonly verdict: Verdict;
  /** One sentence with the reason of the verdict. */
  readonly because: string;
  /** What the verdict follows from, by the rule; empty where nothing was measured. */
  readonly numbers: readonly ClaimNumber[];
  /** From the numbers to the verdict. */
  readonly rule: string;
  /** The command that prints the numbers. */
  readonly evidence: string;
  /** Our notebook about it, without folder and ending. */
  readonly notebook: string;
}

/** What becomes of the paper's claims, tables and figures here. */
export interface Claims {
  readonly kind: 'claims';
  /** One entry a claim, table or figure. */
  readonly rows: readonly ClaimRow[];
}

/** Which claims are judged. */
export interface ClaimsOptions extends LongRunOptions {
  /** Such as `['Claim 3', 'Table 1']`. Default: all. */
  readonly items?: readonly string[];
}

const optionNames: OptionNames<ClaimsOptions> = { items: true, ...longRunOptionNames };

/** Every claim by its number, then tables, figures and the appendix. */
export const claimDefinitions: readonly ClaimDefinition[] = inOrder([
  ...chaosClaims,
  ...pruningClaims,
  ...diagnosisClaims,
  ...exhibitClaims,
  ...theoryClaims,
]);

/**
 * The paper's fourteen claims, four tables, six figures and its appendix, each with a verdict that follows by a stated rule from
 * numbers computed now: live on Iris where that takes seconds, else from the rows that ship with the package. Half a minute for
 * all. Explanations (claim 9, Figure 6) need files of the study; without them their verdict is `not measured`.
 *
 * @throws RangeError for an item that does not exist, the signal's reason when stopped
 * @example
 * import { claims } from 'legcnet';
 * const { rows } = await claims({ items: ['Claim 10'] });
 * rows[0].verdict; // 'does not hold'
 */
export async function claims(options: ClaimsOptions = {}): Promise<Claims> {
  const task = 'judge claims';
  checkOptions(options, optionNames, task);
  const all = claimDefinitions.map(({ item }) => item);
  const { items = all } = options;
  for (const item of items) requireOneOf(item, all, 'an item', task);
  const wanted = claimDefinitions.filter(({ item }) => items.includes(item));
  const run = new LongRun(options);
  const progress = (done: number) => ({ task: 'Judging claims', done, total: wanted.length, unit: 'items' });
  // Steps inside stop with the whole, which tells how far it is for all of them.
  const quiet = { onProgress: () => {}, ...(run.signal && { signal: run.signal }) };
  const rows: ClaimRow[] = [];
  for (const definition of wanted) {
    rows.push(await judged(definition, quiet));
    await run.pause(progress(rows.length));
  }
  run.finish(progress(rows.length));
  return result({ kind: 'claims', rows });
}

async function judged(definition: ClaimDefinition, longRun: LongRunOptions): Promise<ClaimRow> {
  const { item, says, rule, evidence, notebook } = definition;
  const head = { item, says, rule, evidence, notebook };
  try {
    const numbers = await definition.measure(longRun);
    const values = Object.fromEntries(Object.entries(numbers).map(([name, { value }]) => [name, value]));
    return {
      ...head,
      verdict: definition.judge(values),
      because: definition.because(values),
      numbers: Object.values(numbers),
    };
  } catch (error) {
    // A file of the study that cannot be had or kept is the one failure that says nothing about the claim.
    if (!(error instanceof Error) || !/^Cannot (get|keep) /.test(error.message)) throw error;
    const [because] = error.message.split(':');
    return { ...head, verdict: 'not measured', because: `${because}; legcnet data fetches it.`, numbers: [] };
  }
}

function inOrder(definitions: readonly ClaimDefinition[]): ClaimDefinition[] {
  const kinds = ['Claim', 'Table', 'Figure', 'Appendix'];
  const place = ({ item }: ClaimDefinition): number => {
    const [kind, count] = item.split(' ');
    return 100 * kinds.indexOf(kind) + (Number(count) || 0);
  };
  return [...definitions].sort((a, b) => place(a) - place(b));
}
