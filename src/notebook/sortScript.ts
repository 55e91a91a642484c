/**
 * A script that stands in a table's `<div>` and lets its heads sort the rows: click, Enter or space for up, again for down, again for
 * the order it came in. Numbers sort as numbers, cells without one come last. Where scripts are stripped the table is as good as before.
 */
export const sortScript: string = `<script>(() => {
const box = document.currentScript && document.currentScript.parentElement;
const table = box && box.querySelector("table");
const body = table && table.tBodies[0];
if (!body || !table.tHead || body.rows.length < 2) return;
const first = [...body.rows];
const plain = text => text.replace(/[\\u202f\\s]/g, "").replace(/\\u2212/g, "-");
const number = text => {
const found = /^[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?/.exec(plain(text));
return found ? Number(found[0]) : NaN;
};
const compare = (a, b) => {
const [p, q] = [number(a), number(b)];
if (p === p && q === q) return p - q;
return a.localeCompare(b, undefined, { numeric: true });
};
const rank = text => /^[\\u2013\\u2014-]?$/.test(plain(text)) ? 1 : 0;
const heads = [];
const sortable = (head, column) => {
heads.push(head);
head.tabIndex = 0;
head.style.cursor = "pointer";
head.title = "sort";
const mark = head.appendChild(document.createElement("span"));
mark.setAttribute("aria-hidden", "true");
const sort = () => {
const order = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
for (const each of heads) { each.removeAttribute("aria-sort"); each.lastChild.textContent = ""; }
const sign = order === "descending" ? -1 : 1;
const text = row => row.cells[column] ? row.cells[column].textContent.trim() : "";
const rows = order === "" ? first : [...first].sort((a, b) => {
const [s, t] = [text(a), text(b)];
return rank(s) || rank(t) ? rank(s) - rank(t) : sign * compare(s, t);
});
if (order !== "") { head.setAttribute("aria-sort", order); mark.textContent = order === "ascending" ? " \\u25b2" : " \\u25bc"; }
body.append(...rows);
};
head.addEventListener("click", sort);
head.addEventListener("keydown", event => {
if (event.key !== "Enter" && event.key !== " ") return;
event.preventDefault();
sort();
});
};
const taken = [];
[...table.tHead.rows].forEach((row, r) => {
let column = 0;
for (const head of row.cells) {
while (taken[r] && taken[r][column]) column++;
for (let i = 0; i < head.rowSpan; i++) for (let j = 0; j < head.colSpan; j++) (taken[r + i] ??= [])[column + j] = true;
if (head.colSpan === 1) sortable(head, column);
column += head.colSpan;
}
});
})();</script>`;
