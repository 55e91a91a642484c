import { columnHeading } from '../study/columnHeading';
import { countsText, startsText } from '../study/formatStudyTable';
import { cellStanding, type StudyCell, type StudyRow, type StudyTable } from '../study/studyTable';
import type { CellValue } from './table';
import { type TableParts, tableData } from './tableBundle';

/** What is said of a cell, and how that column is called. */
interface Part {
  readonly title: (heading: string) => string;
  readonly of: (cell: StudyCell) => CellValue;
}

const parts: readonly Part[] = [
  { title: heading => heading, of: ({ ours }) => ours },
  { title: heading => `${heading}, standard deviation`, of: ({ distribution }) => distribution?.sd },
  { title: heading => `${heading}, paper`, of: ({ published }) => published },
  { title: heading => `${heading}, against the paper`, of: cell => cellStanding(cell) },
];

/** The numbers behind a table of the study: ours at full precision, the paper's as printed; columns without any entry left out. */
export function studyTableData(table: StudyTable): TableParts {
  const { rows, title, procedure, masks } = table;
  const columns = Object.keys(table.columns).flatMap(name => {
    const { quantity, arm } = columnHeading(table, name);
    const heading = arm === '' ? quantity : `${quantity}, ${arm}`;
    return parts
      .map(part => ({
        title: part.title(heading),
        of: (row: StudyRow): CellValue => part.of(row.cells[name]) ?? null,
      }))
      .filter(({ of }) => rows.some(row => of(row) !== null));
  });
  return tableData({
    columns: ['data set', 'start', ...columns.map(column => column.title)],
    rows: rows.map(row => [row.dataset, startsText(row), ...columns.map(({ of }) => of(row))]),
    totalRows: rows.length,
    caption: `${title}; procedure ${procedure}, masks ${masks}`,
    note: countsText(rows),
  });
}
