import { requireKind } from '../core/require';
import type { DatasetAudit } from '../data/auditDataset';
import { type Figure, figure, type Trace } from './figure';
import { axis, baseLayout, label, lineColours, palette, rounded, shortNumber, titled } from './theme';

/** More features are too many rows to read. */
const MOST_FEATURES = 30;

const symbols = ['circle', 'square', 'diamond', 'triangle-up', 'cross', 'x'];

/** Space that the classes of a feature take of its row: little for two, so that features stay apart. */
function spread(classes: number): number {
  return Math.min(0.62, 0.1 + 0.2 * (classes - 1));
}

/**
 * How every feature is spread in every class, each feature on its own scale from its smallest to its largest value: a thin line
 * from 5 to 95 %, a thick one from 25 to 75 %, a mark at the median. Where the marks of classes lie apart, the feature tells them
 * apart by itself. The first 30 features are shown.
 *
 * @param audit of `auditDataset`
 * @example
 * import { auditDataset, featureFigure } from 'legcnet';
 * featureFigure(await auditDataset('iris')).data[0].type; // 'scatter'
 */
export function featureFigure(audit: DatasetAudit): Figure {
  requireKind(audit, 'dataset-audit', 'draw features');
  const features = audit.features.slice(0, MOST_FEATURES);
  const relative = (value: number, f: number): number => {
    const { low, high } = features[f];
    return rounded((value - low) / (high - low || 1), 4);
  };
  const data = audit.classes.flatMap(({ name }, c): Trace[] => {
    const color = lineColours[c % lineColours.length];
    const offset =
      audit.classes.length === 1 ? 0 : (c / (audit.classes.length - 1) - 0.5) * spread(audit.classes.length);
    const line = (from: number, to: number, width: number): Trace => ({
      type: 'scatter',
      mode: 'lines',
      x: features.flatMap((each, f) => [
        relative(each.classes[c].quantiles[from], f),
        relative(each.classes[c].quantiles[to], f),
        null,
      ]),
      y: features.flatMap((_, f) => [f + offset, f + offset, null]),
      line: { color, width },
      hoverinfo: 'skip',
      showlegend: false,
      legendgroup: name,
    });
    return [
      line(0, 4, 1.2),
      line(1, 3, 4),
      {
        type: 'scatter',
        mode: 'markers',
        name: label(name),
        legendgroup: name,
        x: features.map((each, f) => relative(each.classes[c].quantiles[2], f)),
        y: features.map((_, f) => f + offset),
        text: features.map(each => {
          const [q5, q25, q50, q75, q95] = each.classes[c].quantiles.map(value => shortNumber(value));
          return label(
            `${each.name}, ${name}: median ${q50}, half from ${q25} to ${q75}, 90 % from ${q5} to ${q95}`,
          );
        }),
        hovertemplate: '%{text}<extra></extra>',
        marker: {
          symbol: symbols[c % symbols.length],
          size: 8,
          color,
          line: { color: palette.white, width: 1 },
        },
      },
    ];
  });
  const cut =
    features.length < audit.features.length ? `first ${features.length} of ${audit.features.length}` : '';
  const row = Math.max(44, 18 + 12 * audit.classes.length);
  const layout = baseLayout(
    titled(`Features of ${audit.name}`, ['median, 25 to 75 %, 5 to 95 % in each class', cut]),
    {
      height: 170 + row * features.length,
      margin: { l: 24, r: 24, t: 96, b: 60 },
      xaxis: axis('from the smallest value to the largest', { range: [-0.03, 1.03], tickformat: '.0%' }),
      yaxis: axis('', {
        tickvals: features.map((_, f) => f),
        ticktext: features.map(
          ({ name, low, high }) => `${label(name)}<br><sup>${shortNumber(low)} to ${shortNumber(high)}</sup>`,
        ),
        range: [features.length - 0.5, -0.5],
        ticks: '',
        showgrid: false,
      }),
    },
  );
  const medians = features.map(
    each => `${each.name} ${each.classes.map(({ quantiles }) => shortNumber(quantiles[2])).join(', ')}`,
  );
  const names = audit.classes.map(({ name }) => name).join(', ');
  return figure(
    data,
    layout,
    `Medians of the features of ${audit.name} in its classes (${names}): ${medians.join('; ')}.`,
  );
}
