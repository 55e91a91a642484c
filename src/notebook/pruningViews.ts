import { counted, shortNumber } from '../figures/theme';
import { layerSpans } from '../figures/weightPlace';
import type { CompactionReport, NetworkSize } from '../network/compactionReport';
import type { ControlNetworks } from '../pruning/controlNetworks';
import type { IterativePruning } from '../pruning/iterativePruning';
import type { PruningScores } from '../pruning/scores';
import type { TrainingCost } from '../pruning/trainingCost';
import type { DisplayBundle } from './display';
import { facts } from './facts';
import type { CellValue } from './table';
import { tableBundle } from './tableBundle';
import { registerView } from './views';

/** Registers the views of scores, controls, cost and compaction. */
export function registerPruningViews(): void {
  registerView<PruningScores>('pruning-scores', viewScores);
  registerView<IterativePruning>('iterative-pruning', viewIterative);
  registerView<ControlNetworks>('control-networks', viewControls);
  registerView<TrainingCost>('training-cost', viewCost);
  registerView<CompactionReport>('compaction-report', viewCompaction);
}

function viewScores({
  rule,
  goesFirst,
  reference,
  layers,
  scores,
  mask,
  unanswered,
  status,
}: PruningScores): DisplayBundle {
  const left = scores.filter((score, weight) => mask?.kept[weight] !== 0 && !Number.isNaN(score)).sort();
  const perLayer = layerSpans(layers).map(({ name, first, last }) => {
    const layer = scores.subarray(first, last + 1).filter(score => !Number.isNaN(score));
    return [`sum of ${name}`, layer.reduce((sum, score) => sum + score, 0)] as const;
  });
  return facts(`Scores of ${counted(scores.length, 'weight')}: ${rule}`, [
    ['removed first', goesFirst],
    ['reference', reference],
    ['status', status],
    [
      'smallest, median, largest',
      left.length === 0
        ? 'none'
        : [left[0], left[Math.floor(left.length / 2)], left[left.length - 1]]
            .map(score => shortNumber(score))
            .join(', '),
    ],
    ...perLayer,
    ...(mask === null ? [] : ([['removed before', mask.removed]] as const)),
    ...(unanswered === 0 ? [] : ([['without a score', unanswered]] as const)),
  ]);
}

function viewIterative({ rule, mask, rounds, searchEpochs }: IterativePruning): DisplayBundle {
  const isTrained = rounds.some(({ run }) => run !== null);
  const columns = ['round', 'removed', 'scores', ...(isTrained ? ['epochs', 'test accuracy before'] : [])];
  const rows = rounds.map(({ mask, run, status }, r) => [
    r + 1,
    mask.removed,
    status,
    ...(run === null ? [] : [run.epochCount, run.testAccuracy]),
  ]);
  return bundle(
    columns,
    rows.length <= 12 ? rows : [...rows.slice(0, 6), ...rows.slice(-6)],
    rows.length,
    `Pruned by ${rule} in ${counted(rows.length, 'round')}: ${mask.removed} of ${mask.kept.length} weights removed`,
    isTrained ? `${counted(searchEpochs, 'epoch')} trained to find the mask` : 'no training between rounds',
  );
}

function viewControls({ rule, weights, seed, controls }: ControlNetworks): DisplayBundle {
  return bundle(
    ['control', 'asks', 'layers', 'weights'],
    controls.map(({ name, asks, network, weights: left }) => [name, asks, network.layers.join('-'), left]),
    controls.length,
    `Controls to a mask that leaves ${counted(weights, 'weight')}`,
    `${rule}; seed ${seed}`,
  );
}

function viewCost(cost: TrainingCost): DisplayBundle {
  const { stages, flops, seconds, joules, kilowattHours, gramsCo2e, assumptions } = cost;
  const isTimed = stages.some(stage => stage.seconds !== null);
  const given = assumptions.map(
    ({ name, value, unit, source }) => `${name} ${shortNumber(value)}${unit && ` ${unit}`} (${source})`,
  );
  return bundle(
    ['stage', 'operations', 'share (%)', ...(isTimed ? ['seconds'] : [])],
    [
      ...stages.map(stage => [
        stage.name,
        stage.flops,
        100 * stage.share,
        ...(isTimed ? [stage.seconds ?? 'not measured'] : []),
      ]),
      ['all', flops, flops === 0 ? 0 : 100, ...(isTimed ? [seconds ?? 'not measured'] : [])],
    ],
    stages.length + 1,
    'Cost, the search included',
    `${shortNumber(joules)} J = ${shortNumber(kilowattHours)} kWh, ${shortNumber(gramsCo2e)} g CO2e, estimated from: ${given.join('; ')}`,
  );
}

function viewCompaction(report: CompactionReport): DisplayBundle {
  const { deadUnits, collapsed, largestDifference, rows, before, after } = report;
  const line = (name: string, of: (size: NetworkSize) => CellValue): CellValue[] => [
    name,
    of(before),
    of(after),
  ];
  const dead = deadUnits.length === 0 ? 'none, there is no hidden layer' : deadUnits.join(', ');
  return bundle(
    ['', 'before', 'compacted'],
    [
      line('layers', ({ layers }) => layers.join('-')),
      line('weights (MACs)', ({ macs }) => macs),
      line('2 MACs + biases', ({ flops }) => flops),
      line('multiplications done', ({ multiplications }) => multiplications),
      line('file (bytes)', ({ fileBytes }) => fileBytes),
      line('time (ms)', ({ seconds }) => 1000 * seconds),
    ],
    6,
    collapsed ? 'COLLAPSED, outputs do not depend on inputs. Compaction' : 'Compaction',
    `dead hidden units per layer: ${dead}; outputs differ by at most ${shortNumber(largestDifference)}; time to predict ` +
      `${counted(rows, 'row')} on this machine`,
  );
}

function bundle(
  columns: readonly string[],
  rows: ReadonlyArray<readonly CellValue[]>,
  totalRows: number,
  caption: string,
  note: string,
): DisplayBundle {
  return tableBundle({ columns, rows, totalRows, caption, note });
}
