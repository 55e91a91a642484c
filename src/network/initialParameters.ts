import { normal, randomStream } from '../statistics/random';

/**
 * How initial weights are drawn. `in` and `out` are a layer's fan-in and fan-out; normal draws are not truncated.
 *
 * - `{ name: 'normal', sd }`: normal with mean 0, biases too, as in the study (sd 0.1; vowel: 1)
 * - `glorot-uniform`, `glorot-normal`: variance 2 / (in + out) (Glorot and Bengio 2010, eq. 16)
 * - `he-uniform`, `he-normal`: variance 2 / in (He et al. 2015, eq. 10)
 * - `lecun-uniform`, `lecun-normal`: variance 1 / in (LeCun et al. 1998, eq. 16)
 * - `zeros`: all 0
 *
 * Biases are 0 except under `normal`.
 */
export type Initializer =
  | { readonly name: 'normal'; readonly sd: number }
  | 'glorot-uniform'
  | 'glorot-normal'
  | 'he-uniform'
  | 'he-normal'
  | 'lecun-uniform'
  | 'lecun-normal'
  | 'zeros';

/** Initial weights (out x in, row-major) and biases of one layer. */
export interface LayerParameters {
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

const variances: Readonly<Record<string, (fanIn: number, fanOut: number) => number>> = {
  glorot: (fanIn, fanOut) => 2 / (fanIn + fanOut),
  he: fanIn => 2 / fanIn,
  lecun: fanIn => 1 / fanIn,
};

/**
 * Draws one layer. Weights and biases come from streams of their own, `initial-weights-<layer>` and
 * `initial-biases-<layer>`, so adding a layer leaves the others as they were.
 *
 * @param layer 1 for the first layer of weights
 * @throws RangeError for an unknown initialiser or an sd that is not positive and finite
 */
export function initialParameters(
  init: Initializer,
  layer: number,
  fanIn: number,
  fanOut: number,
  seed: number,
): LayerParameters {
  const random = randomStream(seed, `initial-weights-${layer}`);
  const count = fanIn * fanOut;
  if (typeof init === 'object' && init !== null) {
    if (init.name !== 'normal' || !(init.sd > 0 && init.sd < Number.POSITIVE_INFINITY)) {
      throw new RangeError(
        `Cannot draw weights: { name: 'normal', sd } needs a positive sd, got ${JSON.stringify(init)}`,
      );
    }
    const biasRandom = randomStream(seed, `initial-biases-${layer}`);
    return {
      weights: draws(count, normal(random, 0, init.sd)),
      biases: draws(fanOut, normal(biasRandom, 0, init.sd)),
    };
  }
  const biases = new Float64Array(fanOut);
  if (init === 'zeros') return { weights: new Float64Array(count), biases };
  const [family, shape] = String(init).split('-');
  const variance = variances[family]?.(fanIn, fanOut);
  if (variance === undefined || (shape !== 'uniform' && shape !== 'normal')) {
    throw new RangeError(
      `Cannot draw weights: init is { name: 'normal', sd }, 'zeros', or 'glorot', 'he' or 'lecun' followed by ` +
        `'-uniform' or '-normal'; got ${init}`,
    );
  }
  const width = Math.sqrt(3 * variance);
  const draw = shape === 'normal' ? normal(random, 0, Math.sqrt(variance)) : () => width * (2 * random() - 1);
  return { weights: draws(count, draw), biases };
}

function draws(length: number, draw: () => number): Float64Array {
  return Float64Array.from({ length }, draw);
}
