import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireWhole } from '../core/require';
import { correlation, type Projection, projectCause, simplexProjection } from '../kernels/simplexProjection';
import { type Random, randomStream, shuffleInPlace } from '../statistics/random';
import { standardise } from './grangerStatistics';
import {
  type CheckStatus,
  hasMissing,
  isConstant,
  isCopy,
  requireSurrogates,
  type SurrogateKind,
  type SurrogateOptions,
  surrogateOptionNames,
  surrogateOrders,
  surrogatePValue,
} from './nonlinearCheck';

/** Embedding, library and surrogates of a cross map. */
export interface CrossMapOptions extends SurrogateOptions {
  /** Dimension E of the delay vectors; E + 1 neighbours predict. Default 2. */
  readonly dimension?: number;
  /** Samples between the coordinates of a vector. Default 1. */
  readonly delay?: number;
  /** Neighbours at most this many samples away in time are passed over. Default 0: only the vector itself. */
  readonly theiler?: number;
  /** Library sizes at which the skill is also measured. Default: a quarter, half and all of the vectors. */
  readonly libraries?: readonly number[];
  /** Libraries drawn at random for each size below the whole. Default 20. */
  readonly draws?: number;
  /** Seed of libraries and surrogates; required when there are surrogates, else 0. */
  readonly seed?: number;
}

const crossMapOptionNames: OptionNames<CrossMapOptions> = {
  dimension: true,
  delay: true,
  theiler: true,
  libraries: true,
  draws: true,
  ...surrogateOptionNames,
};

/** Options with their defaults filled in; libraries still depend on the number of vectors. */
export interface CrossMapSettings {
  readonly dimension: number;
  readonly delay: number;
  readonly theiler: number;
  readonly libraries: readonly number[] | undefined;
  readonly draws: number;
  readonly surrogates: number;
  readonly surrogate: SurrogateKind;
  readonly seed: number;
}

/** Cross mapping of one cause. */
export interface CrossMapping {
  /** Whether the numbers are to be used, and why not. */
  readonly status: CheckStatus;
  /** Correlation of the cause with its prediction from all vectors. */
  readonly skill: number;
  /** The same at each library size, mean over the libraries of that size; NaN where a size does not fit. */
  readonly skills: Float64Array;
  /** (1 + surrogates of no less skill) / (1 + surrogates); NaN without surrogates. */
  readonly pValue: number;
  /** Skill with each surrogate cause; empty unless the status is `ok`. */
  readonly surrogateSkills: Float64Array;
}

/** One effect, searched once, that any number of causes can be mapped from. */
export interface CrossMapper {
  /** Number of delay vectors of the effect; vector 0 ends at sample (dimension - 1) delay. */
  readonly vectors: number;
  /** Library sizes. */
  readonly libraries: readonly number[];
  map(cause: Float64Array): CrossMapping;
  /** Predictions of the cause at every vector, in its own unit; meant for causes whose status is `ok`. */
  predict(cause: Float64Array): Float64Array;
}

/** Smallest distance scale, beside the effect's largest deviation from its mean. */
const FLOOR = 1e-6;

export const crossMapCaution: string =
  'a shared trend or rhythm gives skill without causation, and so does a cause strong enough to enslave the effect: read ' +
  'the p-value from surrogates and whether skill rises with the library';

/** Checked options, those of every long function among them. */
export function readCrossMapOptions(options: CrossMapOptions, task: string): CrossMapSettings {
  checkOptions(options, { ...crossMapOptionNames, ...longRunOptionNames }, task);
  const { dimension = 2, delay = 1, theiler = 0, libraries, draws = 20 } = options;
  const { surrogates = 0, surrogate = 'shift', seed } = options;
  requireWhole(dimension, 1, 'dimension', task);
  requireWhole(delay, 1, 'delay', task);
  requireWhole(theiler, 0, 'theiler', task);
  if (libraries !== undefined) {
    if (!Array.isArray(libraries)) {
      throw new TypeError(`Cannot ${task}: libraries must be an array of sizes, ${typeof libraries} came`);
    }
    for (const size of libraries) requireWhole(size, 1, 'a library size', task);
  }
  requireWhole(draws, 1, 'draws', task);
  requireSurrogates(options, task);
  return { dimension, delay, theiler, libraries, draws, surrogates, surrogate, seed: seed ?? 0 };
}

export function createCrossMapper(effect: Float64Array, settings: CrossMapSettings): CrossMapper {
  const { dimension, delay, theiler, draws, surrogates, surrogate, seed } = settings;
  const offset = (dimension - 1) * delay;
  const vectors = Math.max(0, effect.length - offset);
  const quarter = Math.ceil(vectors / 4);
  const libraries = settings.libraries ?? [quarter, Math.ceil(vectors / 2), vectors];
  const none = {
    skill: Number.NaN,
    skills: new Float64Array(libraries.length).fill(Number.NaN),
    pValue: Number.NaN,
    surrogateSkills: new Float64Array(0),
  };

  const y = standardise(effect, new Float64Array(effect.length));
  const whole = project(Int32Array.from({ length: vectors }, (_, i) => i));
  const effectStatus = statusOfEffect();
  if (effectStatus !== 'ok') {
    const map = () => ({ status: effectStatus, ...none });
    return { vectors, libraries, map, predict: () => new Float64Array(0) };
  }
  const random = randomStream(seed, 'cross map libraries');
  const ofSizes = libraries.map(size =>
    size === vectors ? [whole] : drawLibraries(vectors, size, draws, random).map(project),
  );
  const orders = surrogateOrders(effect.length, surrogates, surrogate, seed, 'cross map surrogates');
  const predicted = new Float64Array(vectors);
  const moved = new Float64Array(effect.length);
  return { vectors, libraries, map, predict };

  function map(cause: Float64Array): CrossMapping {
    if (hasMissing(cause)) return { status: 'missing', ...none };
    if (isConstant(cause.subarray(offset))) return { status: 'constant', ...none };
    for (let c = 0; c <= offset; c += delay) {
      const coordinate = effect.subarray(offset - c, effect.length - c);
      if (isCopy(cause.subarray(offset), coordinate)) return { status: 'collinear', ...none };
    }
    const x = standardise(cause, new Float64Array(cause.length));
    const skill = skillOf(whole, x);
    if (Number.isNaN(skill)) return { status: 'degenerate', ...none };
    const skills = Float64Array.from(ofSizes, projections => {
      let mean = 0;
      for (const projection of projections) mean += skillOf(projection, x) / projections.length;
      return projections.length === 0 ? Number.NaN : mean;
    });
    const surrogateSkills = Float64Array.from(orders, order => {
      for (let t = 0; t < order.length; t++) moved[t] = x[order[t]];
      return skillOf(whole, moved);
    });
    return { status: 'ok', skill, skills, pValue: surrogatePValue(skill, surrogateSkills), surrogateSkills };
  }

  function predict(cause: Float64Array): Float64Array {
    const out = new Float64Array(vectors);
    if (whole !== null) projectCause(whole, cause, offset, out);
    return out;
  }

  function project(library: Int32Array): Projection | null {
    return simplexProjection(y, vectors, dimension, delay, theiler, library, FLOOR);
  }

  function skillOf(projection: Projection | null, cause: Float64Array): number {
    if (projection === null) return Number.NaN;
    projectCause(projection, cause, offset, predicted);
    return correlation(predicted, cause, offset);
  }

  function statusOfEffect(): CheckStatus {
    if (hasMissing(effect)) return 'missing';
    if (whole === null || vectors < dimension + 3) return 'too-short';
    return isConstant(effect) ? 'constant' : 'ok';
  }
}

/** Random choices of `size` vectors, each ascending; none where there are too few vectors. */
function drawLibraries(vectors: number, size: number, draws: number, random: Random): Int32Array[] {
  if (size > vectors) return [];
  const order = Int32Array.from({ length: vectors }, (_, i) => i);
  return Array.from({ length: draws }, () => shuffleInPlace(order, random).slice(0, size).sort());
}
