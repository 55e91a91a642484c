/** Where a search for the smallest value ended. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
}

const TOLERANCE = 1e-4;

/**
 * The simplex search of Nelder & Mead 1965 with the classical coefficients 1, 2, 1/2, 1/2 and the starting simplex, stop rule
 * (1e-4 in every coordinate and in the value) and limit (200 rounds a coordinate) of MATLAB's and SciPy's `fmin`, so that
 * fits that other programs leave where this search stops can be compared with them.
 */
export function nelderMead(cost: (point: Float64Array) => number, start: readonly number[]): Minimum {
  const n = start.length;
  let evaluations = 0;
  const corner = (point: Float64Array): Minimum => {
    evaluations++;
    return { point, value: cost(point) };
  };
  const corners = [corner(Float64Array.from(start))];
  for (let k = 0; k < n; k++) {
    const point = Float64Array.from(start);
    point[k] = point[k] === 0 ? 0.00025 : 1.05 * point[k];
    corners.push(corner(point));
  }
  corners.sort(byValue);
  for (let round = 1; round < 200 * n && evaluations < 200 * n && !isSmall(corners); round++) {
    const centre = new Float64Array(n);
    for (let c = 0; c < n; c++) for (let k = 0; k < n; k++) centre[k] += corners[c].point[k];
    for (let k = 0; k < n; k++) centre[k] /= n;
    const worst = corners[n];
    /** The worst corner mirrored in the centre of the others, stretched by `factor`; negative on its own side. */
    const mirrored = (factor: number): Minimum =>
      corner(centre.map((x, k) => (1 + factor) * x - factor * worst.point[k]));
    const reflected = mirrored(1);
    if (reflected.value < corners[0].value) {
      const expanded = mirrored(2);
      corners[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < corners[n - 1].value) {
      corners[n] = reflected;
    } else {
      const isOutside = reflected.value < worst.value;
      const contracted = mirrored(isOutside ? 0.5 : -0.5);
      const isBetter = isOutside ? contracted.value <= reflected.value : contracted.value < worst.value;
      if (isBetter) corners[n] = contracted;
      else {
        const best = corners[0].point;
        for (let c = 1; c <= n; c++) {
          corners[c] = corner(corners[c].point.map((x, k) => best[k] + 0.5 * (x - best[k])));
        }
      }
    }
    corners.sort(byValue);
  }
  return corners[0];
}

function byValue(a: Minimum, b: Minimum): number {
  return a.value === b.value ? 0 : a.value < b.value ? -1 : 1;
}

function isSmall([best, ...others]: readonly Minimum[]): boolean {
  return others.every(
    ({ point, value }) =>
      Math.abs(value - best.value) <= TOLERANCE &&
      point.every((x, k) => Math.abs(x - best.point[k]) <= TOLERANCE),
  );
}
