import { type Figure, figure, type Trace } from '../figures/figure';
import { axis, baseLayout, palette, rounded, titled } from '../figures/theme';
import { cellStanding, type StudyTable } from './studyTable';

const quantities = ['epochs', 'acc', 'f1'] as const;
const names = { epochs: 'epochs (0-based)', acc: 'test accuracy', f1: 'macro F1' };

/**
 * A table of the paper as a picture: for each quantity one panel, the paper's value a diamond, ours a dot, with the 95 % interval
 * of one run where ours are several.
 */
export function tableFigure(table: StudyTable): Figure {
  const data: Trace[] = [];
  const panels: Record<string, object> = {};
  const rows: string[] = [];
  for (const { dataset, init } of table.rows) rows.push(init === null ? dataset : `${dataset} (${init})`);
  const columns = Object.keys(table.columns);
  quantities.forEach((quantity, q) => {
    const id = q === 0 ? '' : String(q + 1);
    const own = columns.filter(column => column.startsWith(quantity) && column !== 'epochsUsed');
    const ours: { x: number; y: number; plus: number; minus: number; text: string }[] = [];
    const paper: { x: number; y: number; text: string }[] = [];
    own.forEach((column, c) => {
      table.rows.forEach(({ cells }, r) => {
        const cell = cells[column];
        const y = r + (c - (own.length - 1) / 2) * 0.34;
        const text = `${rows[r]}, ${column}: ${cellStanding(cell) ?? 'nothing to compare'}`;
        if (cell.published !== null) paper.push({ x: cell.published, y, text });
        if (cell.ours === null) return;
        const [low, high] = cell.distribution?.interval ?? [cell.ours, cell.ours];
        ours.push({ x: rounded(cell.ours), y, plus: high - cell.ours, minus: cell.ours - low, text });
      });
    });
    const hovertemplate = '%{text}<br>%{x}<extra>%{fullData.name}</extra>';
    const common = {
      type: 'scatter',
      mode: 'markers',
      xaxis: `x${id}`,
      yaxis: `y${id}`,
      hovertemplate,
      showlegend: q === 0,
    };
    data.push(
      {
        ...common,
        name: 'the paper',
        x: paper.map(({ x }) => x),
        y: paper.map(({ y }) => y),
        text: paper.map(({ text }) => text),
        marker: { symbol: 'diamond-open', size: 13, color: palette.vermillion, line: { width: 2 } },
      },
      {
        ...common,
        name: 'ours',
        x: ours.map(({ x }) => x),
        y: ours.map(({ y }) => y),
        text: ours.map(({ text }) => text),
        error_x: {
          type: 'data',
          symmetric: false,
          array: ours.map(({ plus }) => rounded(plus)),
          arrayminus: ours.map(({ minus }) => rounded(minus)),
          thickness: 1.2,
          width: 3,
          color: palette.blue,
        },
        marker: { symbol: 'circle', size: 7, color: palette.blue },
      },
    );
    panels[`xaxis${id}`] = axis(names[quantity], { domain: [q * 0.345, q * 0.345 + 0.31], anchor: `y${id}` });
    panels[`yaxis${id}`] = axis('', {
      anchor: `x${id}`,
      tickvals: rows.map((_, r) => r),
      ticktext: q === 0 ? rows : rows.map(() => ''),
      range: [rows.length - 0.5, -0.5],
      ticks: '',
    });
  });
  const title = titled(table.title, [
    `procedure ${table.procedure}`,
    'two marks a row: the columns in the order of the table',
    'bars: 95 % of single runs',
  ]);
  const layout = baseLayout(title, {
    height: 180 + 62 * rows.length,
    margin: { l: 24, r: 24, t: 96, b: 60 },
    ...panels,
  });
  return figure(data, layout, `${table.title}, ours beside the paper's, for ${rows.join(', ')}.`);
}
