import assert from 'node:assert/strict';
import fc from 'fast-check';
import { comparePowerLaw } from '../../src/spectra/comparePowerLaw';
import { fitPowerLaw } from '../../src/spectra/fitPowerLaw';
import { layerSpectrum } from '../../src/spectra/layerSpectrum';
import { marchenkoPastur } from '../../src/spectra/marchenkoPastur';
import { randomizedSpectrum } from '../../src/spectra/randomizedSpectrum';
import { tracyWidomUpperTail } from '../../src/statistics/tracyWidom';
import { anyNumber, anySeries, fuzz, isFiniteSeries } from '../support/awkwardSeries';

/** Matrices whose entries are any series, cut to fit. */
const matrices = fc
  .tuple(anySeries(144), fc.integer({ min: 1, max: 12 }))
  .filter(([values, rows]) => values.length >= rows)
  .map(([values, rows]) => {
    const cols = Math.floor(values.length / rows);
    return { rows, cols, values: values.slice(0, rows * cols) };
  });

fuzz('fitPowerLaw answers every series, with numbers or with a reason', anySeries(), values => {
  const fit = fitPowerLaw(values);
  const numbers = [fit.alpha, fit.xmin, fit.distance, fit.sigma];
  if (fit.status === 'ok') {
    assert.ok(numbers.every(Number.isFinite) && fit.alpha > 1 && fit.distance >= 0 && fit.distance < 1);
    assert.ok(fit.tail >= 2 && fit.tail <= fit.count && values.includes(fit.xmin));
    assert.notEqual(fit.label, 'none');
  } else {
    assert.ok(numbers.every(Number.isNaN));
    assert.notEqual(fit.failure, 'none');
    assert.equal(fit.label, 'none');
  }
  assert.equal(fit.failure === 'non-finite', !isFiniteSeries(values));
});

fuzz('comparePowerLaw answers every fit; p-values are probabilities', anySeries(60), values => {
  const { status, comparisons } = comparePowerLaw(fitPowerLaw(values));
  assert.equal(comparisons.length, status === 'ok' ? 3 : 0);
  for (const { ratio, pValue, favours } of comparisons) {
    assert.ok(pValue >= 0 && pValue <= 1, `${pValue}`);
    assert.ok(Number.isFinite(ratio), `${ratio}`);
    if (pValue > 0.05) assert.equal(favours, 'neither');
  }
});

fuzz('layerSpectrum answers every matrix; its statuses agree', matrices, matrix => {
  const before = matrix.values.slice();
  const spectrum = layerSpectrum(matrix);
  assert.deepEqual(matrix.values, before);
  const { eigenvalues, status, powerLaw, edge, bulk, stableRank, rank, entropy } = spectrum;
  const side = Math.min(matrix.rows, matrix.cols);
  assert.equal(eigenvalues.length, side);
  if (!isFiniteSeries(matrix.values)) assert.equal(status, 'non-finite');
  if (status === 'non-finite') {
    assert.equal(powerLaw.status, 'failed');
    assert.equal(bulk.status, 'failed');
    return;
  }
  assert.ok(eigenvalues.every((value, i) => value >= 0 && (i === 0 || value >= eigenvalues[i - 1])));
  if (status === 'zero') {
    assert.equal(bulk.status, 'failed');
    return;
  }
  assert.ok(stableRank >= 1 - 1e-12 && stableRank <= side + 1e-9, `${stableRank}`);
  assert.ok(rank >= 1 && rank <= side);
  assert.ok(Number.isNaN(entropy) || (entropy >= 0 && entropy < 1.2), `${entropy}`);
  if (edge.status === 'ok') assert.ok(edge.pValue >= 0 && edge.pValue <= 1, `${edge.pValue}`);
  const random = randomizedSpectrum(spectrum, { seed: 1, replicas: 2 });
  assert.equal(random.shuffled.length, 2 * side);
});

fuzz('marchenkoPastur answers every series', anySeries(60), values => {
  const fit = marchenkoPastur(values, { rows: 5, cols: 12 });
  const numbers = [fit.sigma, fit.scale, fit.lower, fit.upper, fit.threshold, fit.softRank];
  assert.ok(numbers.every(fit.status === 'ok' ? Number.isFinite : Number.isNaN), `${fit.status} ${numbers}`);
  assert.ok(fit.spikes >= 0 && fit.spikes <= values.length);
});

fuzz('tracyWidomUpperTail is a probability for every number', anyNumber(), s => {
  const p = tracyWidomUpperTail(s);
  assert.ok(Number.isNaN(s) ? Number.isNaN(p) : p >= 0 && p <= 1, `${s}: ${p}`);
});
