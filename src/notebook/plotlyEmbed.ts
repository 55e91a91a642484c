import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Figure, Trace } from '../figures/figure';
import { darkColours, isThemed } from '../figures/theme';
import { escapeHtml, scriptJson } from './html';
import { inDark } from './inDark';
import { packArrays } from './packArrays';

/** `cartesian`: 0.7 MB a notebook, every trace we draw. `full`: 2.6 MB, 3-D, maps and polar plots too. */
export type PlotlyBundle = 'cartesian' | 'full';

const files: Readonly<Record<PlotlyBundle, string>> = {
  cartesian: 'plotly.js-cartesian-dist-min/plotly-cartesian.min.js',
  full: 'plotly.js-dist/plotly.js',
};

/** Trace types in the cartesian bundle. */
const cartesian: ReadonlySet<string> = new Set([
  'bar',
  'box',
  'contour',
  'heatmap',
  'histogram',
  'histogram2d',
  'histogram2dcontour',
  'image',
  'pie',
  'scatter',
  'scatterternary',
  'violin',
]);

/** The smallest bundle that draws all these traces. */
export function bundleFor(traces: Iterable<Trace>): PlotlyBundle {
  for (const { type } of traces) if (!cartesian.has(type ?? 'scatter')) return 'full';
  return 'cartesian';
}

/** The bundle's source. */
export function plotlySource(bundle: PlotlyBundle): string {
  // The package itself needs a browser to load, so only its file is asked for.
  return readFileSync(require.resolve(files[bundle]), 'utf8');
}

/**
 * A dark JupyterLab whose Python extension for Plotly draws figures on white: exchanges light and dark and keeps hues. It says
 * nothing of figures that bring another background, nor, an image having none to ask for, of more than that extension's own images.
 */
const darkExtension = `<style>
[data-jp-theme-light="false"] .jp-RenderedPlotly > :is(.plot-container:has(.main-svg[style*="rgb(255, 255, 255)"]), .plot-img) {
filter: invert(0.93) hue-rotate(180deg);
}
</style>`;

/**
 * A `<script>` that carries Plotly, compressed, and defines `window.Plotly` a moment later, without any network; and the style
 * with which the drawings of an extension that comes before it fit a dark page.
 */
export function plotlyEmbed(bundle: PlotlyBundle): string {
  const packed = gzipSync(plotlySource(bundle), { level: 9 }).toString('base64');
  return `${darkExtension}<script>(async () => {
if (window.Plotly || window.legcnetPlotly) return;
window.legcnetPlotly = true;
const bytes = Uint8Array.from(atob("${packed}"), c => c.charCodeAt(0));
const source = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
const script = document.createElement("script");
script.textContent = await new Response(source).text();
document.head.append(script);
})();</script>`;
}

/** Plotly's settings for all our figures. */
const plotlyConfig: Readonly<Record<string, unknown>> = {
  responsive: true,
  displaylogo: false,
  modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'],
};

/**
 * A figure as HTML: its summary until `window.Plotly` arrives (from an earlier output or an extension), then the drawing, in light
 * or dark as the page behind it is, also when the page changes. On paper it is light. A drawing that brings its own
 * background keeps it.
 *
 * @param id unique on the page
 */
export function figureHtml({ data, layout, summary }: Omit<Figure, 'kind'>, id: string): string {
  const height = typeof layout.height === 'number' ? layout.height : 420;
  const figure = scriptJson({ data: packArrays(data), layout, config: plotlyConfig });
  const dark = scriptJson(isThemed(layout) ? darkColours : null);
  return `<div id="${escapeHtml(id)}" class="legcnet-figure" role="img" aria-label="${escapeHtml(summary)}" style="min-height:${height}px">${escapeHtml(summary)}</div>
<script>(() => {
const figure = ${figure};
const dark = ${dark};
const id = ${scriptJson(id)};
${inDark}
${pageScript}
})();</script>`;
}

/**
 * The part that is the same for every figure. The page is dark when what lies behind the figure is: frontends say it each in
 * their own way, but all of them colour the page. Drawings are made from copies, because Plotly writes into what it is given.
 */
const pageScript = `const behind = place => {
for (let each = place; each; each = each.parentElement) {
const colour = getComputedStyle(each).backgroundColor;
const [r, g, b, opacity = 1] = (colour.match(/[\\d.]+/g) || []).map(Number);
if (/^rgb/.test(colour) && opacity > 0.5) return 0.3 * r + 0.6 * g + 0.1 * b < 110 ? colour : "";
}
return "";
};
let shown;
const paint = page => {
const place = document.getElementById(id);
if (!place || !place.isConnected) return;
if (shown === page) return;
if (shown === undefined) place.textContent = "";
shown = page;
const { data, layout, config } = structuredClone(page && dark ? inDark(figure, dark, page) : figure);
Plotly.react(place, data, layout, config);
};
const follow = () => { const place = document.getElementById(id); if (place) paint(behind(place)); };
const start = tries => {
const place = document.getElementById(id);
if (!place || !window.Plotly) { if (tries > 0) setTimeout(start, 100, tries - 1); return; }
follow();
if (!dark) return;
const soon = () => { for (const wait of [50, 500]) setTimeout(follow, wait); };
const watch = new MutationObserver(() => place.isConnected ? soon() : watch.disconnect());
for (const element of [document.documentElement, document.body]) watch.observe(element, { attributes: true });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", soon);
addEventListener("beforeprint", () => paint(""));
addEventListener("afterprint", follow);
};
start(600);`;
