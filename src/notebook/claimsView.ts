import type { Claims } from '../study/claims';
import { claimNumberText, formatClaims } from '../study/formatClaims';
import type { DisplayBundle } from './display';
import { escapeHtml } from './html';

/** One line an item, verdicts in bold, numbers below one another; notebooks as links. */
export function viewClaims(claims: Claims): DisplayBundle {
  const head = ['', 'the paper, in our words', 'verdict', 'numbers', 'look'];
  const rows = claims.rows.map(({ item, says, verdict, because, numbers, rule, evidence, notebook }) => {
    const cells = [
      `<b>${escapeHtml(item)}</b>`,
      escapeHtml(says),
      `<b>${escapeHtml(verdict)}</b><br>${escapeHtml(because)}`,
      numbers.map(each => escapeHtml(claimNumberText(each))).join('<br>'),
      `<a href="${escapeHtml(notebook)}.ipynb">${escapeHtml(notebook)}</a><br><code>${escapeHtml(evidence)}</code>`,
    ];
    const text = cells.map(cell => `<td style="text-align:left;vertical-align:top">${cell}</td>`).join('');
    return `<tr title="${escapeHtml(rule)}">${text}</tr>`;
  });
  const titles = head.map(title => `<th scope="col" style="text-align:left">${title}</th>`).join('');
  return {
    'text/html': `<div class="legcnet-table"><table style="font-size:13px"><thead><tr>${titles}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`,
    'text/plain': `The paper's claims, tables and figures\n\n${formatClaims(claims)}`,
  };
}
