import { shortNumber } from '../figures/theme';
import type { ClaimNumber } from './claim';
import type { ClaimRow, Claims } from './claims';

/** Every item with its verdict, its numbers, the rule and where to look. */
export function formatClaims({ rows }: Claims): string {
  return rows.map(formatRow).join('\n\n');
}

function formatRow({ item, says, verdict, because, numbers, rule, evidence, notebook }: ClaimRow): string {
  return [
    `${item}: ${verdict}`,
    `  ${says}`,
    ...numbers.map(each => `    ${claimNumberText(each)}`),
    `  ${because}`,
    `  Rule: ${rule}`,
    `  ${evidence} · notebooks/${notebook}.ipynb`,
  ].join('\n');
}

/** `winning tickets: 9 of 30`. */
export function claimNumberText({ name, value, unit }: ClaimNumber): string {
  return `${name}: ${shortNumber(value, 3)}${unit === '' ? '' : ` ${unit}`}`;
}
