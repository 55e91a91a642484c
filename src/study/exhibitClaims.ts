import { longRunOptions } from '../core/options';
import { counted } from '../figures/theme';
import { type ClaimDefinition, type ClaimNumber, claim, countOf, number, type Verdict } from './claim';
import { figure6 } from './figure6';
import { smallDatasets } from './smallDatasets';
import type { StudyTable } from './studyTable';
import { countCells } from './studyTable';
import { savedTable4 } from './table4';
import { type Table4AgreementRow, table4Agreement } from './table4Agreement';
import { table1, table2, table3 } from './tables';

const PANELS_RULE =
  'Holds if every bar of every panel comes out within 0.005, half of the printed last digit; with limits if at least half of the panels do; otherwise it does not hold.';

/** Tables 1 to 4, Figures 5 and 6 and the panels of the appendix: can they be repeated? */
export const exhibitClaims: readonly ClaimDefinition[] = [
  tableClaim(1, '04-table-1', 'dense networks and LEGCNet-FT'),
  tableClaim(2, '05-table-2', 'LEGCNet-FT and LEGCNet-PT'),
  tableClaim(3, '06-table-3', 'pruning by chance and by magnitude'),
  claim({
    item: 'Table 4',
    says: 'WeightWatcher’s alpha and alpha weighted of five MNIST networks.',
    rule: 'Holds if every printed value could be one of our five runs (95 %); with limits if 9 of 10 could; otherwise it does not hold.',
    notebook: '08-table-4-and-figure-5',
    evidence: 'legcnet table 4',
    measure: async () => {
      const cells = savedTable4().rows.flatMap(({ alpha, alphaWeighted }) => [alpha, alphaWeighted]);
      return {
        inside: countOf(
          'values inside our distribution',
          cells,
          ({ match, distribution }) => match === true || distribution?.inside === true,
        ),
        cells: number('values', cells.length),
      };
    },
    judge: ({ inside, cells }) => repeats(inside, cells),
    because: ({ inside, cells }) =>
      inside === cells
        ? 'One run of the paper could be one of ours.'
        : `${counted(cells - inside, 'value')} could not be of our runs; images, batches and random mask are not published.`,
  }),
  spectraClaim(
    'Figure 5',
    'Spectra of the first layer of dense, FT and PT',
    '08-table-4-and-figure-5',
    row => row.layer === 1 && isLegcnet(row),
  ),
  claim({
    item: 'Figure 6',
    says: 'Mean |SHAP| on Cancer for dense, FT and PT.',
    rule: PANELS_RULE,
    notebook: '09-figure-6',
    evidence: 'legcnet figure 6 --dataset cancer --network dense --network FT --network PT',
    measure: async longRun => {
      const networks = ['dense', 'FT', 'PT'] as const;
      const { panels } = await figure6({ datasets: ['cancer'], networks, ...longRunOptions(longRun) });
      return panelNumbers(panels);
    },
    judge: ({ close, panels }) => repeats(close, panels, 0.5),
    because: () => 'From initialisation 5, where the tables show initialisation 2.',
  }),
  spectraClaim('Appendix spectra', 'Spectra of all layers of five networks', '10-appendix', () => true),
  claim({
    item: 'Appendix bars',
    says: 'Mean |SHAP| on Cancer, Titanic and Banknote for five networks.',
    rule: PANELS_RULE,
    notebook: '10-appendix',
    evidence:
      'legcnet figure 6 --dataset cancer --dataset titanic --dataset banknote ' +
      '--network dense --network FT --network PT --network random --network magnitude',
    measure: async longRun => {
      const { panels } = await figure6({
        datasets: smallDatasets.filter(name => !name.startsWith('iris')),
        ...longRunOptions(longRun),
      });
      return panelNumbers(panels.filter(({ deviation }) => deviation !== null));
    },
    judge: ({ close, panels }) => repeats(close, panels, 0.5),
    because: () =>
      'Random masks are not published, and the Banknote panel for them repeats the one for magnitude; Banknote PT is of no published mask.',
  }),
];

function tableClaim(table: 1 | 2 | 3, notebook: string, says: string): ClaimDefinition {
  return claim({
    item: `Table ${table}`,
    says: `The table of ${says}.`,
    rule: 'Holds if every printed result agrees as printed or could be one of our runs; with limits if the others have a reason that a command shows; otherwise it does not hold.',
    notebook,
    evidence: `legcnet table ${table}`,
    measure: async () => {
      const { rows }: StudyTable = await [table1, table2, table3][table - 1]();
      const { exact, inside, explained, unexplained } = countCells(rows);
      const of = `of ${exact + inside + explained + unexplained}`;
      return {
        exact: number('results as printed', exact, of),
        inside: number('inside our distribution', inside, of),
        explained: number('that differ for a known reason', explained, of),
        unexplained: number('that differ without one', unexplained, of),
      };
    },
    judge: ({ explained, unexplained }) =>
      explained + unexplained === 0 ? 'holds' : unexplained === 0 ? 'holds with limits' : 'does not hold',
    because: ({ explained, unexplained }) =>
      explained + unexplained === 0
        ? 'All results can be repeated.'
        : `${explained + unexplained} results cannot be repeated; legcnet tables --summary lists the reasons.`,
  });
}

/** Spectra are repeated where the end of the paper's histogram lies among the largest eigenvalues of our runs. */
function spectraClaim(
  item: string,
  says: string,
  notebook: string,
  isShown: (row: Table4AgreementRow) => boolean,
): ClaimDefinition {
  return claim({
    item,
    says: `${says}, beside those of shuffled weights.`,
    rule: 'Holds if in every panel the drawn largest eigenvalue could be one of our runs’ and is the one that Table 4 implies; with limits if in 9 of 10 it could be one of our runs’; otherwise it does not hold.',
    notebook,
    evidence: 'legcnet figure 5',
    measure: async () => {
      const rows = table4Agreement().rows.filter(isShown);
      return {
        like: countOf(
          'panels whose largest eigenvalue is among ours',
          rows,
          ({ figureLargest, ourLargest }) =>
            figureLargest[0] <= ourLargest[1] && figureLargest[1] >= ourLargest[0],
        ),
        same: countOf(
          'panels that can be of Table 4’s networks',
          rows,
          row => row.sameLargest && row.sameAlpha,
        ),
        panels: number('panels', rows.length),
      };
    },
    judge: ({ like, same, panels }) =>
      like === panels && same < panels ? 'holds with limits' : repeats(like, panels),
    because: ({ same, panels }) =>
      same === panels
        ? 'They agree with Table 4.'
        : `Other networks than Table 4: ${counted(panels - same, 'panel')}.`,
  });
}

function isLegcnet({ network }: Table4AgreementRow): boolean {
  return network !== 'random' && network !== 'magnitude';
}

interface PanelNumbers {
  readonly close: ClaimNumber;
  readonly panels: ClaimNumber;
  readonly deviation: ClaimNumber;
}

function panelNumbers(panels: readonly { readonly deviation: number | null }[]): PanelNumbers {
  const deviations = panels.map(({ deviation }) => deviation ?? Number.NaN);
  return {
    close: countOf('panels with every bar within 0.005', deviations, each => each <= 0.005),
    panels: number('panels', deviations.length),
    deviation: number('largest difference of a bar', Math.max(...deviations)),
  };
}

/** `share`: of all, to hold with limits. */
function repeats(repeated: number, all: number, share = 0.9): Verdict {
  if (repeated === all) return 'holds';
  return repeated >= share * all ? 'holds with limits' : 'does not hold';
}
