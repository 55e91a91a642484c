import { parseArgs } from 'node:util';
import { requireClone } from '../core/installation';
import { replaceFile } from '../core/replaceFile';
import { loadDataset } from '../data/loadDataset';
import { formatTheorem } from '../study/formatTheorem';
import { makeTheorem, savedTheorem, theoremFile, theoremJson } from '../study/savedTheorem';

export async function printTheorem(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      recompute: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { recompute, save, json } = values;
  if (save && !recompute) throw new RangeError('legcnet theorem: --save goes with --recompute.');
  if (save) requireClone('legcnet theorem --save', 'it changes the rows that come with the package');
  const simulations = [...savedTheorem()];
  if (recompute) {
    const iris = await loadDataset('iris', { procedure: 'sound' });
    const made = [];
    for await (const each of makeTheorem(iris)) made.push(each);
    if (save) await replaceFile(theoremFile, theoremJson(made));
    simulations.splice(0, simulations.length, ...made);
  }
  console.log(
    json
      ? JSON.stringify(
          simulations.map(({ name, simulation }) => ({ name, ...simulation })),
          null,
          1,
        )
      : formatTheorem(simulations),
  );
}
