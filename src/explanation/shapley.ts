import { LongRun, type LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, type OptionNames } from '../core/options';
import { requireOneOf } from '../core/require';
import { result } from '../core/result';
import { readBackground } from './background';
import { type CoalitionGame, checkAnswer, type Link, linked } from './coalitionGame';
import { exactOfModel, exactOfNetwork } from './exactShapley';
import { type ExplainableModel, isNetwork, readModel } from './explainedModel';
import { distinctRows, type ExplainedRows, type RowMatrix, readRows } from './explainedRows';
import { type FeatureGroups, readPlayers, varyingPlayers } from './players';
import { explainRow, judge } from './rowExplainer';
import { asksOf, checkSamples, chooseMethod, MOST_EXACT_PLAYERS } from './shapleyMethod';
import { type ShapleyMethod, type ShapleyValues, shapleyStatuses } from './shapleyValues';

/** Method, names and coalitions of `shapley`. */
export interface ShapleyOptions extends LongRunOptions {
  /** Names of the features, such as `dataset.features`. Default `feature 0`, `feature 1`, ... */
  readonly names?: readonly string[];
  /** Names of the outputs. Default `output`, or `output 0`, `output 1`, ... */
  readonly outputNames?: readonly string[];
  /** Default `identity`: values add up to the output. `logit`: to its log odds; coalitions are averaged before the link. */
  readonly link?: Link;
  /**
   * Default `auto`: `exact` up to 12 players; above that `leverage`, or `permutation` for fewer than 3 samples a player.
   * `exact` by name goes up to 16 players.
   */
  readonly method?: ShapleyMethod | 'auto';
  /** Features that are present or absent together, as one player each. Default: none. */
  readonly groups?: FeatureGroups;
  /** Weight of each background row. Default: equal. */
  readonly backgroundWeights?: ArrayLike<number>;
  /** Coalitions to draw a row, by any method but `exact`. Default 2 x players + 2048. */
  readonly samples?: number;
  /** Seed of the coalitions drawn; required where there are any. All rows meet the same ones. */
  readonly seed?: number;
}

const optionNames: OptionNames<ShapleyOptions> = {
  ...longRunOptionNames,
  names: true,
  outputNames: true,
  link: true,
  method: true,
  groups: true,
  backgroundWeights: true,
  samples: true,
  seed: true,
};

const TASK = 'compute Shapley values';

/**
 * Shapley values: how much each feature of each row moves the model's output away from its mean over a background. Absent
 * features are taken from the background rows, all of them, one after another (the interventional game
 * v(S) = g(sum_b w_b f(x_S, b_rest))), and phi_i = sum_S |S|! (M - |S| - 1)! / M! (v(S + i) - v(S)).
 *
 * Exact up to 12 players; identical background rows are asked once, and features that never differ from the background get
 * exactly 0. The cost is 2^M x background x rows; `onProgress` announces it before the work starts. Bad numbers end in a row's
 * status, for instance where the model has no output for a missing value.
 *
 * @param model a network, a model of TensorFlow.js, or a function of rows
 * @param background rows that features are taken from when absent; about 100 suffice, see `selectRows`
 * @param rows the rows to explain
 * @throws TypeError when model, rows and options do not fit each other
 * @throws RangeError for more than 16 players by method `exact`, too few samples, or options outside their range
 *
 * Sources: S. Lundberg and S.-I. Lee, NeurIPS 2017; C. Musco and R. T. Witter, ICLR 2025 (`leverage`); R. Mitchell and others,
 * JMLR 23 (2022) (`permutation`).
 *
 * @example
 * import { shapley } from 'legcnet';
 * const product = (x: Float64Array, n: number) => Float64Array.from({ length: n }, (_, i) => x[2 * i] * x[2 * i + 1]);
 * (await shapley(product, [[0, 0]], [[2, 3]])).values; // Float64Array [3, 3]
 */
export async function shapley(
  model: ExplainableModel,
  background: ExplainedRows,
  rows: ExplainedRows,
  options: ShapleyOptions = {},
): Promise<ShapleyValues> {
  checkOptions(options, optionNames, TASK);
  const { names, outputNames, link = 'identity', method: asked = 'auto', groups = {}, seed } = options;
  requireOneOf(link, ['identity', 'logit'], 'link', TASK);
  requireOneOf(asked, ['auto', 'exact', 'leverage', 'permutation', 'kernel'], 'method', TASK);
  const explained = readRows(rows, 'the rows', TASK);
  const behind = readBackground(background, options.backgroundWeights, TASK);
  if (behind.features !== explained.features) {
    throw new TypeError(
      `Cannot ${TASK}: rows and background need the same features, they have ${explained.features} and ${behind.features}`,
    );
  }
  const players = readPlayers(names, groups, explained.features, TASK);
  const count = players.names.length;
  const { samples = 2 * count + 2048 } = options;
  const method = chooseMethod(asked, count, samples, TASK);
  checkSamples(method, count, samples, seed, TASK);

  const { distinct, place } = distinctRows(explained);
  const run = new LongRun(options);
  const evaluate = readModel(model, explained.features, TASK);
  const means = await evaluate(behind.inputs, behind.rows);
  const outputs = (means?.length ?? 0) / behind.rows;
  if (!Number.isInteger(outputs) || outputs === 0) {
    throw new TypeError(
      `Cannot ${TASK}: the model must answer ${behind.rows} rows with that many rows of outputs, ${means?.length} numbers came`,
    );
  }
  const outputsNamed = outputNames ?? defaultOutputNames(outputs);
  if (outputsNamed.length !== outputs) {
    throw new TypeError(
      `Cannot ${TASK}: the model has ${outputs} outputs, ${outputsNamed.length} names of outputs came`,
    );
  }
  const empty = new Float64Array(outputs);
  for (let k = 0; k < means.length; k++)
    empty[k % outputs] += means[k] * behind.weights[Math.floor(k / outputs)];
  linked(empty, link);
  const answers = await evaluate(distinct.inputs, distinct.rows);
  checkAnswer(answers, distinct.rows, outputs);
  const full = linked(Float64Array.from(answers), link);

  const coalitions = 2 + asksOf(method, count, samples);
  const total = distinct.rows * coalitions * behind.rows;
  const task = `Shapley values, ${method}: ${coalitions} coalitions a row`;
  let evaluations = 0;
  const advance = (modelRows: number) => {
    evaluations += modelRows;
    return { task, done: Math.min(evaluations, total), total, unit: 'model row' };
  };
  await run.pause(advance(0));
  const game: CoalitionGame = {
    evaluate,
    rows: distinct,
    background: behind,
    outputs,
    link,
    run,
    advance,
  };
  const exact = isNetwork(model)
    ? exactOfNetwork(model, game, Math.min(count, MOST_EXACT_PLAYERS))
    : exactOfModel(game);

  const width = count * outputs;
  const values = new Float64Array(distinct.rows * width);
  const errors = new Float64Array(distinct.rows * width);
  const status = new Uint8Array(distinct.rows);
  let additivityGap = 0;
  for (let row = 0; row < distinct.rows; row++) {
    const varying = varyingPlayers(players, distinct, row, behind);
    const features = Array.from(varying, p => players.features[p]);
    const end = full.subarray(row * outputs, (row + 1) * outputs);
    const found = await explainRow(game, exact, { method, samples, seed }, row, features, empty, end);
    const { gap, word } = judge(found, empty, end, outputs);
    status[row] = shapleyStatuses.indexOf(word);
    const hasValues = word === 'ok' || word === 'not-additive';
    if (hasValues) additivityGap = Math.max(additivityGap, gap);
    else values.fill(Number.NaN, row * width, (row + 1) * width);
    varying.forEach((p, v) => {
      for (let o = 0; o < outputs; o++) {
        if (hasValues) values[row * width + p * outputs + o] = found!.values[v * outputs + o];
        errors[row * width + p * outputs + o] = hasValues ? found!.errors[v * outputs + o] : Number.NaN;
      }
    });
  }
  run.finish({ ...advance(0), done: total });

  return result({
    kind: 'shapley-values',
    method,
    link,
    seed: method === 'exact' ? null : (seed ?? null),
    coalitions,
    evaluations,
    names: players.names,
    outputNames: [...outputsNamed],
    rows: explained.rows,
    values: spread(values, width, place),
    standardErrors: spread(errors, width, place),
    expected: empty,
    explained: spread(full, outputs, place),
    inputs: inputsOf(explained, players.features),
    backgroundRows: readRows(background, 'the background', TASK).rows,
    distinctBackgroundRows: behind.rows,
    additivityGap,
    status: Uint8Array.from(place, at => status[at]),
  });
}

function defaultOutputNames(outputs: number): readonly string[] {
  return outputs === 1 ? ['output'] : Array.from({ length: outputs }, (_, o) => `output ${o}`);
}

/** The results of different rows, given to every row that is like them. */
function spread(values: Float64Array, width: number, place: Int32Array): Float64Array {
  const all = new Float64Array(place.length * width);
  place.forEach((at, row) => {
    all.set(values.subarray(at * width, (at + 1) * width), row * width);
  });
  return all;
}

function inputsOf({ rows, features, inputs }: RowMatrix, players: readonly Int32Array[]): Float64Array {
  return Float64Array.from({ length: rows * players.length }, (_, k) => {
    const columns = players[k % players.length];
    const row = Math.floor(k / players.length);
    return columns.length === 1 ? inputs[row * features + columns[0]] : Number.NaN;
  });
}
