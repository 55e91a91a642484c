import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LongRunOptions } from '../core/longRun';
import { packageRoot } from '../core/packageRoot';
import { result } from '../core/result';
import type { Dataset } from '../data/dataset';
import { packageVersion } from '../network/trainingIdentity';
import type { NamedSimulation } from './theoremFigure';
import { type TheoremRow, theoremFits } from './theoremFits';
import { type TheoremOptions, type TheoremSimulation, theoremSimulation } from './theoremSimulation';

export const theoremFile: string = join(packageRoot, 'data', 'theoremRows.json');

const widths = [8, 16, 32, 64, 128, 256];

/** What is saved: the study's activation and two others, a share that stays and one that vanishes, one hidden layer and two. */
export const theoremPlan: Readonly<Record<string, TheoremOptions>> = {
  'sigmoid, 40 % removed': { widths, draws: 24 },
  'tanh, 40 % removed': { widths, draws: 24, activation: 'tanh' },
  'sigmoid, h^-1/2 removed': { widths, draws: 24, remove: { power: 0.5 } },
  'relu, 40 % removed': { widths, draws: 24, activation: 'relu', rules: ['random', 'magnitude'] },
  'sigmoid, two hidden layers, 40 % removed': {
    widths: widths.slice(0, 5),
    draws: 24,
    hiddenLayers: 2,
    rules: ['random', 'magnitude'],
  },
};

/** A simulation of the plan, its rows as lists of what changes. */
interface SavedSimulation {
  readonly name: string;
  readonly seconds: number;
  readonly settings: Omit<TheoremSimulation, 'kind' | 'rows' | 'fits'>;
  /** Rule, width, draw, weights, removed, epsilon, upper, dense. */
  readonly rows: readonly (readonly [TheoremRow['rule'], ...number[]])[];
}

/**
 * The simulations that ship with the package, behind `legcnet theorem`; none without the file.
 *
 * @example
 * import { savedTheorem } from 'legcnet';
 * savedTheorem()[0].name; // 'sigmoid, 40 % removed'
 */
export function savedTheorem(file: string = theoremFile): readonly NamedSimulation[] {
  if (!existsSync(file)) return [];
  const { simulations } = JSON.parse(readFileSync(file, 'utf8')) as { simulations: SavedSimulation[] };
  return simulations.map(({ name, settings, rows: lists }) => {
    const rows = lists.map(([rule, width, draw, weights, removed, epsilon, upper, dense]) => ({
      rule,
      width,
      draw,
      weights,
      removed,
      epsilon,
      upper,
      dense,
    }));
    const fits = theoremFits(rows, settings.seed);
    return { name, simulation: result({ kind: 'theorem-simulation', ...settings, rows, fits }) };
  });
}

/** The plan's simulations one after another, each with the seconds that it took. */
export async function* makeTheorem(
  dataset: Dataset,
  longRun: LongRunOptions = {},
): AsyncGenerator<NamedSimulation & { readonly seconds: number }> {
  for (const [name, options] of Object.entries(theoremPlan)) {
    const started = performance.now();
    const simulation = await theoremSimulation(dataset, { ...options, ...longRun });
    yield { name, simulation, seconds: (performance.now() - started) / 1000 };
  }
}

/**
 * The simulations of `savedTheorem`, made again: some three minutes on one processor.
 *
 * @param dataset gives the numbers of inputs and outputs, and LEGCNet its training
 * @example
 * import { loadDataset, recomputedTheorem, savedTheorem } from 'legcnet';
 * const again = false; // true: three minutes
 * const iris = await loadDataset('iris', { procedure: 'sound' });
 * const simulations = again ? await recomputedTheorem(iris) : savedTheorem();
 * simulations[0].name; // 'sigmoid, 40 % removed'
 */
export async function recomputedTheorem(
  dataset: Dataset,
  longRun: LongRunOptions = {},
): Promise<readonly NamedSimulation[]> {
  const made: NamedSimulation[] = [];
  for await (const each of makeTheorem(dataset, longRun)) made.push(each);
  return made;
}

/** The file's text, a row a line. */
export function theoremJson(made: readonly (NamedSimulation & { readonly seconds: number })[]): string {
  const head = { about, command: 'legcnet theorem --recompute --save', version: packageVersion() };
  const simulations = made.map(({ name, seconds, simulation: { kind, rows, fits, ...settings } }) => {
    const lines = rows.map(row => {
      const { rule, width, draw, weights, removed, epsilon, upper, dense } = row;
      return `        ${JSON.stringify([rule, width, draw, weights, removed, epsilon, upper, dense])}`;
    });
    const own = JSON.stringify({ name, seconds: Math.round(seconds), settings }).slice(1, -1);
    return `    {\n      ${own},\n      "rows": [\n${lines.join(',\n')}\n      ]\n    }`;
  });
  return `{\n  ${JSON.stringify(head).slice(1, -1)},\n  "simulations": [\n${simulations.join(',\n')}\n  ]\n}\n`;
}

const about =
  'Simulations of Theorem 0.1 on the shape of Iris. A row: rule, hidden width, draw, weights, removed, largest difference found, ' +
  'bound that it cannot exceed, largest output of the dense network. Draws follow from the seed in settings. Seconds are those of ' +
  'the machine that made the rows.';
