import { escapeHtml } from './html';
import { reportStyle } from './reportStyle';

/** A page of a report: HTML but for the title. */
export interface ReportPage {
  readonly title: string;
  readonly nav: string;
  readonly main: string;
  /** What follows the page: the Plotly that its figures wait for. */
  readonly scripts: string;
}

/** Nothing outside the page and its folder may be loaded; the browser itself sees to it. */
const policy =
  "default-src 'none'; script-src 'self' file: 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:";

/** A switch that hides the code of the page. */
export const codeSwitch = `<label><input type="checkbox" id="code" checked> show code</label>
<script>document.getElementById("code").addEventListener("change", event => document.body.classList.toggle("quiet", !event.target.checked));</script>`;

/** The page as text. */
export function reportPage({ title, nav, main, scripts }: ReportPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<nav>${nav}</nav>
<main>
${main}
</main>
${scripts}
</body>
</html>
`;
}
