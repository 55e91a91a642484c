import type { DivergenceKernel, DivergenceShape } from './divergenceKernel';
import { followPairs } from './followPairs';
import { createNeighbourBuffers, nearestNeighbours } from './nearestNeighbours';

/** @param series where the windows come, when that is not the twin's own */
export function createTwinKernel(
  shape: DivergenceShape,
  series: Float64Array = new Float64Array(shape.length),
): DivergenceKernel {
  const { vectors, references, dimension, delay, theiler, steps } = shape;
  const curve = new Float64Array(steps + 1);
  const counts = new Int32Array(steps + 1);
  const buffers = createNeighbourBuffers(vectors);
  const neighbours = new Int32Array(vectors);
  const squares = new Float64Array(steps + 1 + (dimension - 1) * delay);
  const products = new Float64Array(steps + 1);

  return { series, curve, counts, run };

  function run(reach: number, duplicateReach: number): number {
    const outOfReach = nearestNeighbours(
      series,
      vectors,
      references,
      dimension,
      delay,
      theiler,
      reach,
      duplicateReach,
      buffers,
      neighbours,
    );
    followPairs(series, neighbours, references, dimension, delay, steps, squares, products, curve, counts);
    return outOfReach;
  }
}
