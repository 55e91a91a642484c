import { isInKernel } from './kernel';
import type { PlotlyBundle } from './plotlyEmbed';
import { plugIn } from './plugIn';
import { showSessionLine } from './sessionLine';

/** What `init` embeds. */
export interface InitOptions {
  /**
   * Which Plotly goes into the notebook, once, so that figures move without a network or an extension.
   * `none` when the frontend draws Plotly by itself. Default `cartesian`.
   */
  readonly plotly?: PlotlyBundle | 'none';
}

/**
 * Makes a notebook ours: results show themselves as last expressions, prints are gathered, errors say one clear line
 * first, long tasks show how far they are and stop at the stop button, and Plotly is embedded. Call it in the first cell,
 * as often as you like. In the kernel "TypeScript (legcnet)" all this holds without it, and it only says where Plotly is
 * embedded; outside a notebook it only makes results print as text.
 *
 * @example
 * import { init, loadDataset } from 'legcnet';
 * init();
 * (await loadDataset('iris')).train.rows; // 120
 */
export function init(options: InitOptions = {}): void {
  const { plotly = 'cartesian' } = options;
  plugIn();
  if (!isInKernel()) return;
  showSessionLine(plotly);
}
