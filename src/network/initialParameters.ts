import { requireKind } from '../core/require';
import { normal, randomStream } from '../statistics/random';
import type { Network } from './network';

/**
 * How initial weights are drawn. `in` and `out` are a layer's fan-in and fan-out; normal draws are not truncated.
 *
 * - `{ name: 'normal', sd }`: normal with mean 0, biases too, as in the study (sd 0.1; vowel: 1)
 * - `{ name: 'resampled', from }`: every weight and bias is one of the same layer of another network, drawn with replacement: as
 *   that network was drawn, whatever it was
 * - `glorot-uniform`, `glorot-normal`: variance 2 / (in + out) (Glorot and Bengio 2010, eq. 16)
 * - `he-uniform`, `he-normal`: variance 2 / in (He et al. 2015, eq. 10)
 * - `lecun-uniform`, `lecun-normal`: variance 1 / in (LeCun et al. 1998, eq. 16)
 * - `torch-uniform`: between -1 / sqrt(in) and 1 / sqrt(in), biases too; the default of PyTorch's linear layers, and what the
 *   study's MNIST weights look like
 * - `zeros`: all 0
 *
 * Biases are 0 under the others.
 */
export type Initializer =
  | {
      /** Normal numbers with mean 0. */
      readonly name: 'normal';
      /** Standard deviation. */
      readonly sd: number;
    }
  | {
      /** Numbers of another network, drawn with replacement. */
      readonly name: 'resampled';
      /** The network that they are taken from, of the same layer widths. */
      readonly from: Network;
    }
  | 'glorot-uniform'
  | 'glorot-normal'
  | 'he-uniform'
  | 'he-normal'
  | 'lecun-uniform'
  | 'lecun-normal'
  | 'torch-uniform'
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
 * @throws RangeError for an unknown initialiser, an sd that is not positive and finite, or a network without this layer;
 *   TypeError where `from` is no network
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
  const biasRandom = randomStream(seed, `initial-biases-${layer}`);
  if (typeof init === 'object' && init?.name === 'resampled') {
    const { weights, biases } = layerOf(init.from, layer);
    return {
      weights: draws(count, () => weights[Math.floor(random() * weights.length)]),
      biases: draws(fanOut, () => biases[Math.floor(biasRandom() * biases.length)]),
    };
  }
  if (typeof init === 'object' && init !== null) {
    if (init.name !== 'normal' || !(init.sd > 0 && init.sd < Number.POSITIVE_INFINITY)) {
      throw new RangeError(
        `Cannot draw weights: { name: 'normal', sd } needs a positive sd, got ${JSON.stringify(init)}`,
      );
    }
    return {
      weights: draws(count, normal(random, 0, init.sd)),
      biases: draws(fanOut, normal(biasRandom, 0, init.sd)),
    };
  }
  const uniform = (draw: () => number, width: number) => (): number => width * (2 * draw() - 1);
  if (init === 'torch-uniform') {
    const width = 1 / Math.sqrt(fanIn);
    return {
      weights: draws(count, uniform(random, width)),
      biases: draws(fanOut, uniform(biasRandom, width)),
    };
  }
  const biases = new Float64Array(fanOut);
  if (init === 'zeros') return { weights: new Float64Array(count), biases };
  const [family, shape] = String(init).split('-');
  const variance = variances[family]?.(fanIn, fanOut);
  if (variance === undefined || (shape !== 'uniform' && shape !== 'normal')) {
    throw new RangeError(
      `Cannot draw weights: init is { name: 'normal', sd }, { name: 'resampled', from }, 'torch-uniform', 'zeros', or 'glorot', 'he' or 'lecun' followed by ` +
        `'-uniform' or '-normal'; got ${init}`,
    );
  }
  const width = Math.sqrt(3 * variance);
  const draw = shape === 'normal' ? normal(random, 0, Math.sqrt(variance)) : uniform(random, width);
  return { weights: draws(count, draw), biases };
}

function draws(length: number, draw: () => number): Float64Array {
  return Float64Array.from({ length }, draw);
}

function layerOf(from: Network, layer: number): LayerParameters {
  requireKind(from, 'network', 'draw weights');
  if (layer > from.weights.length) {
    throw new RangeError(
      `Cannot draw weights: layer ${layer} is to be drawn from that of a network, one with ${from.weights.length} came`,
    );
  }
  return { weights: from.weights[layer - 1], biases: from.biases[layer - 1] };
}
