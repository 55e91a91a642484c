import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gramEigenvalues } from '../../src/spectra/eigenvalues';
import { type LayerSpectrum, layerSpectrum } from '../../src/spectra/layerSpectrum';
import { type MarchenkoPasturFit, marchenkoPastur } from '../../src/spectra/marchenkoPastur';
import { compareSpectra } from '../../src/spectra/randomizedSpectrum';
import { readOracle } from '../chaos/oracle';
import { permuted, recipe } from './recipes';

type Numbers = Readonly<Record<string, number>>;

interface OracleMatrix {
  readonly sum: number;
  readonly w00: number;
  readonly w_last: number;
  readonly evals_float64_ascending: readonly number[];
  readonly ww_default: Numbers & { readonly warning: string };
  readonly wwfit_float64: Numbers & {
    readonly scan: Readonly<Record<'xmins' | 'alphas' | 'Ds', readonly number[]>>;
  };
  readonly permuted_seed777: Numbers & {
    readonly evals_ascending: readonly number[];
    readonly ww_mp_fit: Numbers;
  };
  readonly ww_mp_fit_float64: Numbers;
  readonly detX_float64: Numbers;
}

const { matrices } = readOracle<{ matrices: Readonly<Record<string, OracleMatrix>> }>('ww_matrices');

function near(actual: number, expected: number, relative: number, name: string): void {
  const gap = Math.abs(actual - expected);
  assert.ok(
    gap <= relative * Math.max(Math.abs(expected), 1e-300) || gap <= 1e-15,
    `${name}: ${actual}, not ${expected}`,
  );
}

/** Our fields by WeightWatcher's columns. */
function columns(spectrum: LayerSpectrum): Numbers {
  const { powerLaw, bulk } = spectrum;
  return {
    alpha: powerLaw.alpha,
    xmin: powerLaw.xmin,
    xmax: powerLaw.xmax,
    D: powerLaw.distance,
    sigma: powerLaw.sigma,
    num_pl_spikes: powerLaw.tail,
    alpha_weighted: spectrum.alphaWeighted,
    log_alpha_norm: spectrum.logAlphaNorm,
    norm: spectrum.norm,
    log_norm: spectrum.logNorm,
    spectral_norm: spectrum.spectralNorm,
    log_spectral_norm: spectrum.logSpectralNorm,
    lambda_max: spectrum.spectralNorm,
    stable_rank: spectrum.stableRank,
    matrix_rank: spectrum.rank,
    rank_loss: spectrum.rankLoss,
    weak_rank_loss: spectrum.weakRankLoss,
    entropy: spectrum.entropy,
    Q: spectrum.aspect,
    num_evals: spectrum.eigenvalues.length,
    detX_num: spectrum.determinantTail.count,
    detX_val: spectrum.determinantTail.from,
    ...bulkColumns(bulk),
    W_scale: bulk.scale,
  };
}

function bulkColumns(bulk: MarchenkoPasturFit): Numbers {
  return {
    num_spikes: bulk.spikes,
    sigma_mp: bulk.sigma,
    mp_softrank: bulk.softRank,
    bulk_min: bulk.lower,
    bulk_max: bulk.upper,
  };
}

for (const [name, oracle] of Object.entries(matrices)) {
  const matrix = recipe(name);
  const spectrum = layerSpectrum(matrix);
  // Zeros of dead rows are rounding: WeightWatcher's determinant and small bulk edge are theirs alone.
  const isDead = name.startsWith('deadrows');

  test(`${name} is the matrix of the reference`, () => {
    near(matrix.values[0], oracle.w00, 0, 'first');
    near(matrix.values[matrix.values.length - 1], oracle.w_last, 0, 'last');
    near(
      matrix.values.reduce((sum, value) => sum + value, 0),
      oracle.sum,
      1e-10,
      'sum',
    );
  });

  test(`layerSpectrum(${name}) has WeightWatcher's columns to float32`, () => {
    const ours = columns(spectrum);
    for (const [column, value] of Object.entries(ours)) {
      if (isDead && column === 'detX_val') continue;
      near(value, oracle.ww_default[column], 1e-5, column);
    }
    const { label } = spectrum.powerLaw;
    assert.equal(label === 'well-trained' ? '' : label, oracle.ww_default.warning);
  });

  test(`layerSpectrum(${name}) has WeightWatcher's fits to 1e-9`, () => {
    const { powerLaw, bulk, eigenvalues, determinantTail } = spectrum;
    eigenvalues.forEach((value, i) => {
      const expected = oracle.evals_float64_ascending[i];
      if (expected > 1e-20) near(value, expected, 1e-9, `eigenvalue ${i}`);
      else assert.ok(value < 1e-20);
    });
    const { scan, ...fit } = oracle.wwfit_float64;
    near(powerLaw.alpha, fit.alpha, 1e-9, 'alpha');
    near(powerLaw.xmin, fit.xmin, 1e-9, 'xmin');
    near(powerLaw.distance, fit.D, 1e-9, 'D');
    near(powerLaw.sigma, fit.sigma, 1e-9, 'sigma');
    assert.equal(powerLaw.tail, fit.n_tail);
    assert.equal(powerLaw.count, fit.n);
    powerLaw.scan.alphas.forEach((alpha, i) => {
      near(alpha, scan.alphas[i], 1e-9, `alpha ${i}`);
      near(powerLaw.scan.distances[i], scan.Ds[i], 1e-9, `D ${i}`);
    });
    for (const [column, value] of Object.entries({ ...bulkColumns(bulk), Wscale: bulk.scale })) {
      near(value, oracle.ww_mp_fit_float64[column], 1e-9, column);
    }
    assert.equal(determinantTail.count, oracle.detX_float64.num);
    if (!isDead) near(determinantTail.from, oracle.detX_float64.val, 1e-9, 'detX');
  });

  test(`${name} shuffled: spectrum, bulk and distances as WeightWatcher has them`, () => {
    const expected = oracle.permuted_seed777;
    const { rows, cols, values } = permuted(matrix, 777);
    const copy = gramEigenvalues(values, rows, cols);
    copy.forEach((value, i) => {
      near(value, expected.evals_ascending[i], 1e-9, `eigenvalue ${i}`);
    });
    const { distance, softRank, maxDistance } = compareSpectra(spectrum.eigenvalues, copy);
    near(distance, expected.rand_distance_js, 1e-9, 'distance');
    near(softRank, expected.ww_softrank, 1e-9, 'soft rank');
    near(maxDistance, expected.ww_maxdist, 1e-8, 'maximal distance');
    const bulk = marchenkoPastur(copy, { rows, cols });
    for (const [column, value] of Object.entries({ ...bulkColumns(bulk), Wscale: bulk.scale })) {
      near(value, expected.ww_mp_fit[column], 1e-9, column);
    }
  });
}
