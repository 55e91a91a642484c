import { setLongRunDefaults } from '../core/longRun';
import { clarifyErrors } from './errors';
import { showFrames } from './frames';
import { watchInterrupts } from './interrupt';
import { isInKernel, watchCells } from './kernel';
import { quietProgress } from './progress';
import { registerViews } from './resultViews';
import { embedWithFirstFigure } from './sessionLine';
import { gatherStreams } from './stdout';

/**
 * What `init()` and the kernel "TypeScript (legcnet)" have in common: results show themselves, prints are gathered, errors
 * say one clear line first, long tasks show how far they are and stop at the stop button, and Plotly is embedded with the
 * first figure. Outside a notebook it only makes results print as text. Nothing changes when it is called again.
 */
export function plugIn(): void {
  registerViews();
  if (!isInKernel()) return;
  gatherStreams();
  clarifyErrors();
  showFrames();
  watchCells();
  watchInterrupts();
  embedWithFirstFigure();
  setLongRunDefaults(quietProgress);
}
