import { escapeHtml } from '../src/notebook/html';
import { bundleFor, figureHtml, plotlyEmbed } from '../src/notebook/plotlyEmbed';
import { ratiosFigure, rooflineFigure, sizesFigure } from './benchFigures';
import { type BenchReport, reportRows } from './benchReport';
import { formatBench } from './formatBench';

/** Nothing outside the page may be loaded; the browser itself sees to it. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:";

const style = `body{margin:24px auto;max-width:1100px;padding:0 16px;font-family:"Helvetica Neue",Helvetica,Arial,sans-serif;background:#fff;color:#222}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px;line-height:1.4;background:#f6f6f6;padding:12px}
@media (prefers-color-scheme:dark){body{background:#111;color:#eee}pre{background:#1c1c1c}}`;

/** A report as one page that needs no network: ratios against targets, cost against size, roofline, and every table. */
export function benchPage(report: BenchReport): string {
  const rows = reportRows(report);
  const limits = report.sets.find(set => set.limits !== null)?.limits ?? null;
  const figures = [
    ...(rows.some(({ ratio }) => ratio !== null) ? [ratiosFigure(rows)] : []),
    ...[sizesFigure(rows), limits && rooflineFigure(limits)].filter(drawn => drawn !== null),
  ];
  const tables = report.sets.map(
    bench => `<h2>${escapeHtml(bench.set)}</h2>\n<pre>${escapeHtml(formatBench(bench))}</pre>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>legcnet bench</title>
<style>${style}</style>
</head>
<body>
<h1>Speed, side by side</h1>
<p>${escapeHtml(report.date)}</p>
${figures.map((drawn, i) => figureHtml(drawn, `figure-${i + 1}`)).join('\n')}
${tables.join('\n')}
${plotlyEmbed(bundleFor(figures.flatMap(({ data }) => data)))}
</body>
</html>
`;
}
