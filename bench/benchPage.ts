import { ratiosFigure, rooflineFigure, sizesFigure } from './benchFigures';
import { type BenchReport, reportRows } from './benchReport';
import { figuresPage } from './figuresPage';
import { formatBench } from './formatBench';

/** A report as one page that needs no network: ratios against targets, cost against size, roofline, and every table. */
export function benchPage(report: BenchReport): string {
  const rows = reportRows(report);
  const limits = report.sets.find(set => set.limits !== null)?.limits ?? null;
  return figuresPage({
    title: 'legcnet bench',
    heading: 'Speed, side by side',
    subtitle: report.date,
    figures: [
      ...(rows.some(({ ratio }) => ratio !== null) ? [ratiosFigure(rows)] : []),
      ...[sizesFigure(rows), limits && rooflineFigure(limits)].filter(drawn => drawn !== null),
    ],
    tables: report.sets.map(bench => ({ title: bench.set, text: formatBench(bench) })),
  });
}
