import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import type { Trace } from '../figures/figure';
import { type DisplayBundle, display, onDisplay } from './display';
import { escapeHtml } from './html';
import { onCellStart, runningCell } from './kernel';
import { bundleFor, type PlotlyBundle, plotlyEmbed } from './plotlyEmbed';

const plotlyMime = 'application/vnd.plotly.v1+json';

/** Where the library was embedded last; the cell is null where the frontend does not say which it is. */
let embedded: { readonly cell: string | null } | null = null;
let isWatching = false;

/** Says in one line what runs here, and embeds Plotly for the figures below. */
export function showSessionLine(plotly: PlotlyBundle | 'none'): void {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  const line = `legcnet ${version} · Node ${process.versions.node}`;
  const embed = plotly === 'none' ? '' : plotlyEmbed(plotly);
  display({ 'text/html': `<div>${escapeHtml(line)}</div>${embed}`, 'text/plain': line }, { kind: 'session' });
  embedded = { cell: runningCell()?.id ?? null };
}

/**
 * Shows the session line above the first figure of a notebook that did not ask for it by `init()`. When the cell that
 * holds the library runs again, which removes it, the next figure brings it back.
 */
export function embedWithFirstFigure(): void {
  if (isWatching) return;
  isWatching = true;
  onCellStart(({ id }) => {
    if (id !== null && id === embedded?.cell) embedded = null;
  });
  onDisplay((bundle: DisplayBundle) => {
    const drawn = bundle[plotlyMime] as { readonly data?: readonly Trace[] } | undefined;
    if (drawn === undefined || embedded !== null) return;
    showSessionLine(bundleFor(drawn.data ?? []));
  });
}
