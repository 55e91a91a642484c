/**
 * How a report looks: one quiet column for reading, code in the background, contents at the side where there is room; dark where
 * the reader's system is, but for figures, which keep their own paper.
 */
export const reportStyle = `
:root {
  --paper: #fff; --ink: #222; --soft: #666; --line: #e2e2e2; --pale: #f7f7f5; --link: #0072b2; --warm: #fdf1ea;
  --keyword: #7b3f8c; --string: #1a6b3c; --number: #b04a00; --comment: #6e6e6e; --name: #00588a;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #1b1b1d; --ink: #e4e4e4; --soft: #a2a2a2; --line: #3a3a3e; --pale: #262629; --link: #6cb8e6; --warm: #3a241a;
    --keyword: #d3a1e0; --string: #8fd0a5; --number: #f0a878; --comment: #9a9a9a; --name: #8cc8ee;
  }
  figure.output img { background: #fff; padding: 6px; border-radius: 4px; }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 17px/1.6 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; }
main { max-width: 940px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 32px; line-height: 1.2; margin: 16px 0 12px; }
h2 { font-size: 22px; line-height: 1.3; margin: 44px 0 8px; }
h3 { font-size: 18px; margin: 28px 0 4px; }
p, ul, ol { margin: 0 0 14px; max-width: 44em; }
a { color: var(--link); }
nav { font-size: 14px; line-height: 1.4; color: var(--soft); }
nav strong { display: none; }
nav .turns { margin: 0 0 10px; }
nav .turns a { margin-right: 6px; white-space: nowrap; }
nav ul { list-style: none; margin: 0 0 14px; padding: 0; }
nav li { margin: 0 0 6px; }
nav a { color: var(--soft); text-decoration: none; }
nav a:hover { color: var(--link); text-decoration: underline; }
@media (max-width: 1399px) {
  nav { max-width: 940px; margin: 0 auto; padding: 20px 24px 0; text-align: right; }
  nav ul { display: none; }
}
@media (min-width: 1400px) {
  nav { position: fixed; top: 56px; left: calc(50% - 690px); width: 206px; }
  nav strong { display: block; color: var(--ink); margin-bottom: 10px; }
}
.step { margin: 14px 0 22px; }
.code { position: relative; margin: 0 0 12px; }
.code pre { margin: 0; padding: 10px 14px; background: var(--pale); border-left: 3px solid var(--line); overflow-x: auto; }
.code pre, code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; }
.code code { font: inherit; }
p code, li code, td code { background: var(--pale); padding: 1px 4px; border-radius: 3px; }
.count { position: absolute; right: 100%; top: 10px; padding-right: 10px; color: var(--soft); font-size: 12px; }
@media (max-width: 1019px) { .count { display: none; } }
.quiet .code { display: none; }
.output { margin: 0 0 14px; }
pre.output { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.stderr { padding: 10px 14px; background: var(--warm); border-left: 3px solid #d55e00; }
figure { margin: 0; }
figure img { max-width: 100%; }
table { border-collapse: collapse; font-size: 14.5px; line-height: 1.4; margin: 4px 0 14px; }
th, td { padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; font-variant-numeric: tabular-nums; }
thead th { border-bottom: 1.5px solid var(--ink); }
tbody th { font-weight: normal; color: var(--soft); white-space: nowrap; }
.legcnet-table { overflow-x: auto; }
.legcnet-table p { margin: 0 0 2px; font-size: 15px; }
.next { margin: 48px 0 0; }
article { margin: 32px 0; padding-top: 2px; border-top: 1px solid var(--line); }
article h2 { margin: 14px 0 8px; }
article h2 a { text-decoration: none; }
.number { color: var(--soft); font-weight: normal; }
.answer { padding: 10px 14px; background: var(--pale); border-left: 3px solid var(--link); max-width: 48em; }
.answer > strong { color: var(--soft); font-size: 14px; }
.answer p:last-child { margin: 0; font-size: 14px; }
#search { width: 100%; max-width: 30em; padding: 8px 12px; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 4px; }
#found p { overflow-wrap: anywhere; }
footer { margin-top: 56px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px; }
math[display="block"] { margin: 12px 0; }
.hljs-keyword, .hljs-built_in, .hljs-literal { color: var(--keyword); }
.hljs-string, .hljs-regexp { color: var(--string); }
.hljs-number { color: var(--number); }
.hljs-comment { color: var(--comment); font-style: italic; }
.hljs-title, .hljs-title.function_ { color: var(--name); }
@media print {
  nav, .count { display: none; }
  main { max-width: none; padding: 0; }
  .output, .code, article { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
  /* Figures are drawn for the screen's column; paper is narrower. */
  figure.output { zoom: 0.76; }
  #search, .next { display: none; }
}
`;
