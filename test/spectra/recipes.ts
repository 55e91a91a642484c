import type { WeightMatrix } from '../../src/spectra/weightMatrix';

/** mulberry32 and what is drawn from it: the inputs of the reference values, bit for bit. */
export class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t = (t ^ (t + Math.imul(t ^ (t >>> 7), t | 61))) >>> 0;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Nearly normal: the sum of twelve less 6. */
  bell(): number {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += this.unit();
    return sum - 6;
  }

  shuffle<T>(values: ArrayLike<T>): T[] {
    const copy = Array.from(values);
    for (let i = copy.length - 1; i > 0; i--) {
      const j = Math.floor(this.unit() * (i + 1));
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  }
}

function filled(rows: number, cols: number, entry: () => number): WeightMatrix {
  return { rows, cols, values: new Float64Array(rows * cols).map(entry) };
}

export function initUniform(rows: number, cols: number, seed: number): WeightMatrix {
  const draws = new Draws(seed);
  const bound = 1 / Math.sqrt(cols);
  return filled(rows, cols, () => (2 * draws.unit() - 1) * bound);
}

export function gauss(rows: number, cols: number, seed: number): WeightMatrix {
  const draws = new Draws(seed);
  const scale = 1 / Math.sqrt(Math.max(rows, cols));
  return filled(rows, cols, () => draws.bell() * scale);
}

/** Gaussian noise and six planted directions. */
export function spiked(rows: number, cols: number, seed: number): WeightMatrix {
  const matrix = gauss(rows, cols, seed);
  const draws = new Draws(seed + 1000);
  for (let k = 1; k <= 6; k++) {
    const a = Array.from({ length: rows }, () => draws.bell());
    const b = Array.from({ length: cols }, () => draws.bell());
    const factor = 0.75 / (2 * k * Math.sqrt(cols));
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) matrix.values[i * cols + j] += factor * (a[i] * b[j]);
    }
  }
  return matrix;
}

export function heavy(rows: number, cols: number, seed: number): WeightMatrix {
  const draws = new Draws(seed);
  const scale = 1 / Math.sqrt(Math.max(rows, cols));
  return filled(rows, cols, () => {
    const z = draws.bell();
    return (z / (draws.unit() + 0.05)) * scale;
  });
}

export function pruneRandom(matrix: WeightMatrix, share: number, seed: number): WeightMatrix {
  const count = Math.floor(share * matrix.values.length);
  const order = new Draws(seed).shuffle(Array.from(matrix.values, (_, i) => i));
  return without(matrix, order.slice(0, count));
}

export function pruneMagnitude(matrix: WeightMatrix, share: number): WeightMatrix {
  const { values } = matrix;
  const count = Math.floor(share * values.length);
  const order = Array.from(values, (_, i) => i).sort(
    (i, j) => Math.abs(values[i]) - Math.abs(values[j]) || i - j,
  );
  return without(matrix, order.slice(0, count));
}

function without(matrix: WeightMatrix, removed: readonly number[]): WeightMatrix {
  const values = matrix.values.slice();
  for (const index of removed) values[index] = 0;
  return { ...matrix, values };
}

export function permuted(matrix: WeightMatrix, seed: number): WeightMatrix {
  return { ...matrix, values: Float64Array.from(new Draws(seed).shuffle(matrix.values)) };
}

/** The matrix of one reference case, such as `spiked_rand40_30x50`. */
export function recipe(name: string): WeightMatrix {
  const [rows, cols] = name
    .slice(name.lastIndexOf('_') + 1)
    .split('x')
    .map(Number);
  const kind = name.slice(0, name.lastIndexOf('_'));
  if (kind === 'init') return initUniform(rows, cols, 101);
  if (kind === 'gauss') return gauss(rows, cols, 102);
  if (kind === 'spiked') return spiked(rows, cols, 103);
  if (kind === 'heavy') return heavy(rows, cols, 104);
  if (kind === 'spiked_rand40') return pruneRandom(spiked(rows, cols, 103), 0.4, 105);
  if (kind === 'spiked_mag25') return pruneMagnitude(spiked(rows, cols, 103), 0.25);
  const dead = gauss(rows, cols, 106);
  for (const row of [2, 5, 7]) dead.values.fill(0, row * cols, (row + 1) * cols);
  return dead;
}
