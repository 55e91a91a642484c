import type { ChoiceOutcome, MaskChoicesTable } from './maskChoices';
import { type SmallDataset, smallDatasets } from './smallDatasets';
import type { TextTable } from './textTable';

/**
 * A table for FT and one for PT, one choice a line: per data set shared / recomputed weights, then in all, then the pairs of weights
 * in the printed order of p-values.
 */
export function maskChoicesTexts({ rows }: MaskChoicesTable): TextTable[] {
  return (['FT', 'PT'] as const)
    .map(variant => rows.filter(row => row.variant === variant))
    .filter(some => some.length > 0)
    .map(some => {
      const best = some[0];
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
      return {
        title: `LEGCNet-${best.variant}: shared with the published masks / recomputed`,
        columns: ['made with', ...smallDatasets, 'all', 'by chance', 'order'],
        rows: [published, ...body],
        notes: legend,
      };
    });
}

function counts(outcome: ChoiceOutcome | undefined): string {
  return outcome === undefined ? '–' : `${outcome.shared}/${outcome.recomputed}`;
}

const legend = [
  'Five initialisations together. By chance: shared weights expected of random masks of the same size.',
  'Order: pairs of published weights that our p-values order as the study lists them, and those they do not.',
];
