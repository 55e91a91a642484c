import { counted, shortNumber } from '../figures/theme';
import type { TrainingRun } from '../network/train';
import type { CausalSearch } from '../study/causalSearch';
import type { ChoiceStudy } from '../study/choiceStudy';
import type { Claims } from '../study/claims';
import { mnistTable } from '../study/formatMnistRun';
import { questionCells, questionNote } from '../study/formatQuestionStudy';
import { recomputedMaskFacts, recomputedMaskTitle } from '../study/formatRecomputedMask';
import { formatTablesSummary } from '../study/formatTablesSummary';
import { theoremSettings, theoremTable } from '../study/formatTheorem';
import type { LegcnetRun } from '../study/legcnet';
import type { MaskChoicesTable } from '../study/maskChoices';
import { maskChoicesTexts } from '../study/maskChoicesTexts';
import type { MnistRun } from '../study/mnistRun';
import type { QuestionStudy } from '../study/questionStudy';
import type { RecomputedMask } from '../study/recomputedMask';
import type { StudyTable } from '../study/studyTable';
import type { TablesSummary } from '../study/tablesSummary';
import type { TheoremSimulation } from '../study/theoremSimulation';
import type { VowelReadings } from '../study/vowelReadings';
import { vowelReadingsText } from '../study/vowelReadingsText';
import { viewChoiceStudy } from './choiceStudyView';
import { viewClaims } from './claimsView';
import type { DisplayBundle } from './display';
import { facts } from './facts';
import { escapeHtml } from './html';
import { viewStudyTable } from './studyTableView';
import { tableBundle } from './tableBundle';
import { viewTextTables } from './textTableView';
import { registerView } from './views';

/** Registers the views of what the study room makes. */
export function registerStudyViews(): void {
  registerView<StudyTable>('study-table', viewStudyTable);
  registerView<RecomputedMask>('recomputed-mask', viewRecomputedMask);
  registerView<MaskChoicesTable>('mask-choices', found => viewTextTables(maskChoicesTexts(found)));
  registerView<VowelReadings>('vowel-readings', found => viewTextTables([vowelReadingsText(found)]));
  registerView<CausalSearch>('causal-search', viewSearch);
  registerView<ChoiceStudy>('choice-study', viewChoiceStudy);
  registerView<Claims>('claims', viewClaims);
  registerView<QuestionStudy>('question-study', viewQuestions);
  registerView<TablesSummary>('tables-summary', viewSummary);
  registerView<LegcnetRun>('legcnet-run', viewLegcnetRun);
  registerView<MnistRun>('mnist-run', viewMnistRun);
  registerView<TheoremSimulation>('theorem-simulation', viewTheorem);
}

function viewQuestions(study: QuestionStudy): DisplayBundle {
  const { columns, cells } = questionCells(study);
  const caption = 'What each reading of the paper changes';
  const table = { columns, rows: cells, totalRows: cells.length, caption, note: questionNote(study) };
  return tableBundle(table);
}

function viewRecomputedMask(made: RecomputedMask): DisplayBundle {
  return facts(recomputedMaskTitle(made), recomputedMaskFacts(made));
}

function viewSummary(summary: TablesSummary): DisplayBundle {
  const { tables, all, reasons } = summary;
  const rows = [...tables.map(each => ({ name: `Table ${each.table}`, ...each })), { name: 'all', ...all }];
  const counts = tableBundle({
    columns: ['', 'exact', 'inside', 'explained', 'unexplained'],
    rows: rows.map(each => [each.name, each.exact, each.inside, each.explained, each.unexplained]),
    totalRows: rows.length,
    caption: `Cells of Tables 1 to 3 under procedure published, ${all.cells} with a printed result`,
    note: 'exact: one run of ours agrees at the printed precision; inside: the value could be one of our runs (95 %).',
  });
  const list = reasons.map(
    ({ reason, evidence, cells }) =>
      `<li>${escapeHtml(reason)} ${counted(cells.length, 'cell')}, shown by <code>${escapeHtml(evidence)}</code></li>`,
  );
  return {
    ...counts,
    'text/html': `${counts['text/html']}<ol>\n${list.join('\n')}\n</ol>`,
    'text/plain': formatTablesSummary(summary),
  };
}

function viewMnistRun(run: MnistRun): DisplayBundle {
  const { columns, rows, caption, note } = mnistTable([run]);
  return tableBundle({ columns, rows, totalRows: rows.length, caption, note });
}

function viewTheorem(simulation: TheoremSimulation): DisplayBundle {
  const { columns, rows } = theoremTable(simulation);
  const table = {
    columns,
    rows,
    totalRows: rows.length,
    caption: 'Theorem 0.1 by simulation: slopes against ln width',
    note: theoremSettings(simulation),
  } as const;
  return tableBundle(table);
}

function viewSearch(search: CausalSearch): DisplayBundle {
  return facts(`Search for causal weights in ${counted(search.iterates, 'iterate')}`, searchFacts(search));
}

function searchFacts({
  stationary,
  mask,
  seconds,
  cautions,
}: CausalSearch): ReadonlyArray<readonly [string, string]> {
  const { exponents, treatment, before } = stationary;
  const { recording, exponents: estimating, tests } = seconds;
  const took = [recording, estimating, tests].map(each => shortNumber(each));
  return [
    ['exponents', `${exponents.estimator}, ${counted(exponents.windows, 'window')} of ${exponents.window}`],
    ['target', `${before.verdict}; treatment of all series: ${treatment}`],
    ['rule', mask.rule],
    ['removed', `${mask.removed} of ${mask.kept.length} weights`],
    ...cautions.map(caution => ['caution', caution] as const),
    ['recording, exponents, tests', `${took.join(', ')} s`],
  ];
}

function viewLegcnetRun({ variant, dense, search, sparse, controls, cost }: LegcnetRun): DisplayBundle {
  const end = ({ epochCount, stopped, testAccuracy, testF1 }: TrainingRun): string =>
    `${epochCount} epochs${stopped ? '' : ' (benchmark not reached)'}, test accuracy ${shortNumber(testAccuracy, 4)}, macro F1 ${shortNumber(testF1, 4)}`;
  return facts(`LEGCNet-${variant} on ${dense.settings.dataset}`, [
    ['dense', end(dense)],
    ['pruned', end(sparse)],
    ...controls.map(({ name, asks, run }) => [`control: ${name}`, `${end(run)} (${asks})`] as const),
    ...searchFacts(search),
    ['in all', costText(cost)],
  ]);
}

function costText({ flops, seconds, stages, gramsCo2e }: LegcnetRun['cost']): string {
  const times = flops / stages[0].flops;
  return `${shortNumber(seconds ?? 0)} s, ${shortNumber(flops)} operations (${shortNumber(times)} x the dense run), about ${shortNumber(gramsCo2e)} g CO2e`;
}
