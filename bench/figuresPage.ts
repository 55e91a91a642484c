import type { Figure } from '../src/figures/figure';
import { escapeHtml } from '../src/notebook/html';
import { bundleFor, figureHtml, plotlyEmbed } from '../src/notebook/plotlyEmbed';

/** Nothing outside the page may be loaded; the browser itself sees to it. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:";

const style = `body{margin:24px auto;max-width:1100px;padding:0 16px;font-family:"Helvetica Neue",Helvetica,Arial,sans-serif;background:#fff;color:#222}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px;line-height:1.4;background:#f6f6f6;padding:12px}
@media (prefers-color-scheme:dark){body{background:#111;color:#eee}pre{background:#1c1c1c}}`;

/** What stands on a page of figures. */
export interface FiguresPage {
  readonly title: string;
  readonly heading: string;
  readonly subtitle: string;
  readonly figures: readonly Figure[];
  /** Tables as plain text under their titles; an empty title for none. */
  readonly tables: readonly { readonly title: string; readonly text: string }[];
}

/** Figures and tables as one page that needs no network. */
export function figuresPage({ title, heading, subtitle, figures, tables }: FiguresPage): string {
  const texts = tables.map(
    table =>
      `${table.title === '' ? '' : `<h2>${escapeHtml(table.title)}</h2>\n`}<pre>${escapeHtml(table.text)}</pre>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(heading)}</h1>
<p>${escapeHtml(subtitle)}</p>
${figures.map((drawn, i) => figureHtml(drawn, `figure-${i + 1}`)).join('\n')}
${texts.join('\n')}
${plotlyEmbed(bundleFor(figures.flatMap(({ data }) => data)))}
</body>
</html>
`;
}
