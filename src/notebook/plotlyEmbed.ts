import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Trace } from '../figures/figure';

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

/** A `<script>` that carries Plotly, compressed, and defines `window.Plotly` a moment later, without any network. */
export function plotlyEmbed(bundle: PlotlyBundle): string {
  const packed = gzipSync(plotlySource(bundle), { level: 9 }).toString('base64');
  return `<script>(async () => {
if (window.Plotly || window.legcnetPlotly) return;
window.legcnetPlotly = true;
const bytes = Uint8Array.from(atob("${packed}"), c => c.charCodeAt(0));
const source = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
const script = document.createElement("script");
script.textContent = await new Response(source).text();
document.head.append(script);
})();</script>`;
}
