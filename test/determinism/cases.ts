import type { Case, Cases } from './case';
import { causalityCases } from './cases/causalityCases';
import { chaosCases } from './cases/chaosCases';
import { dataCases } from './cases/dataCases';
import { pruningCases } from './cases/pruningCases';
import { studyCases } from './cases/studyCases';
import { trainingCases } from './cases/trainingCases';

const byName: Cases = {
  ...dataCases,
  ...trainingCases,
  ...chaosCases,
  ...causalityCases,
  ...pruningCases,
  ...studyCases,
};

/** Public names with a case. */
export const namesWithCases: readonly string[] = Object.keys(byName);

/** All cases, by title. */
export const cases: ReadonlyMap<string, Case> = new Map(
  Object.entries(byName).flatMap(([name, some]) =>
    [some]
      .flat()
      .map((each: Case) => [each.title === undefined ? name : `${name}, ${each.title}`, each] as const),
  ),
);

/** Public functions that the types say take a seed, threads or a place, and why they have no case. */
export const withoutCase: Readonly<Record<string, string>> = {
  mnistRun: 'trains 41 000 weights for minutes; all it computes comes from functions with a case',
  spectralNetworks: 'trains MNIST networks for a minute, by train and randomMask',
  spectralRecord: 'spectralNetworks and spectralRow of each',
  pixelBlocks: 'a block is of pixels; draws nothing',
  sweepGrid: 'lists jobs, draws nothing',
  session: 'keeps the number to be shown',
  exportResults: 'writes the number down',
};
