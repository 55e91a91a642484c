import { result } from '../../src/core/result';
import { publishedChoices } from '../../src/study/maskChoice';
import { type MnistRun, mnistNetworks } from '../../src/study/mnistRun';

/** A run as `mnistRun` returns it, its numbers invented. */
export function madeUpMnistRun(): MnistRun {
  const asIntended = { stopped: true, epochs: 28, publishedEpoch: 27, accuracy: 0.91, f1: 0.9 };
  const asCoded = { stopped: false, epochs: 100, publishedEpoch: 99, accuracy: 0.9, f1: 0.8 };
  return result({
    kind: 'mnist-run',
    init: 3,
    seed: 42,
    split: 'made up',
    searches: [
      {
        variant: 'FT',
        choice: publishedChoices.mnist.FT,
        windows: 255,
        removedByLayer: [4000, 100, 20],
        overlap: { published: 138, recomputed: 120, shared: 10, jaccard: 0.04, chance: 9.2 },
      },
    ],
    networks: mnistNetworks.map((network, n) => ({
      network,
      removed: 10 * n,
      flops: 41000 - 10 * n,
      prunedPercent: (10 * n) / 410,
      asIntended,
      asCoded,
    })),
    cost: { steps: { reading: { seconds: 1, cpuSeconds: 2 } }, seconds: 1, cpuSeconds: 2, peakBytes: 6e8 },
  });
}
