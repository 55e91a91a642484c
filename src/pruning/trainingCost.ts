import { checkOptions, type OptionNames } from '../core/options';
import { requireList, requireNumber } from '../core/require';
import { result } from '../core/result';

/** One thing that was computed on the way to a pruned network. */
export interface CostStage {
  /** What was computed. */
  readonly name: string;
  /** Its operations: `trainingFlops`, `exponentFlops`, `grangerFlops`, `scoringFlops`, or a number of one's own. */
  readonly flops: number;
  /** Seconds on the clock, where they were measured. */
  readonly seconds?: number;
}

/** What turns operations into energy and energy into carbon. */
export interface EnergyOptions {
  /**
   * Joule per operation. Default 7e-11: one instruction of a 45 nm processor, 70 pJ (Horowitz 2014, Computing's energy problem,
   * ISSCC, figure 1.1.9). That is a floor: memory, idle parts and losses are not in it. A measured number is the power drawn in
   * watt over the operations done in a second.
   */
  readonly joulesPerFlop?: number;
  /** Power of the whole site over that of its computers, at least 1. Default 1, a computer at one's desk; data centres averaged 1.58 in 2023 (Uptime Institute). */
  readonly pue?: number;
  /** Carbon dioxide equivalents of a kilowatt hour, in gram. Default 481, the world's average in 2023 (Ember 2024). */
  readonly gramsPerKwh?: number;
}

/** One number that the energy rests on. */
export interface EnergyAssumption {
  /** What is assumed. */
  readonly name: string;
  /** The number taken. */
  readonly value: number;
  /** Its unit. */
  readonly unit: string;
  /** Where it comes from; 'given by the caller' where it was set. */
  readonly source: string;
}

/** What a pruned network has cost. */
export interface TrainingCost {
  readonly kind: 'training-cost';
  /** `share` of all operations, 0 where there are none; `seconds` null where not measured. */
  readonly stages: readonly {
    /** What was computed. */
    readonly name: string;
    /** Its operations. */
    readonly flops: number;
    /** Its share of all operations, 0 to 1. */
    readonly share: number;
    /** Its time, where it was given. */
    readonly seconds: number | null;
  }[];
  /** Operations of all stages. */
  readonly flops: number;
  /** Null unless every stage was measured. */
  readonly seconds: number | null;
  /** Energy in joule. */
  readonly joules: number;
  /** Energy in kilowatt hours. */
  readonly kilowattHours: number;
  /** Gram of carbon dioxide equivalents. */
  readonly gramsCo2e: number;
  /** What energy and carbon rest on. */
  readonly assumptions: readonly EnergyAssumption[];
}

const energyOptionNames: OptionNames<EnergyOptions> = { joulesPerFlop: true, pue: true, gramsPerKwh: true };

const JOULES_PER_KWH = 3.6e6;

/**
 * The cost of a pruned network with the search for it: operations stage by stage, energy = operations x joule per operation x
 * PUE, carbon = energy x carbon of the grid. The paper counts the weights of one forward pass only and leaves out what finding
 * the mask costs: the dense run, its twin, exponents and tests. Energy is an estimate as good as its assumptions, which
 * are part of the result.
 *
 * @param stages all that was computed, the search included
 * @throws TypeError for stages that are no list or a number that is none; RangeError for a negative number or a PUE below 1
 * @example
 * import { trainingCost } from 'legcnet';
 * const cost = trainingCost([
 *   { name: 'search', flops: 3e15 },
 *   { name: 'training under the mask', flops: 1e15 },
 * ]);
 * cost.stages[0].share; // 0.75
 * cost.gramsCo2e; // 37.41
 */
export function trainingCost(stages: readonly CostStage[], options: EnergyOptions = {}): TrainingCost {
  requireList(stages, 'stages', TASK);
  checkOptions(options, energyOptionNames, TASK);
  const { joulesPerFlop = 7e-11, pue = 1, gramsPerKwh = 481 } = options;
  requireAtLeast(joulesPerFlop, 0, 'joulesPerFlop');
  requireAtLeast(pue, 1, 'pue');
  requireAtLeast(gramsPerKwh, 0, 'gramsPerKwh');
  for (const stage of stages) {
    checkOptions(stage, { name: true, flops: true, seconds: true }, TASK);
    requireAtLeast(stage.flops, 0, `flops of '${stage.name}'`);
    if (stage.seconds !== undefined) requireAtLeast(stage.seconds, 0, `seconds of '${stage.name}'`);
  }
  const flops = stages.reduce((sum, stage) => sum + stage.flops, 0);
  const isMeasured = stages.length > 0 && stages.every(({ seconds }) => seconds !== undefined);
  const joules = flops * joulesPerFlop * pue;
  const kilowattHours = joules / JOULES_PER_KWH;
  const source = (name: keyof EnergyOptions, byDefault: string): string =>
    options[name] === undefined ? byDefault : 'given by the caller';
  return result({
    kind: 'training-cost',
    stages: stages.map(stage => ({
      name: stage.name,
      flops: stage.flops,
      share: flops === 0 ? 0 : stage.flops / flops,
      seconds: stage.seconds ?? null,
    })),
    flops,
    seconds: isMeasured ? stages.reduce((sum, { seconds = 0 }) => sum + seconds, 0) : null,
    joules,
    kilowattHours,
    gramsCo2e: kilowattHours * gramsPerKwh,
    assumptions: [
      {
        name: 'energy of an operation',
        value: joulesPerFlop,
        unit: 'J',
        source: source('joulesPerFlop', 'one instruction at 45 nm, a floor: Horowitz 2014'),
      },
      { name: 'PUE', value: pue, unit: '', source: source('pue', 'a computer at one’s desk') },
      {
        name: 'carbon of the grid',
        value: gramsPerKwh,
        unit: 'g CO2e/kWh',
        source: source('gramsPerKwh', 'world average 2023: Ember 2024'),
      },
    ],
  });
}

const TASK = 'sum up the cost';

function requireAtLeast(value: number, least: number, name: string): void {
  const holds = value >= least && value < Number.POSITIVE_INFINITY;
  requireNumber(value, holds, `finite and at least ${least}`, name, TASK);
}
