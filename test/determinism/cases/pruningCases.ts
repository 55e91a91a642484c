import {
  applyMask,
  controlNetworks,
  drift,
  fitPowerLaw,
  goodnessOfFit,
  importance,
  layerSpectrum,
  pruningError,
  randomizedSpectrum,
  randomMask,
  reinitialise,
  type ShapleyValues,
  shapley,
  shuffledMask,
  spectralRow,
  spectrumNull,
  table4,
} from '../../../src/index';
import { type Cases, seeded, threads } from '../case';
import { given } from '../given';

/** Exact values of a network's first rows, to be resampled. */
async function explained(isPruned: boolean): Promise<ShapleyValues> {
  const { network, mask, iris } = await given();
  const model = isPruned ? applyMask(network, mask) : network;
  const row = (i: number) => Array.from(iris.test.inputs.subarray(4 * i, 4 * i + 4));
  return shapley(
    model,
    [row(0), row(1)],
    Array.from({ length: 12 }, (_, i) => row(i + 2)),
  );
}

export const pruningCases: Cases = {
  randomMask: seeded(async seed => randomMask((await given()).network, { share: 0.4, seed })),
  shuffledMask: seeded(async seed => shuffledMask((await given()).mask, { seed })),
  // The network itself was drawn from seed 1.
  reinitialise: seeded(async seed => {
    const { network, mask } = await given();
    return reinitialise(network, mask, { init: { name: 'normal', sd: 0.1 }, seed: seed + 1 });
  }),
  controlNetworks: seeded(async seed => {
    const { network, mask } = await given();
    return controlNetworks(network, mask, { init: { name: 'normal', sd: 0.1 }, seed: seed + 1 });
  }),
  pruningError: seeded(async seed => {
    const { network, mask } = await given();
    return pruningError(network, mask, { points: 50, climbs: 2, seed });
  }),
  randomizedSpectrum: seeded(async seed =>
    randomizedSpectrum(layerSpectrum((await given()).wide, 1), { seed }),
  ),
  spectrumNull: seeded<{ readonly workers: number }>(
    async (seed, change) =>
      spectrumNull(layerSpectrum((await given()).wide, 1), { draws: 49, seed, ...change }),
    { changes: threads },
  ),
  goodnessOfFit: seeded(seed =>
    goodnessOfFit(fitPowerLaw(Array.from({ length: 40 }, (_, i) => (1 - (i + 0.5) / 40) ** -0.7)), {
      draws: 20,
      seed,
    }),
  ),
  spectralRow: seeded<{ readonly workers: number }>(
    async (seed, change) => spectralRow((await given()).wide, { draws: 25, seed, ...change }),
    { changes: threads },
  ),
  table4: seeded<{ readonly workers: number }>(
    async (seed, change) => {
      const { wide } = await given();
      return table4([{ name: 'dense', init: 3, network: wide }], { draws: 25, seed, ...change });
    },
    { changes: [{ workers: 2 }] },
  ),
  shapley: seeded(seed => {
    const weigh = (x: Float64Array, n: number) =>
      Float64Array.from({ length: n }, (_, row) => {
        let [sum, product] = [0, 1];
        for (let j = 0; j < 14; j++) {
          sum += Math.sin(j) * x[14 * row + j];
          product *= 1 + x[14 * row + j] / 5;
        }
        return sum * product;
      });
    const row = Array.from({ length: 14 }, (_, j) => (j % 5) / 2);
    const background = [row.map(() => 0)];
    return Promise.all(
      (['leverage', 'permutation', 'kernel'] as const).map(method =>
        shapley(weigh, background, [row], { method, samples: 300, seed }),
      ),
    );
  }),
  importance: seeded(async seed => importance(await explained(false), { seed, draws: 300 })),
  drift: seeded(async seed => drift(await explained(false), await explained(true), { seed, draws: 200 })),
};
