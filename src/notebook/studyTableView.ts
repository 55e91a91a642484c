import { formatStudyTable } from '../study/formatStudyTable';
import { countMatches, type StudyCell, type StudyTable } from '../study/studyTable';
import type { DisplayBundle } from './display';
import { escapeHtml } from './html';

/** Our values in the paper's columns; a cell that differs shows the paper's value below ours, its reason on hover. */
export function viewStudyTable(table: StudyTable): DisplayBundle {
  const names = Object.keys(table.columns);
  const head = ['data set', 'init', ...names]
    .map(name => `<th scope="col">${escapeHtml(name)}</th>`)
    .join('');
  const body = table.rows.map(row => {
    const cells = names.map(name => cellHtml(row.cells[name], table.columns[name])).join('');
    return `<tr><th scope="row">${escapeHtml(row.dataset)}</th><td>${row.init}</td>${cells}</tr>`;
  });
  const { matches, compared } = countMatches(table);
  const note = `${matches} of ${compared} compared cells agree with the paper at its printed precision (✓); others show the paper's value.`;
  return {
    'text/html':
      `<div class="legcnet-table"><p><strong>${escapeHtml(table.title)}</strong></p>` +
      `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table><p>${note}</p></div>`,
    'text/plain': formatStudyTable(table),
  };
}

function cellHtml({ published, ours, match, reason = '' }: StudyCell, decimals: number): string {
  const title = reason === '' ? '' : ` title="${escapeHtml(reason)}"`;
  const value = ours === null ? '–' : ours.toFixed(decimals);
  const mark = match === true ? ' ✓' : '';
  const paper = match === false ? `<br><small>paper ${published?.toFixed(decimals)}</small>` : '';
  return `<td${title}>${value}${mark}${paper}</td>`;
}
