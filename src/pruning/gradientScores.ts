import { LongRun, type LongRunOptions } from '../core/longRun';
import { weightCount } from '../core/weightLayers';
import type { Dataset } from '../data/dataset';
import { mlpGradient } from '../kernels/mlpGradient';
import { mlpHessianDiagonal } from '../kernels/mlpHessianDiagonal';
import { mlpHessianVector } from '../kernels/mlpHessianVector';
import { mlpTangent } from '../kernels/mlpTangent';
import type { Network } from '../network/network';
import { flattenParameters } from '../network/parameters';
import { networkWorkspace } from '../network/predict';
import type { Loss } from '../network/trainingSettings';
import { networkScores, type PruningScores } from './scores';

/** |g w| / sum |g w|. */
export async function snipScores(
  network: Network,
  dataset: Dataset,
  loss: Loss,
  options: LongRunOptions,
): Promise<PruningScores> {
  const { parameters, weights, gradient } = rowSums(network, dataset, loss, options);
  const g = await gradient('SNIP: gradient', parameters);
  const sizes = g.subarray(0, weights).map((slope, k) => Math.abs(slope * parameters[k]));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return networkScores('snip', network, total === 0 ? sizes : sizes.map(size => size / total));
}

/**
 * w (H g) with the outputs before their activation divided by `temperature`. Dividing the last layer by T does that: with
 * theta' = D theta and D = 1 / T there, 1 elsewhere, H g = D H' D^2 g', so that theta (H g) = theta' (H' D^2 g').
 * Biases and removed weights do not move: their entries of g are set to 0.
 */
export async function graspScores(
  network: Network,
  dataset: Dataset,
  loss: Loss,
  temperature: number,
  options: LongRunOptions,
): Promise<PruningScores> {
  const { parameters, weights, gradient, hessianTimes } = rowSums(network, dataset, loss, options);
  const outputs = network.layers[network.layers.length - 1];
  const lastLayer = weights - outputs * network.layers[network.layers.length - 2];
  const scale = parameters.map((_, k) => {
    const isLast = (k >= lastLayer && k < weights) || k >= parameters.length - outputs;
    return isLast ? 1 / temperature : 1;
  });
  const scaled = parameters.map((value, k) => value * scale[k]);
  const g = await gradient('GraSP: gradient', scaled);
  const isMoving = (k: number): boolean => k < weights && network.mask?.kept[k] !== 0;
  const direction = g.map((slope, k) => (isMoving(k) ? slope * scale[k] ** 2 : 0));
  const product = await hessianTimes('GraSP: Hessian', scaled, direction);
  return networkScores(
    'grasp',
    network,
    product.subarray(0, weights).map((value, k) => value * scaled[k]),
  );
}

/** d2L/dw2 w^2 / 2. */
export async function obdScores(
  network: Network,
  dataset: Dataset,
  loss: Loss,
  options: LongRunOptions,
): Promise<PruningScores> {
  const { parameters, weights, hessianDiagonal } = rowSums(network, dataset, loss, options);
  const curvature = await hessianDiagonal('Optimal brain damage: curvature', parameters);
  return networkScores(
    'obd',
    network,
    curvature.subarray(0, weights).map((h, k) => (h * parameters[k] ** 2) / 2),
  );
}

/** Multiplications between two pauses; what a chunk of rows is depends on the network only, so that sums do too. */
const CHUNK_WORK = 250_000;

/** Derivatives of the mean loss over the training part, pausing between chunks of rows. */
function rowSums(network: Network, { train }: Dataset, loss: Loss, options: LongRunOptions) {
  const { rows, inputs, targets } = train;
  const parameters = flattenParameters(network);
  const workspace = networkWorkspace(network);
  const tangent = mlpTangent(workspace);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const chunk = Math.max(1, Math.floor(CHUNK_WORK / parameters.length));
  const unused = new Float64Array(parameters.length);

  /** The mean over rows of what `kernel` writes into `out` for rows from … to - 1. */
  async function mean(
    task: string,
    kernel: (out: Float64Array, from: number, to: number) => void,
  ): Promise<Float64Array> {
    const run = new LongRun(options);
    const progress = (done: number) => ({ task, done, total: rows, unit: 'rows' });
    const sum = new Float64Array(parameters.length);
    const out = new Float64Array(parameters.length);
    for (let from = 0; from < rows; from += chunk) {
      const to = Math.min(from + chunk, rows);
      kernel(out, from, to);
      for (let k = 0; k < sum.length; k++) sum[k] += out[k];
      if (run.isDue) await run.pause(progress(to));
    }
    run.finish(progress(rows));
    return sum.map(value => value / rows);
  }

  return {
    parameters,
    weights: weightCount(network.layers),
    gradient: (task: string, at: Float64Array): Promise<Float64Array> =>
      mean(task, (out, from, to) => mlpGradient(workspace, at, out, inputs, targets, order, from, to, loss)),
    hessianTimes: (task: string, at: Float64Array, direction: Float64Array): Promise<Float64Array> =>
      mean(task, (out, from, to) =>
        mlpHessianVector(
          workspace,
          tangent,
          at,
          direction,
          unused,
          out,
          inputs,
          targets,
          order,
          from,
          to,
          loss,
        ),
      ),
    hessianDiagonal: (task: string, at: Float64Array): Promise<Float64Array> =>
      mean(task, (out, from, to) =>
        mlpHessianDiagonal(workspace, tangent, at, out, inputs, targets, order, from, to, loss),
      ),
  };
}
