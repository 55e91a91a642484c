import { shortNumber } from '../figures/theme';
import { alignedLines } from './formatStudyTable';
import type { QuestionStudy, ReadingChange } from './questionStudy';

/** Columns and cells of the summary, the study's own readings in the first line of each question. */
export function questionCells({ rows, questions }: QuestionStudy): {
  readonly columns: readonly string[];
  readonly cells: readonly (readonly string[])[];
} {
  const columns = [
    'question',
    'reading',
    'other mask',
    'removed (points)',
    'accuracy (points)',
    'most, one start',
    'epochs (%)',
    'never stop',
  ];
  const cells = rows.map(row => {
    const question = questions.find(({ id }) => id === row.question)?.question ?? row.question;
    if (row.isStudys) return [question, `${row.reading} (reference)`, '', '', '', '', '', stops(row)];
    return [
      '',
      row.reading,
      `${row.otherMask} of ${row.runs}`,
      signed(100 * row.removed),
      signed(100 * row.accuracy),
      shortNumber(100 * row.largestAccuracy),
      signed(100 * row.epochs),
      stops(row),
    ];
  });
  return { columns, cells };
}

/** The summary as aligned lines. */
export function formatQuestionStudy(study: QuestionStudy): string {
  const { columns, cells } = questionCells(study);
  return [...alignedLines([columns, ...cells]), '', questionNote(study)].join('\n');
}

export function questionNote({ starts }: QuestionStudy): string {
  return (
    `Each reading minus the reference, which the study's numbers come out of (of random masks: a draw of ours), mean over data sets of the mean over ${starts} starts; other mask: runs that remove other ` +
    'weights; most: largest change of accuracy at one start; runs that never reach the benchmark count with the limit of epochs.'
  );
}

function stops({ unstopped, noMask, runs }: ReadingChange): string {
  return `${unstopped} of ${runs}${noMask === 0 ? '' : `, no mask ${noMask}`}`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${shortNumber(value)}`;
}
