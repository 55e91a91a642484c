import { alignedLines } from './formatStudyTable';
import type { ChoiceOutcome, MaskChoicesTable } from './maskChoices';
import { type SmallDataset, smallDatasets } from './smallDatasets';

/**
 * The table as plain text, one choice a line: per data set shared / recomputed weights, then in all, then the pairs of weights
 * in the printed order of p-values.
 */
export function formatMaskChoices({ rows }: MaskChoicesTable): string {
  return (['FT', 'PT'] as const)
    .map(variant => rows.filter(row => row.variant === variant))
    .filter(some => some.length > 0)
    .map(some => {
      const best = some[0];
      const header = [`LEGCNet-${best.variant} masks made with`, ...smallDatasets, 'all'];
      const goal = (name: SmallDataset): string => String(best.datasets[name]?.published ?? '');
      const body = some.map(({ choice, datasets, total }) => [
        choice,
        ...smallDatasets.map(name => counts(datasets[name])),
        counts(total),
        total.chance.toFixed(1),
        `${total.inOrder}-${total.outOfOrder}`,
      ]);
      const published = [
        'published weights',
        ...smallDatasets.map(goal),
        String(best.total.published),
        '',
        '',
      ];
      return alignedLines([[...header, 'by chance', 'order'], published, ...body]).join('\n');
    })
    .concat(legend)
    .join('\n\n');
}

function counts(outcome: ChoiceOutcome | undefined): string {
  return outcome === undefined ? '–' : `${outcome.shared}/${outcome.recomputed}`;
}

const legend =
  'Shared / recomputed weights, five initialisations together. By chance: shared weights expected of random masks\n' +
  'of the same size. Order: pairs of published weights that our p-values order as the study lists them, and those they do not.';
