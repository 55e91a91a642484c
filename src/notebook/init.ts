import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import { display } from './display';
import { escapeHtml } from './html';
import { isInKernel } from './kernel';
import { type PlotlyBundle, plotlyEmbed } from './plotlyEmbed';
import { plugIn } from './plugIn';

export interface InitOptions {
  /**
   * Which Plotly goes into the notebook, once, so that figures move without a network or an extension.
   * `none` when the frontend draws Plotly by itself. Default `cartesian`.
   */
  readonly plotly?: PlotlyBundle | 'none';
}

/**
 * Makes a notebook ours: results show themselves as last expressions, prints are gathered, long tasks show how far they
 * are and stop at the stop button, and Plotly is embedded. Call it in the first cell, as often as you like. Outside a notebook it only makes
 * results print as text.
 */
export function init(options: InitOptions = {}): void {
  const { plotly = 'cartesian' } = options;
  plugIn();
  if (!isInKernel()) return;
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  const session = `legcnet ${version} · Node ${process.versions.node}`;
  const embed = plotly === 'none' ? '' : plotlyEmbed(plotly);
  display(
    { 'text/html': `<div>${escapeHtml(session)}</div>${embed}`, 'text/plain': session },
    { kind: 'session' },
  );
}
