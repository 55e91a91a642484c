import type { Procedure } from '../data/dataset';
import type { StudyName } from '../data/studySettings';
import type { CellReason, RunValue } from './studyCell';

/** What is known of a cell that differs from the paper, used only where it does; undefined where nothing is. */
export function cellReason(
  table: number,
  dataset: StudyName,
  column: string,
  procedure: Procedure,
  values: readonly RunValue[],
): CellReason | undefined {
  if (procedure === 'described' && dataset === 'mnist' && /FT|PT|nonCausal/.test(column)) {
    return {
      reason:
        'The text moves w11, whose pixel is black in every image: no other weight ever differs, so there is no exponent and no mask.',
      evidence: `legcnet table ${table} --procedure described --dataset mnist --json`,
    };
  }
  if (procedure !== 'published') {
    return {
      reason: `The paper's number is one run of its code; procedure ${procedure} trains and chooses otherwise.`,
      evidence: `legcnet table ${table} --procedure published --dataset ${dataset}`,
    };
  }
  const known = published.find(
    each => each.table === table && each.dataset === dataset && each.columns.test(column),
  );
  if (known !== undefined) return known;
  const missing = values.find(value => typeof value !== 'number');
  if (missing === undefined || typeof missing === 'number') return undefined;
  return {
    reason: missing.missing,
    evidence: `legcnet table ${table} --masks published --dataset ${dataset}`,
  };
}

interface Known extends CellReason {
  readonly table: number;
  readonly dataset: StudyName;
  readonly columns: RegExp;
}

const published: readonly Known[] = [
  {
    table: 2,
    dataset: 'banknote',
    columns: /PT$/,
    reason: "The paper's row repeats the LEGCNet-FT result of initialisation 5; it is not a PT run.",
    evidence: 'legcnet table 1 --masks published --dataset banknote --init 5',
  },
  {
    table: 2,
    dataset: 'iris3f',
    columns: /PT$/,
    reason:
      "The published mask of this initialisation removes nothing; the paper's row is that of the mask made with lags up to 8, not 14.",
    evidence: 'legcnet mask iris3f PT 2 --max-lag 8',
  },
  ...[1, 2, 3].flatMap((table): Known[] => [
    {
      table,
      dataset: 'vowel',
      columns: /./,
      reason:
        'Which run stands behind this row is not known: the published code cannot train these labels, and none of 80 readings from ten initialisations gives it.',
      evidence: 'legcnet vowel',
    },
    {
      table,
      dataset: 'mnist',
      columns: /^(flops|nonCausal|pruned)/,
      reason:
        'The masks are those that the study lists, one an initialisation; that of initialisation 3 holds 138 weights where the table says 139.',
      evidence: 'legcnet mnist',
    },
    {
      table,
      dataset: 'mnist',
      columns: /./,
      reason:
        'The study published neither its 42 000 images nor the order of its batches; ours are drawn by a seed, from the same initial weights.',
      evidence: 'legcnet mnist',
    },
  ]),
];

/** What a setting of the study is worth here: it is carried, not computed. */
export function settingReason(dataset: StudyName): CellReason {
  const carried = 'A setting of the study, not a result: the published masks carry it.';
  const reason =
    dataset === 'titanic'
      ? `${carried} Titanic's come out of 7 epochs, not of the 3 that the paper prints.`
      : carried;
  return { reason, evidence: 'legcnet masks' };
}
