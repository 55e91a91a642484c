/** A function of a vector, with its gradient. */
export interface Slope {
  /** Value at x. */
  value(x: Float64Array): number;
  /** Writes the gradient at x into `gradient` and returns the value there. */
  gradient(x: Float64Array, gradient: Float64Array): number;
}

const MOST_STEPS = 500;
const MOST_HALVINGS = 40;
/** A gain below this share of the value ends the climb. */
const LEAST_GAIN = 1e-13;

/**
 * Moves x to a local maximum of a function in the ball |x| <= radius and returns the value there; no step goes down. A step
 * first tries the point of the sphere that the gradient points to (of a linear map's |Ax|^2 this is the power iteration, which
 * ends at its largest singular value), then a step along the gradient, brought back into the ball and halved until it gains.
 */
export function climbInBall(slope: Slope, x: Float64Array, radius: number): number {
  const n = x.length;
  const gradient = new Float64Array(n);
  const tried = new Float64Array(n);
  let value = slope.gradient(x, gradient);
  let step = Number.NaN;
  for (let k = 0; k < MOST_STEPS; k++) {
    const length = Math.hypot(...gradient);
    if (!(length > 0)) break;
    for (let i = 0; i < n; i++) tried[i] = (radius * gradient[i]) / length;
    let next = slope.value(tried);
    if (!(next > value)) {
      step = Number.isNaN(step) ? radius / length : 2 * step;
      for (let h = 0; h < MOST_HALVINGS; h++, step /= 2) {
        for (let i = 0; i < n; i++) tried[i] = x[i] + step * gradient[i];
        pullInto(tried, radius);
        next = slope.value(tried);
        if (next > value) break;
      }
    }
    if (!(next > value)) break;
    const gain = next - value;
    x.set(tried);
    value = slope.gradient(x, gradient);
    if (gain <= LEAST_GAIN * value) break;
  }
  return value;
}

/** Nearest point of the ball. */
function pullInto(x: Float64Array, radius: number): void {
  const length = Math.hypot(...x);
  if (length <= radius) return;
  for (let i = 0; i < x.length; i++) x[i] *= radius / length;
}
