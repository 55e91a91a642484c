import {
  choiceRecord,
  choiceStudy,
  type createNetwork,
  figure1,
  figure2,
  figure3,
  figure4,
  figure5,
  figure6,
  type LegcnetOptions,
  type LegcnetRun,
  legcnetFT,
  legcnetPT,
  openQuestions,
  questionRecord,
  savedChoices,
  soundSearch,
  studyProcedure,
  studyRecord,
  studyTraining,
  sweep,
  sweepGrid,
  theoremSimulation,
} from '../../../src/index';
import { skipUnless, trainingFiles } from '../../support/mirror';
import { type Case, type Cases, seeded, threads } from '../case';
import { freshFolder, given } from '../given';

type Search = (
  network: ReturnType<typeof createNetwork>,
  dataset: Parameters<typeof legcnetFT>[1],
  options: LegcnetOptions,
) => Promise<LegcnetRun>;

function pruned(search: Search): Case {
  return seeded<{ readonly workers: number }>(
    async (seed, change) => {
      const { iris, network } = await given();
      const run = await search(network, iris, {
        training: { epochs: 25, learningRate: 0.05, shuffle: 'each-epoch', seed },
        search: { scan: { ...soundSearch.scan, ...change } },
        controlSeed: seed,
      });
      const { settings, ...found } = run.search;
      const { workers: _asked, ...scan } = settings.scan;
      return { ...run, search: { ...found, settings: { ...settings, scan } } };
    },
    { changes: threads },
  );
}

const few = savedChoices().filter(({ dataset, variant }) => dataset === 'iris' && variant === 'FT');

/** Searches, cuts by magnitude and random masks, and the quickest of them. */
const questions = openQuestions.filter(({ id }) => ['partial', 'magnitude', 'seed'].includes(id));

interface Sweeping {
  readonly workers: number;
  /** As so many machines with one folder. */
  readonly shards: number;
}

export const studyCases: Cases = {
  legcnetFT: pruned(legcnetFT),
  legcnetPT: pruned(legcnetPT),
  studyProcedure: seeded(seed => studyProcedure('iris', 'sound', { seed })),
  studyTraining: seeded(seed => studyTraining('iris', 'sound', { seed })),
  studyRecord: seeded(seed => studyRecord('iris', 'sound', { seed }, { masks: 'recomputed', maxEpochs: 10 })),
  choiceRecord: seeded(seed => choiceRecord('iris', 'sound', 'FT', { seed })),
  choiceStudy: seeded(seed => choiceStudy(few, { seed })),
  figure1: seeded(seed => figure1({ seed })),
  figure2: seeded(seed => figure2({ seed })),
  figure3: seeded(seed => figure3({ seed })),
  figure4: seeded(seed => figure4({ seed })),
  figure5: seeded(async seed => figure5([{ name: 'untrained', network: (await given()).wide }], { seed })),
  figure6: seeded(seed => figure6({ datasets: ['titanic'], networks: ['random'], seed }), {
    skip: skipUnless(...trainingFiles('titanic')),
  }),
  theoremSimulation: seeded(async seed => {
    const settings = { rules: ['random', 'magnitude'], widths: [8, 16], draws: 2 } as const;
    return theoremSimulation((await given()).iris, { ...settings, search: { points: 20, climbs: 1 }, seed });
  }),
  questionRecord: seeded(seed => questionRecord('iris', { seed }, { questions })),
  sweep: seeded<Sweeping>(
    async (seed, { shards = 0, ...change }) => {
      const variant = ['FT', 'PT'] as const;
      const training = { epochs: 12 };
      const jobs = sweepGrid({ work: 'legcnet', dataset: 'iris', variant, seed: [seed, seed + 5], training });
      const folder = freshFolder();
      for (let index = 1; index <= shards; index++) {
        await sweep(jobs, { folder, workers: 0, shard: { index, count: shards } });
      }
      const { rows, jobs: swept } = await sweep(jobs, { workers: 0, folder, ...change });
      return { rows, swept };
    },
    { changes: [...threads.slice(1), { shards: 3 }] },
  ),
};
