import { result } from '../core/result';
import { type Figure, figure, type Trace } from '../figures/figure';
import { axis, baseLayout, label, lineColours, palette, rounded, titled } from '../figures/theme';
import { columnHeading } from './columnHeading';
import { cellStanding, type StudyTable } from './studyTable';

const quantities = ['epochs', 'test accuracy', 'macro F1'];
/** The largest value that there is; none is below 0. Intervals suppose normal values and may reach beyond. */
const limits: Readonly<Record<string, number>> = {
  epochs: Number.POSITIVE_INFINITY,
  'test accuracy': 1,
  'macro F1': 1,
};
const symbols = ['circle', 'square', 'triangle-up'];

/** A figure that sets ours beside the paper's, and what of it differs without a reason. */
export interface ComparisonFigure extends Figure {
  /** What differs from the paper without a stated reason; empty when nothing does. */
  readonly unexplained: readonly string[];
}

/**
 * A table of the paper as a picture: a panel a quantity, a line a data set, a filled mark and colour a network, with the 95 %
 * interval of one run where ours are several; the paper's value is a diamond round it.
 *
 * @example
 * import { table1, tableFigure } from 'legcnet';
 * tableFigure(await table1({ datasets: ['iris'] })).data[0].type; // 'scatter'
 */
export function tableFigure(table: StudyTable): ComparisonFigure {
  const rows = table.rows.map(({ dataset, init }) => (init === null ? dataset : `${dataset} (${init})`));
  const headings = Object.keys(table.columns).map(name => ({ name, ...columnHeading(table, name) }));
  const drawn = headings.filter(({ quantity }) => quantities.includes(quantity));
  const arms = [...new Set(drawn.map(({ arm }) => arm))];
  const data: Trace[] = [];
  const told: string[] = [];
  const shownInLegend = new Set<string>();
  for (const { name, quantity, arm } of drawn) {
    const panel = quantities.indexOf(quantity);
    const a = arms.indexOf(arm);
    const place = (r: number): number => r + (a - (arms.length - 1) / 2) * 0.36;
    const ours: { x: number; y: number; plus: number; minus: number; text: string }[] = [];
    const paper: { x: number; y: number; text: string }[] = [];
    table.rows.forEach(({ cells }, r) => {
      const cell = cells[name];
      const text = `${rows[r]}, ${arm}, ${quantity}: ${cellStanding(cell) ?? 'nothing to compare'}`;
      const { published, ours: value } = cell;
      if (published !== null) paper.push({ x: published, y: place(r), text });
      if (published !== null || value !== null) {
        told.push(
          `${rows[r]} ${arm} ${quantity} ${value === null ? 'none' : rounded(value, 4)} (paper ${published ?? 'none'})`,
        );
      }
      if (value === null) return;
      const interval = cell.distribution?.interval ?? [value, value];
      const [low, high] = interval.map(end => Math.min(Math.max(end, 0), limits[quantity]));
      ours.push({ x: rounded(value), y: place(r), plus: high - value, minus: value - low, text });
    });
    const trace = (legend: string, points: readonly { x: number; y: number; text: string }[]): Trace => {
      const isFirst = points.length > 0 && !shownInLegend.has(legend);
      if (isFirst) shownInLegend.add(legend);
      return {
        type: 'scatter',
        mode: 'markers',
        name: legend,
        legendgroup: legend,
        showlegend: isFirst,
        x: points.map(({ x }) => x),
        y: points.map(({ y }) => y),
        text: points.map(({ text }) => label(text)),
        xaxis: panel === 0 ? 'x' : `x${panel + 1}`,
        yaxis: panel === 0 ? 'y' : `y${panel + 1}`,
        hovertemplate: '%{text}<br>%{x}<extra>%{fullData.name}</extra>',
      };
    };
    const color = lineColours[a % lineColours.length];
    data.push(
      {
        ...trace(arm, ours),
        error_x: {
          type: 'data',
          symmetric: false,
          array: ours.map(({ plus }) => rounded(plus)),
          arrayminus: ours.map(({ minus }) => rounded(minus)),
          thickness: 1.2,
          width: 3,
          color,
        },
        marker: { symbol: symbols[a % symbols.length], size: 7, color },
      },
      {
        ...trace('the paper', paper),
        legendrank: 2000,
        marker: { symbol: 'diamond-open', size: 13, color: palette.ink, line: { width: 1.2 } },
      },
    );
  }
  const panels: Record<string, object> = {};
  const shown = quantities.filter(quantity => drawn.some(each => each.quantity === quantity));
  shown.forEach((quantity, p) => {
    const q = quantities.indexOf(quantity);
    const id = q === 0 ? '' : String(q + 1);
    const width = 1 / shown.length;
    panels[`xaxis${id}`] = axis(quantity, {
      domain: [p * width, (p + 1) * width - (p === shown.length - 1 ? 0 : 0.035)],
      anchor: `y${id}`,
      nticks: 5,
    });
    panels[`yaxis${id}`] = axis('', {
      anchor: `x${id}`,
      tickvals: rows.map((_, r) => r),
      ticktext: p === 0 ? rows.map(label) : rows.map(() => ''),
      range: [rows.length - 0.5, -0.5],
      ticks: '',
      showgrid: false,
    });
  });
  const lines = rows.slice(1).map((_, r) => ({
    type: 'line',
    xref: 'paper',
    yref: 'y',
    x0: 0,
    x1: 1,
    y0: r + 0.5,
    y1: r + 0.5,
    line: { color: palette.pale, width: 1 },
    layer: 'below',
  }));
  const hasSeveral = table.rows.some(({ starts, cells }) =>
    starts > 1 ? true : Object.values(cells).some(({ distribution }) => distribution !== undefined),
  );
  const [title] = table.title.split(':');
  const layout = baseLayout(
    titled(`${title}: ours filled, the paper's as diamonds`, [
      `procedure ${table.procedure}, masks ${table.masks}`,
      'epochs as printed, counted from 0',
      ...(hasSeveral ? ['bars: 95 % of single runs'] : []),
    ]),
    { height: 170 + 44 * rows.length, margin: { l: 24, r: 24, t: 96, b: 60 }, shapes: lines, ...panels },
  );
  const made = figure(data, layout, `${table.title}, ours beside the paper's: ${told.join('; ')}.`);
  return result({ ...made, unexplained: table.unexplained });
}
