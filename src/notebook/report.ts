import { writeFile } from 'node:fs/promises';
import hljs from 'highlight.js/lib/core';
import typescript from 'highlight.js/lib/languages/typescript';
import type { Figure, Layout, Trace } from '../figures/figure';
import { escapeHtml } from './html';
import {
  type CellOutput,
  type CodeCell,
  type DisplayOutput,
  fromLines,
  type NotebookFile,
} from './notebookFile';
import { bundleFor, figureHtml, plotlyEmbed } from './plotlyEmbed';
import { reportStyle } from './reportStyle';
import type { ExecutedNotebook } from './runner';

hljs.registerLanguage('typescript', typescript);

/** Turns markdown with TeX formulas into HTML; formulas become MathML, which needs no fonts of ours. */
type Markdown = (source: string) => string;

interface Heading {
  readonly id: string;
  readonly html: string;
}

const plotlyMime = 'application/vnd.plotly.v1+json';

/** Nothing outside the file may be loaded; the browser itself sees to it. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:";

/** Writes an executed notebook as one HTML file with live figures that opens without a network. */
export async function writeReport(executed: ExecutedNotebook, path: string): Promise<void> {
  await writeFile(path, await reportHtml(executed));
}

/** The report as text. */
export async function reportHtml({ notebook, seconds, startedAt }: ExecutedNotebook): Promise<string> {
  const markdown = await createMarkdown();
  const headings: Heading[] = [];
  let figures = 0;
  const body = notebook.cells.map(cell => {
    const source = fromLines(cell.source);
    if (cell.cell_type === 'markdown') {
      return `<section class="text">${anchorHeadings(markdown(source), headings)}</section>`;
    }
    const outputs = cell.outputs.map(output => outputHtml(output, () => `figure-${++figures}`, markdown));
    return `<section class="step">${codeHtml(cell, source)}${outputs.join('\n')}</section>`;
  });
  const title = titleOf(notebook);
  const links = headings.map(({ id, html }) => `<li><a href="#${id}">${html}</a></li>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<nav><strong>${escapeHtml(title)}</strong><ul>${links}</ul>
<label><input type="checkbox" id="code" checked> show code</label></nav>
<main>
${body.join('\n')}
<footer>Executed ${escapeHtml(startedAt.slice(0, 16).replace('T', ' '))} UTC in ${seconds.toFixed(1)} s. ${escapeHtml(session(notebook))}</footer>
</main>
<script>document.getElementById("code").addEventListener("change", event => document.body.classList.toggle("quiet", !event.target.checked));</script>
${figures === 0 ? '' : plotlyEmbed(bundleFor(tracesOf(notebook)))}
</body>
</html>
`;
}

async function createMarkdown(): Promise<Markdown> {
  const [{ Marked }, { default: formulas }] = await Promise.all([
    import('marked'),
    import('marked-katex-extension'),
  ]);
  const marked = new Marked(formulas({ output: 'mathml', throwOnError: false, nonStandard: true }));
  return source => marked.parse(source, { async: false });
}

function anchorHeadings(html: string, headings: Heading[]): string {
  return html.replace(/<h2>(.*?)<\/h2>/g, (_, text: string) => {
    const id = `section-${headings.length + 1}`;
    headings.push({ id, html: text });
    return `<h2 id="${id}">${text}</h2>`;
  });
}

function codeHtml({ execution_count, metadata }: CodeCell, source: string): string {
  if (metadata.tags?.includes('hide-code')) return '';
  const code = hljs.highlight(source, { language: 'typescript' }).value;
  return `<div class="code"><span class="count">${execution_count ?? ''}</span><pre><code>${code}</code></pre></div>`;
}

function outputHtml(output: CellOutput, nextFigure: () => string, markdown: Markdown): string {
  if (output.output_type === 'stream') {
    return `<pre class="output ${output.name}">${escapeHtml(fromLines(output.text))}</pre>`;
  }
  const { data, metadata } = output;
  if (metadata.legcnet?.kind === 'session') return '';
  if (plotlyMime in data) {
    return `<figure class="output">${figureHtml(figureOf(output), nextFigure())}</figure>`;
  }
  if ('text/html' in data) return `<div class="output">${fromLines(data['text/html'])}</div>`;
  if ('image/svg+xml' in data) return imageHtml('image/svg+xml', encode(fromLines(data['image/svg+xml'])));
  if ('image/png' in data) return imageHtml('image/png', fromLines(data['image/png']));
  if ('text/markdown' in data)
    return `<div class="output">${markdown(fromLines(data['text/markdown']))}</div>`;
  return `<pre class="output">${escapeHtml(fromLines(data['text/plain']))}</pre>`;
}

function imageHtml(type: string, base64: string): string {
  return `<figure class="output"><img alt="" src="data:${type};base64,${base64}"></figure>`;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

function figureOf({ data }: DisplayOutput): Omit<Figure, 'kind'> {
  const json = data[plotlyMime] as { readonly data: readonly Trace[]; readonly layout: Layout };
  const summary = fromLines(data['text/plain']).replace(/^\[figure\] /, '');
  return { data: json.data, layout: json.layout, summary };
}

function* tracesOf(notebook: NotebookFile): Iterable<Trace> {
  for (const cell of notebook.cells) {
    if (cell.cell_type !== 'code') continue;
    for (const output of cell.outputs) {
      if (output.output_type === 'display_data' && plotlyMime in output.data) yield* figureOf(output).data;
    }
  }
}

function titleOf(notebook: NotebookFile): string {
  for (const cell of notebook.cells) {
    const title = cell.cell_type === 'markdown' ? /^# (.+)$/m.exec(fromLines(cell.source))?.[1] : undefined;
    if (title !== undefined) return title;
  }
  return 'Notebook';
}

/** The versions that the notebook's first cell printed. */
function session(notebook: NotebookFile): string {
  for (const cell of notebook.cells) {
    if (cell.cell_type !== 'code') continue;
    for (const output of cell.outputs) {
      if (output.output_type === 'display_data' && output.metadata.legcnet?.kind === 'session') {
        return `${fromLines(output.data['text/plain'])}.`;
      }
    }
  }
  return '';
}
