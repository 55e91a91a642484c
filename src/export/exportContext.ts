import type { LongRun } from '../core/longRun';
import type { PlotlyJson } from '../notebook/paintFigures';
import type { ExportDraft } from './exportDraft';
import type { Traces } from './traces';

/** What the writers of one export share. */
export interface ExportContext {
  readonly draft: ExportDraft;
  readonly run: LongRun;
  /** Whether the series of recordings are written. */
  readonly recordings: boolean;
  /** Figures whose images are painted at the end, all by one browser. */
  readonly figures: FigureToPaint[];
  readonly traces: Traces;
}

export interface FigureToPaint extends PlotlyJson {
  /** As given by the user. */
  readonly result: string;
  /** File name without ending. */
  readonly name: string;
  /** An image made before, for where none can be painted. */
  readonly png?: Uint8Array;
}
