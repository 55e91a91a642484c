import { createGranger } from '../src/causality/createGranger';
import { createDivergence } from '../src/chaos/divergence';
import { shapley } from '../src/explanation/shapley';
import { createNetwork } from '../src/network/createNetwork';
import { fusedEngine } from '../src/network/fusedEngine';
import { flops } from '../src/network/metrics';
import { parameterCount } from '../src/network/parameters';
import { gramEigenvalues } from '../src/spectra/eigenvalues';
import { normal, randomStream } from '../src/statistics/random';
import { machineBefore } from './machine';
import { measurePeak } from './measurePeak';
import { type KernelLimit, kernelLimit, type Peak } from './roofline';
import type { Bench, BenchOptions } from './runBench';

/** How far the kernels are from what one processor can do, its peaks measured in the same run; always the fastest of some rounds. */
export async function benchLimits({ quick = false }: BenchOptions = {}): Promise<Bench> {
  const machine = machineBefore();
  const peak = measurePeak();
  const rounds = quick ? 3 : 9;
  const kernels = [
    trainingStep(peak, rounds, [4, 6, 3], 1, 1),
    trainingStep(peak, rounds, [784, 50, 30, 10], 128, 0.19),
    neighbourSearch(peak, rounds),
    grangerProjection(peak, rounds),
    await exactShapley(peak, rounds),
    spectrum(peak, rounds),
  ];
  const date = new Date().toISOString();
  return {
    set: 'limits',
    date,
    quick,
    machine: machine.after(),
    peers: null,
    rows: [],
    limits: { peak, kernels },
  };
}

/**
 * One update: a forward pass of 2 operations a weight and 1 a bias, a backward pass of twice that (the deltas of the inputs, which
 * nobody needs, left out), 3 operations a parameter for the update; inputs that are 0 are skipped and not counted. Bytes:
 * parameters and gradient read and written, the rows read.
 */
function trainingStep(
  peak: Peak,
  rounds: number,
  layers: readonly number[],
  batch: number,
  nonzero: number,
): KernelLimit {
  const random = randomStream(1, 'bench rows');
  const rows = Math.max(batch, 112);
  const inputs = Float64Array.from({ length: rows * layers[0] }, () => (random() < nonzero ? random() : 0));
  const outputs = layers[layers.length - 1];
  const targets = Float64Array.from({ length: rows * outputs }, () => Math.round(random()));
  const network = createNetwork({ layers, seed: 1 });
  const labels = new Int32Array(rows);
  const part = { rows, inputs, targets, labels, sourceRows: labels };
  const engine = fusedEngine(network, part, { learningRate: 0.1, momentum: 0, loss: 'squared-error' });
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const seconds = secondsPerCall(rounds, batch === 1 ? 50_000 : 100, call => {
    const from = batch === 1 ? call % rows : 0;
    engine.step(order, from, from + batch);
  });
  const first = 2 * layers[0] * layers[1];
  const forward = flops(network) - first * (1 - nonzero);
  const parameters = parameterCount(layers);
  const operations = batch * (3 * forward - first * nonzero) + 3 * parameters;
  const bytes = 8 * (4 * parameters + batch * (layers[0] + outputs));
  const kernel = `training step, ${layers.join('-')}, batch ${batch}`;
  const share = nonzero < 1 ? `, ${Math.round(100 * nonzero)} % of the inputs nonzero` : '';
  const counted = `forward, backward, update${share}`;
  return kernelLimit(kernel, { flops: operations, bytes, counted }, seconds, peak);
}

/**
 * Nearest neighbours and divergence of a window of 200 in two dimensions, 10 steps: of each ordered pair of N = 189 vectors 2
 * differences, 2 products, 1 sum and 1 comparison; of each pair of neighbours at 11 steps 3 operations a coordinate and 1 product.
 * Bytes: the window read, the curve written.
 */
function neighbourSearch(peak: Peak, rounds: number): KernelLimit {
  const length = 200;
  const steps = 10;
  const windows = 20;
  const embedding = { dimension: 2, delay: 1, theiler: 0, steps, references: 'all-references' } as const;
  const divergence = createDivergence(length, embedding);
  const noise = normal(randomStream(1, 'bench noise'));
  const series = Float64Array.from({ length: windows * length }, noise);
  const seconds = secondsPerCall(rounds, 1000, call => divergence.run(series, (call % windows) * length));
  const vectors = length - 1 - steps;
  const operations = 6 * vectors ** 2 + vectors * (steps + 1) * 7;
  const bytes = 8 * (length + 2 * (steps + 1));
  const counted = 'every pair of vectors compared, pairs followed';
  return kernelLimit(
    'neighbour search and divergence, T 200, m 2',
    { flops: operations, bytes, counted },
    seconds,
    peak,
  );
}

/**
 * The F test of one weight at lag 1 over T = 100 windows, n = 99: the cause's lag made orthogonal to two basis vectors twice (4 n
 * operations a vector) and normed (3 n), its part taken out of the residual (4 n), the square summed (2 n), means and scales of the
 * series (6 n). Bytes: the series of the weight read.
 */
function grangerProjection(peak: Peak, rounds: number): KernelLimit {
  const length = 100;
  const causes = 50;
  const noise = normal(randomStream(1, 'bench causes'));
  const series = Array.from({ length: causes }, () => Float64Array.from({ length }, noise));
  const test = createGranger(Float64Array.from({ length }, noise), {
    lags: [1],
    lagRule: 'fixed',
    tests: ['f'],
  });
  const seconds = secondsPerCall(rounds, 20_000, call => test(series[call % causes]));
  const n = length - 1;
  const operations = (2 * 2 * 4 + 3 + 4 + 2 + 6) * n;
  return kernelLimit(
    'Granger projection, T 100, lag 1',
    {
      flops: operations,
      bytes: 8 * length,
      counted: 'Gram-Schmidt twice, projection, sums; the p-value is timed too',
    },
    seconds,
    peak,
  );
}

/**
 * Exact Shapley values of 9 features, 6 hidden sigmoids and 1 output: for each of 512 coalitions against each background row, 1
 * product, 1 sum and 1 division a hidden unit and 2 operations with its weight, 3 for the output, 2 to add up. Bytes: rows read,
 * values written.
 */
async function exactShapley(peak: Peak, rounds: number): Promise<KernelLimit> {
  const features = 9;
  const hidden = 6;
  const count = 20;
  const network = createNetwork({ layers: [features, hidden, 1], seed: 1 });
  const draw = normal(randomStream(1, 'bench coalitions'));
  const rows = { rows: count, inputs: Float64Array.from({ length: count * features }, draw) };
  const background = { rows: 100, inputs: Float64Array.from({ length: 100 * features }, draw) };
  const part = (given: { rows: number; inputs: Float64Array }) => {
    const labels = new Int32Array(given.rows);
    return { ...given, labels, sourceRows: labels, targets: new Float64Array(given.rows) };
  };
  const taken: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    await shapley(network, part(background), part(rows));
    taken.push((performance.now() - start) / 1000);
  }
  const operations = count * 100 * 2 ** features * (5 * hidden + 5);
  const bytes = 8 * features * (2 * count + 100);
  return kernelLimit(
    'exact Shapley, 9 features, 6 hidden units, 20 x 100 rows',
    {
      flops: operations,
      bytes,
      counted: 'every coalition of every pair of rows; exponentials are tabled, divisions count as one',
    },
    Math.min(...taken),
    peak,
  );
}

/**
 * Eigenvalues of W W' of a 50 x 784 layer: n (n + 1) / 2 inner products of 784, then about 9 n^3 for a symmetric decomposition with
 * vectors (Golub and Van Loan 2013, Matrix computations, section 8.3). Bytes: the layer read, the eigenvalues written.
 */
function spectrum(peak: Peak, rounds: number): KernelLimit {
  const [rows, cols] = [50, 784];
  const matrix = Float64Array.from({ length: rows * cols }, normal(randomStream(1, 'bench layer')));
  const seconds = secondsPerCall(rounds, 20, () => gramEigenvalues(matrix, rows, cols));
  const operations = rows * (rows + 1) * cols + 9 * rows ** 3;
  const bytes = 8 * (rows * cols + rows);
  return kernelLimit(
    'spectrum of a 50 x 784 layer',
    { flops: operations, bytes, counted: 'Gram matrix, symmetric decomposition' },
    seconds,
    peak,
  );
}

/** Of the fastest round: what others do to the machine can only add to a time. */
function secondsPerCall(rounds: number, calls: number, work: (call: number) => unknown): number {
  const taken: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    for (let call = 0; call < calls; call++) work(call);
    taken.push((performance.now() - start) / 1000 / calls);
  }
  return Math.min(...taken);
}
