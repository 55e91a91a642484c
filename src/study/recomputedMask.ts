import { grangerScan } from '../causality/grangerScan';
import type { WindowedExponents } from '../chaos/windowedExponents';
import type { LongRunOptions } from '../core/longRun';
import { longRunOptions } from '../core/options';
import { result } from '../core/result';
import type { Dataset } from '../data/dataset';
import { loadDataset } from '../data/loadDataset';
import { type LegcnetVariant, publishedMaskIndices } from '../data/publishedMasks';
import type { Mask } from '../network/mask';
import { misclassification } from '../network/misclassification';
import { publishedNetwork } from '../network/publishedNetwork';
import type { Recording } from '../network/recording';
import { recordTraining } from '../network/recordTraining';
import { selectWeights } from '../pruning/selectWeights';
import { type MaskChoice, publishedChoices } from './maskChoice';
import { type MaskOverlap, maskOverlap } from './maskOverlap';
import type { SmallDataset } from './publishedRun';
import { publishedTraining } from './publishedTraining';
import { studyExponents } from './studyExponents';

export interface RecomputedMaskOptions extends LongRunOptions {
  /** Choices that differ from those of the published masks. Default: none. */
  readonly choice?: Partial<MaskChoice>;
}

/** A mask of the study made again from the initial weights, beside the published one. */
export interface RecomputedMask {
  readonly kind: 'recomputed-mask';
  readonly dataset: SmallDataset;
  readonly variant: LegcnetVariant;
  /** Published initialisation, 1-based. */
  readonly init: number;
  readonly choice: MaskChoice;
  /** Length of the tested series. */
  readonly windows: number;
  readonly mask: Mask;
  /** One a weight: the smallest of all lags, rounded to 4 decimals, 0 where a test failed. */
  readonly pValue: Float64Array;
  readonly overlap: MaskOverlap;
}

/**
 * Trains the dense network of the study, records every iterate, and removes weights as the study's programs did:
 * windowed exponents of `lyap_r`, Granger tests of the test misclassification, p >= 0.05. Nothing of the published mask
 * enters but the choices that were found by comparing with it.
 *
 * @param init published initialisation, 1 to 5
 * @throws RangeError when no such initialisation or mask is published, or a choice leaves no window
 * @example (await recomputedMask('cancer', 'FT', 2)).overlap.shared // 6 of 6
 */
export async function recomputedMask(
  name: SmallDataset,
  variant: LegcnetVariant,
  init: number,
  options: RecomputedMaskOptions = {},
): Promise<RecomputedMask> {
  const longRun = longRunOptions(options);
  const choice: MaskChoice = { ...publishedChoices[name][variant], ...options.choice };
  const published = await publishedMaskIndices(name, variant, init, longRun);
  const { recording, dataset } = await recordPublished(name, init, choice.epochs, longRun);
  const exponents = await studyExponents(recording, choice, longRun);
  const { mask, pValue, windows } = await chooseWeights(exponents, recording, dataset, choice, longRun);
  const overlap = maskOverlap(published, removedWeights(mask), mask.kept.length);
  return result({
    kind: 'recomputed-mask',
    dataset: name,
    variant,
    init,
    choice,
    windows,
    mask,
    pValue,
    overlap,
  });
}

/** The removed weights of a mask, ascending. */
export function removedWeights(mask: Mask): number[] {
  return Array.from(mask.kept.keys()).filter(weight => mask.kept[weight] === 0);
}

/** The dense run behind a mask, without a stop rule. */
export async function recordPublished(
  name: SmallDataset,
  init: number,
  epochs: number,
  longRun: LongRunOptions = {},
): Promise<{ recording: Recording; dataset: Dataset }> {
  const dataset = await loadDataset(name, { procedure: 'published', ...longRun });
  const network = await publishedNetwork(name, init, longRun);
  const { stop, ...training } = publishedTraining(name, epochs);
  const recording = await recordTraining(network, dataset, { ...training, ...longRun });
  return { recording, dataset };
}

/** From the exponents of a recorded run to its mask. */
export async function chooseWeights(
  exponents: WindowedExponents,
  recording: Recording,
  dataset: Dataset,
  choice: MaskChoice,
  longRun: LongRunOptions = {},
): Promise<Pick<RecomputedMask, 'mask' | 'pValue' | 'windows'>> {
  const at = exponents.ends.map(end => Math.min(recording.iterates - 1, end + choice.targetShift));
  const target = await misclassification(recording, dataset[choice.part], at, longRun);
  const tests = choice.differenced ? differenced(exponents, target) : { exponents, target };
  const { maxLag, test, alpha } = choice;
  const options = { preset: 'published', maxLag, test, ...longRun } as const;
  const scan =
    choice.cause === 'exponents'
      ? await grangerScan(tests.exponents, tests.target, options)
      : await scanBackwards(tests.exponents, tests.target, options);
  const mask = selectWeights(scan, { remove: 'non-causal', alpha });
  return { mask, pValue: scan.pValue, windows: tests.exponents.windows };
}

type ScanOptions = NonNullable<Parameters<typeof grangerScan>[2]>;

function differenced(
  exponents: WindowedExponents,
  target: Float64Array,
): { exponents: WindowedExponents; target: Float64Array } {
  const { weights, values } = exponents;
  const windows = exponents.windows - 1;
  const steps = Float64Array.from(
    { length: windows * weights },
    (_, at) => values[at + weights] - values[at],
  );
  return {
    exponents: { ...exponents, windows, values: steps, status: new Uint8Array(steps.length) },
    target: Float64Array.from({ length: windows }, (_, w) => target[w + 1] - target[w]),
  };
}

/** One scan a weight, with the target as the only cause. */
async function scanBackwards(
  exponents: WindowedExponents,
  target: Float64Array,
  options: ScanOptions,
): Promise<Awaited<ReturnType<typeof grangerScan>>> {
  const { windows, weights, values } = exponents;
  const cause = { ...exponents, weights: 1, values: target, status: new Uint8Array(windows) };
  const first = await grangerScan(exponents, target, options);
  const pValue = new Float64Array(weights);
  for (let weight = 0; weight < weights; weight++) {
    const effect = Float64Array.from({ length: windows }, (_, w) => values[w * weights + weight]);
    pValue[weight] = (await grangerScan(cause, effect, options)).pValue[0];
  }
  return { ...first, pValue };
}
