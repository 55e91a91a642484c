import type { TrainingCost } from '../pruning/trainingCost';

/** A line for each stage and one for all, for `table`: operations, and how many times the first stage, the dense run, they are. */
export function costInDenseRuns({ stages, flops }: TrainingCost): Record<string, string | number>[] {
  const [dense] = stages;
  return [...stages, { name: 'all', flops }].map(stage => ({
    step: stage.name,
    'million operations': stage.flops / 1e6,
    'dense runs': stage.flops / dense.flops,
  }));
}
