import { cellStanding, type StudyCell } from './studyTable';
import type { SpectralTable, SpectralTableRow } from './table4';
import type { TextTable } from './textTable';

/**
 * Table 4: ours, of several initialisations with the interval of one more network in brackets, then the paper's; p is the largest
 * p-value of alpha among the initialisations.
 */
export function spectralTableText(table: SpectralTable): TextTable {
  const inits = [...new Set(table.rows.map(each => each.inits.join(', ')))];
  const columns = [
    'network',
    'layer',
    ...(inits.length === 1 ? [] : ['inits']),
    'alpha',
    'paper',
    'weighted',
    'paper',
    'tail',
    'p(alpha)',
    'above edge',
  ];
  const standings = table.rows.flatMap(({ alpha }) => cellStanding(alpha) ?? []);
  const count = (wanted: string): number => standings.filter(standing => standing === wanted).length;
  const reasons = table.rows.flatMap(({ network, layer, alpha }) =>
    cellStanding(alpha) === 'explained' ? [`≠ ${network}, layer ${layer}: ${alpha.reason}`] : [],
  );
  const starts = inits.length === 1 ? `initialisation ${inits[0]}; ` : '';
  return {
    title: `${table.title} (${starts}null: ${table.null}, ${table.draws} draws, seed ${table.seed})`,
    columns,
    rows: table.rows.map(row => cells(row, inits.length > 1)),
    notes: [
      `Of ${standings.length} exponents of the paper ${count('exact')} agree as printed, ${count('inside')} lie where one more network would.`,
      // Of single networks most differ, for one and the same reason.
      ...(reasons.length <= MOST_REASONS ? reasons : []),
      ...impossibleIntervals(table.rows),
      'A tail of fewer than 25 eigenvalues carries no verdict, whatever its alpha.',
    ],
  };
}

/** Intervals suppose normal values; where they hold exponents that there are not, to lie inside is no agreement. */
function impossibleIntervals(rows: readonly SpectralTableRow[]): string[] {
  const wide = rows.filter(({ alpha }) => (alpha.distribution?.interval?.[0] ?? LEAST_ALPHA) < LEAST_ALPHA);
  if (wide.length === 0) return [];
  return [
    `${wide.length} intervals reach below 1, where no alpha lies: so few and uneven values would let almost any exponent in, and ≈ says little there.`,
  ];
}

const LEAST_ALPHA = 1;

const MOST_REASONS = 5;

function cells(
  { network, layer, inits, alpha, alphaWeighted, diagnoses, significant }: SpectralTableRow,
  withInits: boolean,
): string[] {
  const range = (values: readonly number[]): string => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low === high ? `${low}` : `${low}–${high}`;
  };
  const worst = Math.max(...diagnoses.map(({ pAlpha }) => pAlpha));
  return [
    network,
    String(layer),
    ...(withInits ? [inits.join(', ')] : []),
    ours(alpha),
    printed(alpha),
    ours(alphaWeighted),
    printed(alphaWeighted),
    `${range(diagnoses.map(({ tail }) => tail))}/${range(diagnoses.map(({ count }) => count))}`,
    `${Number.isNaN(worst) ? '–' : worst.toPrecision(2)} (${significant} of ${diagnoses.length} < 0.05)`,
    range(diagnoses.map(({ above }) => above)),
  ];
}

function ours({ ours: value, distribution }: StudyCell): string {
  if (value === null) return '–';
  const interval = distribution?.interval?.map(end => end.toFixed(2)).join(', ');
  return interval === undefined ? value.toFixed(2) : `${value.toFixed(2)} [${interval}]`;
}

/** The marks of the other tables: agreement of one run, a value that could be one of our runs, neither. */
function printed(cell: StudyCell): string {
  if (cell.published === null) return '–';
  const standing = cellStanding(cell);
  const mark = standing === 'exact' ? '=' : standing === 'inside' ? '≈' : '≠';
  return `${mark} ${cell.published.toFixed(2)}`;
}
