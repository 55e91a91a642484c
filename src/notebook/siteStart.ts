import { escapeHtml, scriptJson } from './html';
import type { NotebookSection } from './notebookHtml';
import { textOf } from './notebookHtml';
import { reportPage } from './reportPage';
import type { SitePage } from './site';

/** The start page of a site: question and answer of every notebook, and a search through them all. */
export function siteStart(pages: readonly SitePage[]): string {
  const title = 'Chaos and causality in pruning: the notebooks';
  const entries = pages.flatMap(({ file, title: page, sections }) =>
    sections.map(({ id, heading, text }) => ({
      href: id === '' ? file : `${file}#${id}`,
      place: heading === '' ? page : `${page} › ${textOf(heading)}`,
      text,
    })),
  );
  return reportPage({
    title,
    nav: '',
    main: `<h1>${escapeHtml(title)}</h1>
<p>Each notebook asks one question. Below are the questions and the beginning of the answers; the pages hold code, figures that move, and tables.</p>
<p><input type="search" id="search" placeholder="search all notebooks" aria-label="search all notebooks" autocomplete="off"></p>
<div id="found" aria-live="polite"></div>
<div id="notebooks">
${pages.map(cardHtml).join('\n')}
</div>`,
    scripts: `<script>const entries = ${scriptJson(entries)};\n${search}</script>`,
  });
}

function cardHtml({ file, name, title, sections }: SitePage): string {
  const number = /^\d+/.exec(name)?.[0] ?? '';
  const question = firstBlock(sections[0].html.replace(/<h1>.*?<\/h1>/s, ''));
  const answer = answerOf(sections);
  const answered =
    answer === undefined
      ? ''
      : `<div class="answer"><strong>Answer</strong> ${firstBlock(answer.html)}<p><a href="${escapeHtml(file)}#${answer.id}">more</a></p></div>`;
  return `<article><h2><span class="number">${number}</span> <a href="${escapeHtml(file)}">${escapeHtml(title)}</a></h2>${question}${answered}</article>`;
}

/** The section that gives the notebook's answer: the last with that word in its heading. */
export function answerOf(sections: readonly NotebookSection[]): NotebookSection | undefined {
  return sections.filter(({ heading }) => /\banswers?\b/i.test(heading)).at(-1);
}

/** The first paragraph, with the list that it may introduce. */
function firstBlock(html: string): string {
  const [first = ''] = /^\s*<(p|ul|ol)>.*?<\/\1>/s.exec(html) ?? [];
  if (!first.endsWith(':</p>')) return first.trim();
  const [list = ''] = /^\s*<(ul|ol)>.*?<\/\1>/s.exec(html.slice(first.length)) ?? [];
  return (first + list).trim();
}

/** Shows the sections that hold all the words, with the text around the first. */
const search = `const field = document.getElementById("search");
const found = document.getElementById("found");
const notebooks = document.getElementById("notebooks");
const lower = entries.map(({ place, text }) => (place + " " + text).toLowerCase());
const find = () => {
  const words = field.value.toLowerCase().split(/\\s+/).filter(word => word !== "");
  notebooks.hidden = words.length > 0;
  found.textContent = "";
  if (words.length === 0) return;
  const hits = entries.filter((_, i) => words.every(word => lower[i].includes(word)));
  const count = document.createElement("p");
  count.textContent = hits.length === 0 ? "Nothing found." : hits.length + (hits.length === 1 ? " section" : " sections");
  found.append(count);
  for (const { href, place, text } of hits.slice(0, 100)) {
    const at = Math.max(0, text.toLowerCase().indexOf(words[0]));
    const link = document.createElement("a");
    link.href = href;
    link.textContent = place;
    const around = document.createElement("p");
    around.append(link, document.createElement("br"), (at > 80 ? "…" : "") + text.slice(Math.max(0, at - 80), at + 160) + "…");
    found.append(around);
  }
};
field.addEventListener("input", find);
find();`;
