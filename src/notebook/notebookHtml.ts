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
import { bundleFor, figureHtml, type PlotlyBundle } from './plotlyEmbed';

hljs.registerLanguage('typescript', typescript);

/** An executed notebook as the parts of a page. */
export interface NotebookHtml {
  readonly title: string;
  readonly body: string;
  /** The text before the first heading of second order, which has neither id nor heading, then one a heading. */
  readonly sections: readonly NotebookSection[];
  readonly figures: number;
  /** The Plotly that draws all its figures; null when there are none. */
  readonly bundle: PlotlyBundle | null;
  /** The versions that its first cell printed. */
  readonly session: string;
}

export interface NotebookSection {
  /** Its heading's id on the page. */
  readonly id: string;
  readonly heading: string;
  /** Its text cells as HTML, without the heading. */
  readonly html: string;
  /** All that can be read in it, code aside: texts, tables, the words of figures. */
  readonly text: string;
}

/** Where a link of a notebook's text leads on the page, or null where it leads nowhere. */
export type ResolveLink = (href: string) => string | null;

/** Turns markdown with TeX formulas into HTML; formulas become MathML, which needs no fonts of ours. */
type Markdown = (source: string) => string;

const plotlyMime = 'application/vnd.plotly.v1+json';

/** Renders a notebook with live figures, which wait for `window.Plotly`. */
export async function notebookHtml(
  notebook: NotebookFile,
  resolveLink: ResolveLink = href => href,
): Promise<NotebookHtml> {
  const markdown = await createMarkdown(resolveLink);
  const sections = [{ id: '', heading: '', html: '', text: '' }];
  let figures = 0;
  const body = notebook.cells.map(cell => {
    const source = fromLines(cell.source);
    if (cell.cell_type === 'markdown') {
      return `<section class="text">${addSections(markdown(source), sections)}</section>`;
    }
    const outputs = cell.outputs.map(output => outputHtml(output, () => `figure-${++figures}`, markdown));
    sections[sections.length - 1].text += ` ${cell.outputs.map(outputText).join(' ')}`;
    return `<section class="step">${codeHtml(cell, source)}${outputs.join('\n')}</section>`;
  });
  return {
    title: titleOf(notebook),
    body: body.join('\n'),
    sections: sections.map(each => ({ ...each, text: each.text.replace(/\s+/g, ' ').trim() })),
    figures,
    bundle: figures === 0 ? null : bundleFor(tracesOf(notebook)),
    session: sessionOf(notebook),
  };
}

/** HTML as the text that a reader sees. */
export function textOf(html: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return html
    .replace(/<annotation[^>]*>.*?<\/annotation>/gs, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => names[name]);
}

async function createMarkdown(resolveLink: ResolveLink): Promise<Markdown> {
  const [{ Marked }, { default: formulas }] = await Promise.all([
    import('marked'),
    import('marked-katex-extension'),
  ]);
  const marked = new Marked(formulas({ output: 'mathml', throwOnError: false, nonStandard: true }));
  marked.use({
    renderer: {
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const target = resolveLink(href);
        return target === null ? text : `<a href="${escapeHtml(target)}">${text}</a>`;
      },
    },
  });
  return source => marked.parse(source, { async: false });
}

/** Gives every heading of second order an id and a section of its own. */
function addSections(html: string, sections: NotebookSectionDraft[]): string {
  const parts = html.split(/<h2>(.*?)<\/h2>/);
  let made = '';
  // Text and headings by turns.
  parts.forEach((part, i) => {
    if (i % 2 === 1) {
      const id = `section-${sections.length}`;
      sections.push({ id, heading: part, html: '', text: '' });
      made += `<h2 id="${id}">${part}</h2>`;
      return;
    }
    const section = sections[sections.length - 1];
    section.html += part;
    section.text += ` ${textOf(part)}`;
    made += part;
  });
  return made;
}

interface NotebookSectionDraft {
  id: string;
  heading: string;
  html: string;
  text: string;
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

function outputText(output: CellOutput): string {
  if (output.output_type === 'stream') return fromLines(output.text);
  return output.metadata.legcnet?.kind === 'session' ? '' : fromLines(output.data['text/plain']);
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

function* displaysOf({ cells }: NotebookFile): Iterable<DisplayOutput> {
  for (const cell of cells) {
    if (cell.cell_type !== 'code') continue;
    for (const output of cell.outputs) if (output.output_type === 'display_data') yield output;
  }
}

function* tracesOf(notebook: NotebookFile): Iterable<Trace> {
  for (const output of displaysOf(notebook)) if (plotlyMime in output.data) yield* figureOf(output).data;
}

function titleOf({ cells }: NotebookFile): string {
  for (const cell of cells) {
    const title = cell.cell_type === 'markdown' ? /^# (.+)$/m.exec(fromLines(cell.source))?.[1] : undefined;
    if (title !== undefined) return title;
  }
  return 'Notebook';
}

function sessionOf(notebook: NotebookFile): string {
  for (const { data, metadata } of displaysOf(notebook)) {
    if (metadata.legcnet?.kind === 'session') return `${fromLines(data['text/plain'])}.`;
  }
  return '';
}
