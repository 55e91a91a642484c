import type { LongRunOptions } from '../core/longRun';
import type { Part } from '../data/dataset';
import { loadDataset } from '../data/loadDataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import { type StudyName, studySettings } from '../data/studySettings';
import { applyMask } from '../network/applyMask';
import { type CompactionReport, compactionReport } from '../network/compactionReport';
import { createMask, type Mask } from '../network/mask';
import { publishedNetwork } from '../network/publishedNetwork';
import { publishedMask } from './publishedMask';
import { savedChoices } from './savedChoices';
import { smallDatasets } from './smallDatasets';

/** What compacting gains one network of Table 1 or 2. */
export interface MaskCompaction {
  /** The data set. */
  readonly dataset: StudyName;
  /** Whose mask it is. */
  readonly variant: LegcnetVariant;
  /** The initialisation behind the printed row. */
  readonly init: number;
  /** `published`: the study's list; `all weights`: ours of MNIST, where the study tested the last 1800 weights only. */
  readonly mask: 'published' | 'all weights';
  /** Weights that the mask removes. */
  readonly removed: number;
  /** What compaction saves. */
  readonly report: CompactionReport;
}

/**
 * What fewer weights are worth to a computer that does not skip zeros: every published mask behind a printed row, and our mask of
 * all of MNIST's weights, compacted (dead units removed, constants folded) and measured on the test part. The networks wear
 * their initial weights: which units die, file size and time follow from the mask alone.
 *
 * @throws Error when data, initial weights or masks cannot be had
 * @example
 * import { maskCompactions } from 'legcnet';
 * const rows = await maskCompactions('FT');
 * rows[3].dataset; // 'iris'
 * rows[3].report.deadUnits; // [ 0 ]
 */
export async function maskCompactions(
  variant: LegcnetVariant,
  longRun: LongRunOptions = {},
): Promise<MaskCompaction[]> {
  const rows: MaskCompaction[] = [];
  for (const dataset of [...smallDatasets, 'mnist'] as const) {
    const init = studySettings[dataset].initialisation as number;
    const network = await publishedNetwork(dataset, init, longRun);
    const { test } = await loadDataset(dataset, { procedure: 'published', ...longRun });
    const measure = async (name: MaskCompaction['mask'], mask: Mask, part: Part): Promise<void> => {
      const report = await compactionReport(applyMask(network, mask), part, longRun);
      rows.push({ dataset, variant, init, mask: name, removed: mask.removed, report });
    };
    await measure('published', await publishedMask(network, dataset, variant, init, longRun), test);
    const own = dataset === 'mnist' ? savedMnistMask(variant, init) : undefined;
    if (own !== undefined) await measure('all weights', createMask(network.layers, own, 'ours'), test);
  }
  return rows;
}

function savedMnistMask(variant: LegcnetVariant, init: number): readonly number[] | undefined {
  return savedChoices().find(
    ({ dataset, variant: of, start }) =>
      dataset === 'mnist' && of === variant && 'init' in start && start.init === init,
  )?.removed;
}

/**
 * A line for each network, for `table`: what goes and what is left.
 *
 * @example
 * import { applyMask, compactionReport, compactionSizes, createMask, createNetwork, loadDataset } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const mask = createMask([4, 6, 3], [24, 30, 36], 'what leaves the first hidden unit');
 * const sparse = applyMask(createNetwork({ layers: [4, 6, 3], seed: 1 }), mask);
 * const report = await compactionReport(sparse, iris.test, { rounds: 1 });
 * const [row] = compactionSizes([{ dataset: 'iris', variant: 'FT', init: 5, mask: 'published', removed: 3, report }]);
 * row.compacted; // '4-5-3'
 */
export function compactionSizes(rows: readonly MaskCompaction[]): Record<string, string | number>[] {
  return rows.map(({ report: { before, after, deadUnits }, ...row }) => ({
    ...nameOf(row),
    'weights removed (%)': (100 * row.removed) / before.multiplications,
    'hidden units dead': deadUnits.join(', '),
    compacted: after.layers.join('-'),
    'multiplications left (%)': (100 * after.multiplications) / before.multiplications,
    'file (bytes)': before.fileBytes,
    'compacted file (bytes)': after.fileBytes,
  }));
}

/**
 * The same for `timings`: seconds are those of this machine and this minute.
 *
 * @example
 * import { applyMask, compactionReport, compactionTimes, createMask, createNetwork, loadDataset } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const mask = createMask([4, 6, 3], [24, 30, 36], 'what leaves the first hidden unit');
 * const sparse = applyMask(createNetwork({ layers: [4, 6, 3], seed: 1 }), mask);
 * const report = await compactionReport(sparse, iris.test, { rounds: 1 });
 * const [row] = compactionTimes([{ dataset: 'iris', variant: 'FT', init: 5, mask: 'published', removed: 3, report }]);
 * row['rows predicted']; // 30
 */
export function compactionTimes(rows: readonly MaskCompaction[]): Record<string, string | number>[] {
  return rows.map(({ report: { before, after, rows: predicted }, ...row }) => ({
    ...nameOf(row),
    'rows predicted': predicted,
    'time (ms)': 1000 * before.seconds,
    'compacted (ms)': 1000 * after.seconds,
    'time left (%)': (100 * after.seconds) / before.seconds,
  }));
}

function nameOf({
  dataset,
  init,
  mask,
}: Pick<MaskCompaction, 'dataset' | 'init' | 'mask'>): Record<string, string | number> {
  return { 'data set': dataset, initialisation: init, mask };
}
