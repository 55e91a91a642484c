import { countsText, formatStudyTable, oursText, startsText } from '../study/formatStudyTable';
import { cellStanding, type StudyCell, type StudyTable } from '../study/studyTable';
import type { DisplayBundle } from './display';
import { escapeHtml } from './html';

/** Our values in the paper's columns; a cell that differs shows the paper's value below ours, its reason on hover. */
export function viewStudyTable(table: StudyTable): DisplayBundle {
  const names = Object.keys(table.columns);
  const head = ['data set', 'start', ...names]
    .map(name => `<th scope="col">${escapeHtml(name)}</th>`)
    .join('');
  const body = table.rows.map(row => {
    const cells = names.map(name => cellHtml(row.cells[name], table.columns[name])).join('');
    return `<tr><th scope="row">${escapeHtml(row.dataset)}</th><td>${startsText(row)}</td>${cells}</tr>`;
  });
  const note = `${countsText(table.rows)} Agreement is marked ✓, a distribution that holds the paper's value ≈.`;
  return {
    'text/html':
      `<div class="legcnet-table"><p><strong>${escapeHtml(table.title)}</strong></p>` +
      `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table><p>${escapeHtml(note)}</p></div>`,
    'text/plain': formatStudyTable(table),
  };
}

function cellHtml(cell: StudyCell, decimals: number): string {
  const { published, reason = '', evidence } = cell;
  const because = evidence === undefined ? reason : `${reason} Shown by ${evidence}`;
  const title = because === '' ? '' : ` title="${escapeHtml(because)}"`;
  const standing = cellStanding(cell);
  const mark = standing === 'exact' ? ' ✓' : '';
  const sign = standing === 'inside' ? '≈ paper' : 'paper';
  const paper =
    standing === null || standing === 'exact'
      ? ''
      : `<br><small>${sign} ${published?.toFixed(decimals)}</small>`;
  return `<td${title}>${oursText(cell, decimals)}${mark}${paper}</td>`;
}
