import { loadDataset } from '../src/data/loadDataset';
import type { LegcnetVariant } from '../src/data/publishedMasks';
import { studySettings } from '../src/data/studySettings';
import { createNetwork } from '../src/network/createNetwork';
import { retrain } from '../src/network/retrain';
import { train } from '../src/network/train';
import { causalSearch } from '../src/study/causalSearch';
import { publishedChoices } from '../src/study/maskChoice';
import { studyProcedure } from '../src/study/studyProcedure';
import { type BenchRow, benchRow } from './benchRow';
import type { Peers } from './peers';
import { medianSeconds, processorSecondsOf, processorTimes } from './timing';

const INITIALISATIONS = 5;
const variants: readonly LegcnetVariant[] = ['FT', 'PT'];

/** What Python is asked for: seconds of each step for one initialisation, epochs of its dense and pruned trainings. */
interface ChainAnswer {
  readonly seconds: Readonly<
    Record<'training' | 'recording' | 'exponents' | 'target' | 'tests' | 'retraining', number>
  >;
  readonly epochs: readonly number[];
  /** Processor time per time of the clock. */
  readonly share: number;
}

/** One initialisation taken through the chain: epochs of the dense network and of those under the masks of FT and PT. */
interface ChainRun {
  readonly epochs: readonly number[];
  readonly kept: readonly Uint8Array[];
}

/**
 * The chain of Iris as the study's code runs it, for five initialisations: dense training to the benchmark, recording for FT and
 * PT, every weight's exponent in every window, Granger tests at all lags, mask, training under it. Beside it the same in NumPy,
 * nolds and statsmodels, for one initialisation and some of the weights.
 */
export async function benchChain(peers: Peers | null, quick: boolean): Promise<BenchRow[]> {
  const name = 'iris';
  const iris = await loadDataset(name, { procedure: 'published' });
  const { layers, benchmark, learningRate } = studySettings[name];
  const procedure = studyProcedure(name, 'published');
  const { training } = procedure.FT;
  const networks = Array.from({ length: INITIALISATIONS }, (_, i) => createNetwork({ layers, seed: i + 1 }));
  let runs: ChainRun[] = [];
  const ours = async (): Promise<void> => {
    runs = [];
    for (const network of networks) {
      const epochs = [(await train(network, iris, training)).epochCount];
      const kept: Uint8Array[] = [];
      for (const variant of variants) {
        const { mask } = await causalSearch(network, iris, training, procedure[variant].search);
        epochs.push((await retrain(network, mask, iris, training)).epochCount);
        kept.push(mask.kept);
      }
      runs.push({ epochs, kept });
    }
  };
  await ours();
  const weights = runs[0].kept[0].length;
  const sample = quick ? 1 : 6;
  const [first] = networks;
  let answer: ChainAnswer | null = null;
  const busy = { ours: [] as number[], theirs: [] as number[] };
  const python = async (): Promise<number> => {
    if (peers === null) return Number.NaN;
    const found = await peers.ask<ChainAnswer>({
      task: 'chain',
      layers,
      weights: first.weights.map(matrix => [...matrix]),
      biases: first.biases.map(vector => [...vector]),
      inputs: [...iris.train.inputs],
      targets: [...iris.train.targets],
      testInputs: [...iris.test.inputs],
      testTargets: [...iris.test.targets],
      learningRate,
      epochs: training.epochs,
      stop: benchmark,
      searches: variants.map((variant, v) => {
        const { epochs, window, overlap, maxLag } = publishedChoices[name][variant];
        const step = Math.floor(window * (1 - overlap) + 1e-9);
        return { epochs, window, step, maxLag, weights: sample, kept: [...runs[0].kept[v]] };
      }),
    });
    answer = found.answer;
    const seconds = extrapolated(found.answer, runs, weights / sample);
    busy.theirs.push(found.answer.share * seconds);
    return seconds;
  };
  const [seconds, peer] = await medianSeconds(quick ? 1 : 3, [
    async () => {
      const run = await processorSecondsOf(ours);
      busy.ours.push(run.processor);
      return run.seconds;
    },
    python,
  ]);
  const processor = processorTimes(busy.ours, busy.theirs);
  const agreement =
    answer !== null && String((answer as ChainAnswer).epochs) === String(runs[0].epochs)
      ? `the same epochs (${runs[0].epochs.join(', ')})`
      : `epochs ${(answer as ChainAnswer | null)?.epochs.join(', ')} there, ${runs[0].epochs.join(', ')} here`;
  return [
    benchRow(
      `chain of Iris, ${INITIALISATIONS} initialisations, FT and PT, masks recomputed`,
      seconds,
      's',
      { ratio: 100 },
      peers && {
        name: 'NumPy loop, nolds, statsmodels',
        value: peer,
        processorRatio: processor.ratio,
        how:
          `extrapolated from one initialisation and ${sample} of ${weights} weights: exponents and tests in weights and ` +
          `initialisations, recording in initialisations, training in epochs, all linear; ${processor.text}; trained under our masks, ${agreement}`,
      },
    ),
  ];
}

/** Seconds of all initialisations and weights, from those of one initialisation and some weights. */
function extrapolated(
  { seconds, epochs }: ChainAnswer,
  runs: readonly ChainRun[],
  weightsScale: number,
): number {
  const dense = runs.reduce((sum, run) => sum + run.epochs[0], 0);
  const pruned = runs.reduce((sum, run) => sum + run.epochs[1] + run.epochs[2], 0);
  return (
    (seconds.training * dense) / epochs[0] +
    (seconds.retraining * pruned) / (epochs[1] + epochs[2]) +
    runs.length * (seconds.recording + seconds.target + weightsScale * (seconds.exponents + seconds.tests))
  );
}
