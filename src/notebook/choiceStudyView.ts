import type { ChoiceRival } from '../study/choiceRecord';
import type { ChoiceRow, ChoiceStudy } from '../study/choiceStudy';
import { formatChoiceStudy, intervalWords } from '../study/formatChoiceStudy';
import type { DisplayBundle } from './display';
import { escapeHtml } from './html';
import { sortScript } from './sortScript';
import { denseRows } from './textTableView';

const rivals: readonly (readonly [ChoiceRival, string])[] = [
  ['shuffled', 'minus shuffled'],
  ['random', 'minus random'],
  ['smaller-dense', 'minus smaller dense'],
  ['dense', 'minus dense'],
];

/** The decisive rivals in a table, one line a data set, variant and procedure; all rivals and agreements as text that unfolds. */
export function viewChoiceStudy(study: ChoiceStudy): DisplayBundle {
  const procedures = [...new Set(study.rows.map(({ procedure }) => procedure))];
  const hasOne = procedures.length === 1;
  const columns = [
    'data set',
    'variant',
    ...(hasOne ? [] : ['procedure']),
    'starts compared',
    'removed (%)',
    ...rivals.map(([, name]) => name),
    'never stop (%): LEGCNet, shuffled',
  ];
  const rows = study.rows.map(row => choiceCells(row, hasOne));
  const main = denseTable(columns, rows, {
    caption: `LEGCNet against rivals with as many weights removed${hasOne ? `, procedure ${procedures[0]}` : ''}`,
    note:
      'Test accuracy in percentage points, LEGCNet minus rival: mean over starts ' +
      `[95 % interval: ${intervalWords(study.rows)}]; ▲ and ▼ where the interval lies above or below zero, ≡ where the difference is shown to be within ±${100 * study.margin} (two one-sided tests, 5 %).`,
  });
  const text = formatChoiceStudy(study);
  const all = `<details><summary>All rivals, with macro F1, epochs and how far masks of different starts agree</summary><pre>${escapeHtml(text)}</pre></details>`;
  return { 'text/html': `${main}${all}`, 'text/plain': text };
}

/** A table whose cells keep their lines, to be narrow. */
function denseTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  { caption, note }: { readonly caption: string; readonly note: string },
): string {
  return (
    `<div class="legcnet-table"><p><strong>${escapeHtml(caption)}</strong></p><p>${escapeHtml(note)}</p>` +
    `${denseRows(columns, rows)}${sortScript}</div>`
  );
}

function choiceCells(row: ChoiceRow, hasOneProcedure: boolean): string[] {
  const { dataset, variant, procedure, compared, starts, removedShare, unstopped } = row;
  const head = [dataset, variant, ...(hasOneProcedure ? [] : [procedure]), `${compared} of ${starts}`];
  if (compared === 0) return [...head, ...Array.from({ length: rivals.length + 2 }, () => '–')];
  const shuffled = row.comparisons.find(({ rival }) => rival === 'shuffled');
  return [
    ...head,
    (100 * removedShare).toFixed(0),
    ...rivals.map(([rival]) => differenceCell(row, rival)),
    `${(100 * unstopped.share).toFixed(0)}, ${(100 * (shuffled?.unstopped.share ?? Number.NaN)).toFixed(0)}`,
  ];
}

/** `+0.49 ▲`, and below it `[+0.10, +1.03]`, in percentage points. */
function differenceCell({ comparisons }: ChoiceRow, rival: ChoiceRival): string {
  const found = comparisons.find(each => each.rival === rival);
  if (found === undefined || !Number.isFinite(found.accuracy.mean)) return '–';
  const { mean, low, high, status } = found.accuracy;
  if (status !== 'ok') return signed(mean);
  const side = low > 0 ? ' ▲' : high < 0 ? ' ▼' : '';
  const same = found.equivalence.status === 'ok' && found.equivalence.equivalent ? ' ≡' : '';
  return `${signed(mean)}${side}${same}\n[${signed(low)}, ${signed(high)}]`;
}

function signed(share: number): string {
  const points = (100 * Math.abs(share)).toFixed(2);
  return `${points === '0.00' ? '' : share < 0 ? '−' : '+'}${points}`;
}
