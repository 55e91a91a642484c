import { requireList } from '../core/require';
import type { DatasetAudit } from '../data/auditDataset';
import { type Figure, figure, type Trace } from './figure';
import { axis, baseLayout, label, palette, shortNumber, titled } from './theme';

/** Shades of neighbouring classes; the names stand in the bars, so colour is no cue. */
const shades = [palette.blue, palette.sky];

/** Narrower classes keep their name for the reader who points at them. */
const NARROWEST = 0.075;

/**
 * How the rows of each data set are spread over its classes: one bar a data set, one piece a class.
 *
 * @param audits of `auditDataset`
 * @throws RangeError without data sets
 * @example
 * import { auditDataset, classBalanceFigure } from 'legcnet';
 * classBalanceFigure([await auditDataset('iris')]).data[0].type; // 'bar'
 */
export function classBalanceFigure(audits: readonly DatasetAudit[]): Figure {
  const task = 'draw classes';
  requireList(audits, 'audits', task);
  if (audits.length === 0) throw new RangeError(`Cannot ${task}: at least one data set is required`);
  const most = audits.reduce((count, { classes }) => Math.max(count, classes.length), 0);
  const data = Array.from({ length: most }, (_, c): Trace => {
    const own = audits.flatMap((audit, y) =>
      c < audit.classes.length
        ? [{ y, audit, ...audit.classes[c], share: audit.classes[c].rows / audit.rows }]
        : [],
    );
    return {
      type: 'bar',
      orientation: 'h',
      x: own.map(({ share }) => share),
      y: own.map(({ y }) => y),
      text: own.map(({ name, share }) => (share < NARROWEST ? '' : label(name))),
      textposition: 'inside',
      insidetextanchor: 'middle',
      textangle: 0,
      textfont: { size: 12, color: c % 2 === 0 ? palette.white : palette.ink },
      marker: { color: shades[c % 2], line: { color: palette.white, width: 2 } },
      customdata: own.map(({ name, rows, audit }) =>
        label(`${audit.name}, ${name}: ${shortNumber(rows)} rows`),
      ),
      hovertemplate: '%{customdata} (%{x:.1%})<extra></extra>',
      showlegend: false,
    };
  });
  const layout = baseLayout(titled('Classes', ['share of all rows; the rows of a data set in brackets']), {
    barmode: 'stack',
    height: 130 + 40 * audits.length,
    margin: { l: 24, r: 24, t: 70, b: 50 },
    xaxis: axis('share of the rows', { tickformat: '.0%', range: [0, 1] }),
    yaxis: axis('', {
      tickvals: audits.map((_, y) => y),
      ticktext: audits.map(({ name, rows }) => `${label(name)} (${shortNumber(rows)})`),
      range: [audits.length - 0.5, -0.5],
      ticks: '',
      showline: false,
      showgrid: false,
    }),
  });
  const told = audits.map(
    ({ name, classes }) => `${name} ${classes.map(each => `${each.name} ${each.rows}`).join(', ')}`,
  );
  return figure(data, layout, `Rows of each class: ${told.join('; ')}.`);
}
