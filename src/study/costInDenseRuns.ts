import type { TrainingCost } from '../pruning/trainingCost';

/**
 * A line for each stage and one for all, for `table`: operations, and how many times the first stage, the dense run, they are.
 *
 * @example
 * import { costInDenseRuns, trainingCost } from 'legcnet';
 * const cost = trainingCost([
 *   { name: 'dense run', flops: 1e9 },
 *   { name: 'search', flops: 2e9 },
 * ]);
 * costInDenseRuns(cost).length; // 3, one a stage and their sum
 */
export function costInDenseRuns({ stages, flops }: TrainingCost): Record<string, string | number>[] {
  const [dense] = stages;
  return [...stages, { name: 'all', flops }].map(stage => ({
    step: stage.name,
    'million operations': stage.flops / 1e6,
    'dense runs': stage.flops / dense.flops,
  }));
}
