const STEP = 1 / 128;
const FAR = 12;
const LOWEST = -6;

/**
 * P(X > s) for the Tracy-Widom law of real matrices (beta = 1), which the scaled largest eigenvalue of a random matrix
 * follows: from the solution q of Painlevé's second equation that falls off like the Airy function,
 *
 *     q'' = s q + 2 q^3,  F(s) = exp(-1/2 integral over x > s of q(x) + (x - s) q(x)^2)
 *
 * integrated downwards by Runge and Kutta. Absolute error below 1e-7, relative error of small tails below 1e-6 up to s = 8;
 * below s = -6, where F is under 1e-5, the result is 1. NaN for NaN.
 *
 * Tracy & Widom 1996, Comm. Math. Phys. 177, 727; moments to test it by in Bornemann 2010, Markov Processes Relat. Fields 16, 803.
 *
 * @example
 * import { tracyWidomUpperTail } from 'legcnet';
 * tracyWidomUpperTail(0.9793); // 0.0500
 */
export function tracyWidomUpperTail(s: number): number {
  if (Number.isNaN(s)) return Number.NaN;
  if (s < LOWEST) return 1;
  if (s === Number.POSITIVE_INFINITY) return 0;
  const start = Math.max(FAR, s);
  let state = farState(start);
  const steps = Math.ceil((start - s) / STEP);
  const h = steps === 0 ? 0 : (s - start) / steps;
  for (let k = 0; k < steps; k++) state = rungeKutta(start + k * h, state, h);
  return -Math.expm1(-(state[2] + state[3]) / 2);
}

/** q, q' and the integrals from s to infinity of q, of (x - s) q^2, and of q^2. */
type State = readonly [number, number, number, number, number];

/** Airy's function and what follows from it far out (Abramowitz & Stegun 10.4.59, 10.4.61). */
function farState(s: number): State {
  const z = (2 / 3) * s ** 1.5;
  const front = Math.exp(-z) / (2 * Math.sqrt(Math.PI));
  const airy =
    (front / s ** 0.25) *
    (1 -
      5 / (72 * z) +
      385 / (10368 * z ** 2) -
      85085 / (2239488 * z ** 3) +
      37182145 / (644972544 * z ** 4));
  const slope =
    -front *
    s ** 0.25 *
    (1 +
      7 / (72 * z) -
      455 / (10368 * z ** 2) +
      95095 / (2239488 * z ** 3) -
      40415375 / (644972544 * z ** 4));
  // The square integrals are 1e-14 times the first and do not count here.
  const integral = (airy / Math.sqrt(s)) * (1 - 3 / (4 * s ** 1.5));
  return [airy, slope, integral, 0, 0];
}

function derivative(s: number, [q, slope, , , square]: State): State {
  return [slope, s * q + 2 * q ** 3, -q, -square, -(q * q)];
}

function rungeKutta(s: number, state: State, h: number): State {
  const moved = (k: State, by: number): State =>
    state.map((value, i) => value + by * k[i]) as unknown as State;
  const k1 = derivative(s, state);
  const k2 = derivative(s + h / 2, moved(k1, h / 2));
  const k3 = derivative(s + h / 2, moved(k2, h / 2));
  const k4 = derivative(s + h, moved(k3, h));
  return state.map(
    (value, i) => value + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]),
  ) as unknown as State;
}
