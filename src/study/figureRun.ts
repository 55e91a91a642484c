import type { LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, longRunOptions, type OptionNames } from '../core/options';
import { requireOneOf } from '../core/require';
import type { Procedure } from '../data/dataset';
import { loadDataset } from '../data/loadDataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import { datasetNames, type StudyName, studySettings } from '../data/studySettings';
import { createNetwork } from '../network/createNetwork';
import { publishedNetwork } from '../network/publishedNetwork';
import { type LegcnetRun, legcnetFT, legcnetPT } from './legcnet';
import { studyProcedure } from './studyProcedure';

/** The run that Figures 1 to 4 are drawn from. */
export interface FigureRunOptions extends LongRunOptions {
  /** Default `iris`, which comes with the package. Not `mnist`: a run keeps every iterate, and its would fill gigabytes. */
  readonly dataset?: Exclude<StudyName, 'mnist'>;
  /** Default `sound`; `described` draws the paper's text, `published` the study's code. */
  readonly procedure?: Procedure;
  /** FT or PT, for Figures 1 and 2. Default FT. */
  readonly variant?: LegcnetVariant;
  /** A published initialisation instead of a seed. */
  readonly init?: number;
  /** Of the initial weights, drawn with the study's standard deviation of 0.1. Default 1. */
  readonly seed?: number;
}

const figureRunOptionNames: OptionNames<FigureRunOptions> = {
  dataset: true,
  procedure: true,
  variant: true,
  init: true,
  seed: true,
  ...longRunOptionNames,
};

/** The run that Figures 1 to 4 draw: a network of the study, its data set and a procedure. */
export async function figureRun(options: FigureRunOptions = {}): Promise<LegcnetRun> {
  const task = 'draw the method';
  checkOptions(options, figureRunOptionNames, task);
  const { dataset = 'iris', procedure = 'sound', variant = 'FT', init, seed = 1 } = options;
  const small = datasetNames.filter(name => name !== 'mnist');
  requireOneOf(dataset, small, 'dataset', task);
  requireOneOf(variant, ['FT', 'PT'], 'variant', task);
  const data = await loadDataset(dataset, { procedure });
  const { layers, activation, output } = studySettings[dataset];
  const network =
    init === undefined
      ? createNetwork({ layers, activation, output, seed })
      : await publishedNetwork(dataset, init);
  const settings = {
    ...studyProcedure(dataset, procedure)[variant],
    controls: 'none' as const,
    ...longRunOptions(options),
  };
  return (variant === 'FT' ? legcnetFT : legcnetPT)(network, data, settings);
}
