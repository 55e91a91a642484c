import type { RecomputedMask } from './recomputedMask';
import { runValue } from './tableColumns';

/** Named values of a recomputed mask: how it compares with the published one, and the network trained under it. */
export function recomputedMaskFacts({
  dataset,
  windows,
  choice,
  overlap,
  outcome,
}: RecomputedMask): ReadonlyArray<readonly [string, string]> {
  const epochs = runValue(outcome, 'epochs', dataset);
  return [
    ['windows', `${windows} of ${choice.window}, lags to ${choice.maxLag}`],
    ['removed', String(overlap.recomputed)],
    ['removed by the published mask', String(overlap.published)],
    ['shared', `${overlap.shared} (${overlap.chance.toFixed(2)} by chance)`],
    ['FLOPs', String(runValue(outcome, 'flops', dataset))],
    ['epochs (0-based, as printed)', typeof epochs === 'number' ? String(epochs) : epochs.missing],
    ['test accuracy', outcome.accuracy.toFixed(4)],
    ['macro F1', outcome.f1.toFixed(4)],
  ];
}

export function recomputedMaskTitle({ dataset, variant, init }: RecomputedMask): string {
  return `Mask recomputed: ${dataset}, LEGCNet-${variant}, initialisation ${init}`;
}

/** The same as plain text. */
export function formatRecomputedMask(made: RecomputedMask): string {
  const facts = recomputedMaskFacts(made).map(([name, value]) => `  ${name.padEnd(30)}  ${value}`);
  return [recomputedMaskTitle(made), ...facts].join('\n');
}
