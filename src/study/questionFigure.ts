import { type Figure, figure, type Trace } from '../figures/figure';
import { axis, baseLayout, label, palette, rounded, shortNumber, titled } from '../figures/theme';
import type { DatasetChange, QuestionStudy } from './questionStudy';

const panels = [
  {
    name: 'accuracy',
    title: 'accuracy (points)',
    of: (each: Pick<DatasetChange, 'accuracy'>) => 100 * each.accuracy,
  },
  {
    name: 'removed',
    title: 'removed (points)',
    of: (each: Pick<DatasetChange, 'removed'>) => 100 * each.removed,
  },
  { name: 'epochs', title: 'epochs (%)', of: (each: Pick<DatasetChange, 'epochs'>) => 100 * each.epochs },
] as const;

/** Half-widths that leave small changes visible beside the largest: further points stand at the edge as triangles. */
const LIMITS = { accuracy: 10, removed: 50, epochs: 100 } as const;

/**
 * What each reading of the paper changes against the one that the study's numbers come out of: accuracy, removed weights and
 * epochs side by side, a ring for each data set and a diamond for their mean, both triangles beyond the scale.
 *
 * @example
 * import { questionFigure, questionStudy, savedQuestions } from 'legcnet';
 * questionFigure(questionStudy(savedQuestions())).data[0].type; // 'scatter'
 */
export function questionFigure({ rows, questions }: QuestionStudy): Figure {
  const shown = rows.filter(({ isStudys }) => !isStudys);
  // The last number of a panel and the first of the next must not touch.
  const gap = 0.08;
  const width = (1 - 2 * gap) / 3;
  const names = shown.map(({ question, reading }, r) => {
    const isFirst = r === 0 || shown[r - 1].question !== question;
    const text = questions.find(({ id }) => id === question)?.question ?? question;
    return `${isFirst ? `<b>${label(text)}</b><br>` : ''}${label(reading)}`;
  });
  const data = panels.flatMap(({ name, of }, p): Trace[] => {
    const axes = { xaxis: `x${p === 0 ? '' : p + 1}`, yaxis: 'y', showlegend: p === 0 };
    const limit = LIMITS[name];
    const clip = (value: number): number => rounded(Math.max(-limit, Math.min(limit, value)), 4);
    const single = shown.flatMap((row, r) => row.datasets.map(each => ({ r, each, value: of(each), row })));
    const rings = (points: typeof single, symbol: string, showlegend: boolean): Trace => ({
      type: 'scatter',
      mode: 'markers',
      name: 'one data set',
      x: points.map(({ value }) => clip(value)),
      y: points.map(({ r }) => r),
      text: points.map(({ row, each, value }) =>
        label(`${row.reading}, ${each.dataset}: ${shortNumber(value)}`),
      ),
      hovertemplate: '%{text}<extra></extra>',
      marker: { symbol, size: 7, color: palette.blue },
      cliponaxis: false,
      ...axes,
      showlegend,
    });
    const mean = shown.map((row, r) => ({ r, row, value: of(row) }));
    const means = (
      belongs: (point: { readonly value: number }) => boolean,
      symbol: string,
      showlegend: boolean,
    ): Trace => {
      const points = mean.filter(belongs);
      return {
        type: 'scatter',
        mode: 'markers',
        name: 'mean of the data sets',
        x: points.map(({ value }) => clip(value)),
        y: points.map(({ r }) => r),
        text: points.map(({ row, value }) => label(`${row.reading}: ${shortNumber(value)}`)),
        hovertemplate: '%{text}<extra></extra>',
        marker: { symbol, size: 10, color: palette.vermillion, line: { color: palette.white, width: 1 } },
        cliponaxis: false,
        ...axes,
        showlegend,
      };
    };
    return [
      rings(
        single.filter(({ value }) => Math.abs(value) <= limit),
        'circle-open',
        p === 0,
      ),
      rings(
        single.filter(({ value }) => value > limit),
        'triangle-right-open',
        false,
      ),
      rings(
        single.filter(({ value }) => value < -limit),
        'triangle-left-open',
        false,
      ),
      means(({ value }) => Math.abs(value) <= limit, 'diamond', p === 0),
      means(({ value }) => value > limit, 'triangle-right', false),
      means(({ value }) => value < -limit, 'triangle-left', false),
    ];
  });
  const layout = baseLayout(
    titled('What each reading of the paper changes', [
      'against the reference of each question; triangles: beyond the scale',
    ]),
    {
      height: 190 + 40 * shown.length,
      margin: { l: 24, r: 24, t: 100, b: 60 },
      ...Object.fromEntries(
        panels.map(({ name, title }, p) => [
          `xaxis${p === 0 ? '' : p + 1}`,
          axis('', {
            title: { text: title, font: { size: 12 } },
            domain: [p * (width + gap), p * (width + gap) + width],
            range: [-1.06 * LIMITS[name], 1.06 * LIMITS[name]],
            anchor: 'y',
            zeroline: true,
            zerolinecolor: palette.ink,
            nticks: 4,
            tickangle: 0,
          }),
        ]),
      ),
      yaxis: axis('', {
        tickvals: shown.map((_, r) => r),
        ticktext: names,
        tickfont: { size: 11 },
        range: [shown.length - 0.4, -0.6],
        ticks: '',
      }),
    },
  );
  const told = shown.map(
    row => `${row.reading} ${panels.map(({ name, of }) => `${name} ${shortNumber(of(row))}`).join(', ')}`,
  );
  return figure(
    data,
    layout,
    `Changes of accuracy in points, weights removed in points and epochs in percent: ${told.join('; ')}.`,
  );
}
