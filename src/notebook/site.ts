import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeHtml } from './html';
import type { NotebookFile } from './notebookFile';
import { type NotebookHtml, notebookHtml, type ResolveLink } from './notebookHtml';
import { type PlotlyBundle, plotlySource } from './plotlyEmbed';
import { contentsHtml } from './report';
import { codeSwitch, reportPage } from './reportPage';
import { siteStart } from './siteStart';

/** One page of a site: an executed notebook. */
export interface SiteNotebook {
  /** File name without extension. */
  readonly name: string;
  readonly notebook: NotebookFile;
}

/** A notebook of a site, rendered. */
export interface SitePage extends NotebookHtml {
  readonly name: string;
  /** File name of its page. */
  readonly file: string;
}

/** What was written. */
export interface WrittenSite {
  /** Path of the start page. */
  readonly start: string;
  readonly pages: number;
  readonly figures: number;
}

/**
 * Writes executed notebooks as a folder of pages with live figures that share one Plotly file; the folder needs no network and
 * can be moved, packed and put on any server. The start page has the question and the answer of each and searches them all.
 * Links from notebook to notebook lead from page to page.
 */
export async function writeSite(notebooks: readonly SiteNotebook[], folder: string): Promise<WrittenSite> {
  const files = new Map(notebooks.map(({ name }) => [`${name}.ipynb`, pageName(name)]));
  const pages: SitePage[] = [];
  for (const { name, notebook } of notebooks) {
    const page = await notebookHtml(notebook, linkTo(files));
    pages.push({ ...page, name, file: pageName(name), body: linkOutputs(page.body, files) });
  }
  await mkdir(folder, { recursive: true });
  const bundles = new Set(pages.flatMap(({ bundle }) => bundle ?? []));
  for (const bundle of bundles) await writeFile(join(folder, plotlyFile(bundle)), plotlySource(bundle));
  for (const [i, page] of pages.entries()) {
    await writeFile(join(folder, page.file), sitePage(page, pages[i - 1], pages[i + 1]));
  }
  const start = join(folder, 'index.html');
  await writeFile(start, siteStart(pages));
  return { start, pages: pages.length, figures: pages.reduce((sum, page) => sum + page.figures, 0) };
}

/** A notebook called `index` must not take the place of the start page. */
function pageName(name: string): string {
  return `${name === 'index' ? 'index-of-claims' : name}.html`;
}

function plotlyFile(bundle: PlotlyBundle): string {
  return `plotly-${bundle}.js`;
}

/** Other notebooks become pages; files of the package are not part of the site, so that links to them are only text. */
function linkTo(files: ReadonlyMap<string, string>): ResolveLink {
  return href => {
    if (/^(https?:|mailto:|#)/.test(href)) return href;
    // Headings have ids of their own here, so that a page is all that can be pointed to.
    return files.get(href.replace(/^\.\//, '').replace(/#.*/, '')) ?? null;
  };
}

/** Tables may name notebooks, too. */
function linkOutputs(body: string, files: ReadonlyMap<string, string>): string {
  return body.replace(/href="([^"]+\.ipynb)"/g, (_, file: string) => `href="${files.get(file) ?? file}"`);
}

function sitePage(page: SitePage, before: SitePage | undefined, after: SitePage | undefined): string {
  const turn = (to: SitePage | undefined, sign: string): string =>
    to === undefined ? '' : `<a href="${escapeHtml(to.file)}" title="${escapeHtml(to.title)}">${sign}</a>`;
  const turns = `<a href="index.html">all notebooks</a> ${turn(before, '← previous')} ${turn(after, 'next →')}`;
  const more =
    after === undefined
      ? ''
      : `<p class="next">Next: <a href="${escapeHtml(after.file)}">${escapeHtml(after.title)}</a></p>`;
  return reportPage({
    title: page.title,
    nav: `<p class="turns">${turns}</p><strong>${escapeHtml(page.title)}</strong>${contentsHtml(page)}${codeSwitch}`,
    main: `${page.body}\n${more}<footer>notebooks/${escapeHtml(page.name)}.ipynb. ${escapeHtml(page.session)}</footer>`,
    scripts: page.bundle === null ? '' : `<script src="${plotlyFile(page.bundle)}"></script>`,
  });
}
