import { shortNumber } from '../figures/theme';
import type { CellValue } from '../notebook/table';
import type { TableParts } from '../notebook/tableBundle';

/** What LaTeX takes for a command, and letters that its fonts do not have. */
const spellings: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  "'": '\\textquotesingle{}',
  '`': '\\textasciigrave{}',
  // Behind a line end brackets and a star would be taken for its options.
  '[': '{[}',
  ']': '{]}',
  '*': '{*}',
  '−': '$-$',
  '±': '$\\pm$',
  '×': '$\\times$',
  '·': '$\\cdot$',
  '≈': '$\\approx$',
  '≠': '$\\neq$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '≡': '$\\equiv$',
  '∞': '$\\infty$',
  '→': '$\\to$',
  '✓': '$\\surd$',
  '▲': '$\\blacktriangle$',
  '▼': '$\\blacktriangledown$',
  α: '$\\alpha$',
  β: '$\\beta$',
  δ: '$\\delta$',
  ε: '$\\varepsilon$',
  λ: '$\\lambda$',
  µ: '$\\mu$',
  μ: '$\\mu$',
  ρ: '$\\rho$',
  σ: '$\\sigma$',
  τ: '$\\tau$',
  χ: '$\\chi$',
  Δ: '$\\Delta$',
  '²': '$^2$',
  '³': '$^3$',
  '\u00A0': '~',
  '\u202F': '\\,',
};

/** Text of a user, safe inside a LaTeX table: every special character is shown, none acts. */
export function escapeLatex(text: string): string {
  let escaped = '';
  for (const letter of text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')) {
    escaped += Object.hasOwn(spellings, letter) ? spellings[letter] : letter;
  }
  // Two hyphens would become a dash, two commas a quotation mark.
  return escaped.replace(/([-,])(?=\1)/g, '$1{}');
}

/**
 * The table as a LaTeX `table` for the packages booktabs, textcomp and amssymb, numbers rounded as a notebook shows them.
 *
 * @param name what `\label{tab:…}` says; letters, digits and hyphens
 */
export function latexTable(table: TableParts, name: string): string {
  const { columns, rows, totalRows, caption, note } = table;
  const sides = columns.map((_, c) => sideOf(rows.map(row => row[c]))).join('');
  const line = (cells: readonly string[]): string => `    ${cells.join(' & ')} \\\\`;
  const cut = rows.length < totalRows ? [`first ${rows.length} of ${totalRows} rows`] : [];
  const notes = [note, ...cut].filter(text => text !== '');
  const label = name.normalize('NFD').replace(/[^A-Za-z0-9-]+/g, '');
  return [
    '% Needs \\usepackage{booktabs,textcomp,amssymb} and UTF-8. Numbers are rounded; the CSV and JSON beside this file are not.',
    '\\begin{table}',
    '  \\centering',
    ...(caption === '' ? [] : [`  \\caption{${escapeLatex(caption)}}`]),
    `  \\label{tab:${label}}`,
    ...(columns.length > 8 ? ['  \\footnotesize\\setlength{\\tabcolsep}{3pt}'] : []),
    `  \\begin{tabular}{${sides || 'l'}}`,
    '    \\toprule',
    line(columns.map(escapeLatex)),
    '    \\midrule',
    ...rows.map(row => line(row.map(latexCell))),
    '    \\bottomrule',
    '  \\end{tabular}',
    ...notes.map(text => `\n  \\smallskip\\footnotesize ${escapeLatex(text)}`),
    '\\end{table}',
    '',
  ].join('\n');
}

/** Numbers, short words between them included, stand right, texts left, and long ones break into lines. */
function sideOf(cells: readonly CellValue[]): string {
  const longest = cells.reduce<number>(
    (most, cell) => (typeof cell === 'string' ? Math.max(most, cell.length) : most),
    0,
  );
  if (longest > 50) return 'p{0.5\\linewidth}';
  return longest <= 12 && cells.some(cell => typeof cell === 'number') ? 'r' : 'l';
}

function latexCell(cell: CellValue): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? latexNumber(cell) : escapeLatex(String(cell));
}

/** `−1.2e-7` as `$-1.2 \times 10^{-7}$`. */
function latexNumber(value: number): string {
  if (!Number.isFinite(value)) return escapeLatex(shortNumber(value, 4));
  const [digits, exponent] = shortNumber(value, 4).replaceAll('−', '-').split('e');
  const power = exponent === undefined ? '' : ` \\times 10^{${exponent}}`;
  return `$${digits.replaceAll('\u202F', '\\,')}${power}$`;
}
