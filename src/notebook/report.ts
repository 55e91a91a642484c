import { writeFile } from 'node:fs/promises';
import { escapeHtml } from './html';
import { type NotebookHtml, notebookHtml } from './notebookHtml';
import { plotlyEmbed } from './plotlyEmbed';
import { codeSwitch, reportPage } from './reportPage';
import type { ExecutedNotebook } from './runner';

/** Writes an executed notebook as one HTML file with live figures that opens without a network. */
export async function writeReport(executed: ExecutedNotebook, path: string): Promise<void> {
  await writeFile(path, await reportHtml(executed));
}

/** The report as text. */
export async function reportHtml({ notebook, seconds, startedAt }: ExecutedNotebook): Promise<string> {
  const made = await notebookHtml(notebook);
  const when = `Executed ${startedAt.slice(0, 16).replace('T', ' ')} UTC in ${seconds.toFixed(1)} s.`;
  return reportPage({
    title: made.title,
    nav: `<strong>${escapeHtml(made.title)}</strong>${contentsHtml(made)}${codeSwitch}`,
    main: `${made.body}\n<footer>${escapeHtml(`${when} ${made.session}`)}</footer>`,
    scripts: made.bundle === null ? '' : plotlyEmbed(made.bundle),
  });
}

/** The headings of a notebook as links. */
export function contentsHtml({ sections }: NotebookHtml): string {
  const links = sections.slice(1).map(({ id, heading }) => `<li><a href="#${id}">${heading}</a></li>`);
  return `<ul class="contents">${links.join('')}</ul>`;
}
