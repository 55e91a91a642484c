import { columnHeading } from '../study/columnHeading';
import { countsText, formatStudyTable, oursText, startsText } from '../study/formatStudyTable';
import { cellStanding, type StudyCell, type StudyTable } from '../study/studyTable';
import type { DisplayBundle } from './display';
import { escapeHtml } from './html';
import { sortScript } from './sortScript';
import { studyTableData } from './studyTableData';
import { dataMime } from './tableBundle';

/**
 * Our values in the paper's columns; below each stands whether it agrees, or the paper's value and the number of a note, which
 * gives the reason and the command that shows it.
 */
export function viewStudyTable(table: StudyTable): DisplayBundle {
  const names = Object.keys(table.columns);
  const notes: string[] = [];
  const body = table.rows.map(row => {
    const cells = names.map(name => cellHtml(row.cells[name], table.columns[name], notes)).join('');
    return `<tr><th scope="row" style="text-align:left">${escapeHtml(row.dataset)}</th><td style="text-align:left">${startsText(row)}</td>${cells}</tr>`;
  });
  const title = `${table.title}; procedure ${table.procedure}, masks ${table.masks}`;
  const legend =
    '✓ agrees with the paper as printed; ≈ our distribution holds the paper’s value; ≠ the paper’s value differs; – no value.';
  const list = notes.map(note => `<li>${note}</li>`).join('\n');
  return {
    'text/html':
      `<div class="legcnet-table"><p><strong>${escapeHtml(title)}</strong></p>` +
      `<table style="font-size:13px"><thead>${headHtml(table)}</thead><tbody>\n${body.join('\n')}\n</tbody></table>` +
      `<p>${escapeHtml(`${countsText(table.rows)} ${legend}`)}</p>${list === '' ? '' : `<ol>\n${list}\n</ol>`}${sortScript}</div>`,
    'text/plain': formatStudyTable(table),
    [dataMime]: studyTableData(table),
  };
}

/** How columns of numbers stand. */
const numbers = 'style="text-align:right;white-space:nowrap;padding-right:8px"';

/** Two lines: the quantities, and below each the networks that it is given for. */
function headHtml(table: StudyTable): string {
  const headings = Object.keys(table.columns).map(name => columnHeading(table, name));
  const upper: string[] = [];
  const lower: string[] = [];
  for (let c = 0; c < headings.length; ) {
    const { quantity, arm } = headings[c];
    if (arm === '') {
      upper.push(`<th scope="col" rowspan="2" ${numbers}>${escapeHtml(quantity)}</th>`);
      c++;
      continue;
    }
    let span = 0;
    for (; c + span < headings.length && headings[c + span].quantity === quantity; span++) {
      lower.push(`<th scope="col" ${numbers}>${escapeHtml(headings[c + span].arm)}</th>`);
    }
    upper.push(`<th scope="colgroup" colspan="${span}">${escapeHtml(quantity)}</th>`);
    c += span;
  }
  const first = ['data set', 'start']
    .map(name => `<th scope="col" rowspan="2" style="text-align:left">${name}</th>`)
    .join('');
  return `<tr>${first}${upper.join('')}</tr><tr>${lower.join('')}</tr>`;
}

function cellHtml(cell: StudyCell, decimals: number, notes: string[]): string {
  const standing = cellStanding(cell);
  const sign = standing === 'inside' ? '≈' : '≠';
  const printed = standing === 'exact' ? '✓' : `${sign} ${cell.published?.toFixed(decimals)}`;
  const paper = standing === null ? '' : `<br>${printed}`;
  // The deviation on a line of its own: side by side the columns would not fit a page.
  const ours = oursText(cell, decimals).replace('±', '<br>± ');
  return `<td ${numbers}>${ours}${paper}${noteMark(cell, notes)}</td>`;
}

/** The number of the cell's note, which is added when it is new. */
function noteMark({ reason, evidence }: StudyCell, notes: string[]): string {
  if (reason === undefined) return '';
  const shown = evidence === undefined ? '' : ` Shown by <code>${escapeHtml(evidence)}</code>`;
  const note = `${escapeHtml(reason)}${shown}`;
  if (!notes.includes(note)) notes.push(note);
  return ` <sup>${notes.indexOf(note) + 1}</sup>`;
}
