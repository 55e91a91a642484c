import { counted, shortNumber } from '../figures/theme';
import type { PowerLawComparison } from '../spectra/comparePowerLaw';
import type { PowerLawFit } from '../spectra/fitPowerLaw';
import type { LayerSpectrum } from '../spectra/layerSpectrum';
import type { SpectrumNull } from '../spectra/spectrumNull';
import type { SpectralRow } from '../study/spectralRow';
import { spectralTableText } from '../study/spectralTableText';
import type { SpectralTable } from '../study/table4';
import type { Table4Agreement } from '../study/table4Agreement';
import { table4AgreementText } from '../study/table4AgreementText';
import type { DisplayBundle } from './display';
import { facts } from './facts';
import { viewScalars } from './scalarView';
import { tableBundle } from './tableBundle';
import { viewTextTables } from './textTableView';
import { registerView } from './views';

const scalarTitles = {
  'marchenko-pastur': 'Marchenko-Pastur bulk',
  'bulk-edge': 'Edge of the bulk in closed form',
  'goodness-of-fit': 'Power law among samples of itself',
  'randomized-spectrum': 'Spectrum beside that of shuffled weights',
};

/** Registers the views of what the spectra room makes. */
export function registerSpectraViews(): void {
  registerView<LayerSpectrum>('layer-spectrum', viewLayerSpectrum);
  registerView<PowerLawFit>('power-law-fit', viewPowerLaw);
  registerView<PowerLawComparison>('power-law-comparison', viewPowerLawComparison);
  registerView<SpectrumNull>('spectrum-null', viewSpectrumNull);
  registerView<SpectralRow>('spectral-row', viewSpectralRow);
  registerView<SpectralTable>('spectral-table', table => viewTextTables([spectralTableText(table)]));
  registerView<Table4Agreement>('table-4-agreement', found => viewTextTables([table4AgreementText(found)]));
  for (const [kind, title] of Object.entries(scalarTitles))
    registerView(kind, value => viewScalars(title, value));
}

function viewLayerSpectrum(spectrum: LayerSpectrum): DisplayBundle {
  const { name, status, eigenvalues, powerLaw, edge, bulk, stableRank, rank } = spectrum;
  const largest = eigenvalues[eigenvalues.length - 1];
  return facts(`Spectrum of ${name}: ${counted(eigenvalues.length, 'eigenvalue')}`, [
    ['status', status],
    ['smallest and largest', `${shortNumber(eigenvalues[0], 4)}, ${shortNumber(largest, 4)}`],
    ...powerLawFacts(powerLaw),
    ['alpha weighted', spectrum.alphaWeighted],
    ['stable rank', stableRank],
    ['rank', rank],
    ['fitted bulk', `${range(bulk.lower, bulk.upper)}, ${counted(bulk.spikes, 'spike')}`],
    [
      'edge of chance (95 %)',
      `${shortNumber(edge.upper95)}, ${edge.above} above, p ${shortNumber(edge.pValue)}`,
    ],
  ]);
}

function viewPowerLaw(fit: PowerLawFit): DisplayBundle {
  return facts(`Power law on ${counted(fit.count, 'value')}`, powerLawFacts(fit));
}

function viewPowerLawComparison(comparison: PowerLawComparison): DisplayBundle {
  const { comparisons, tail, alpha } = comparison;
  return tableBundle({
    columns: ['law', 'log-likelihood ratio', 'p-value', 'favours'],
    rows: comparisons.map(({ law, ratio, pValue, favours }) => [law, ratio, pValue, favours]),
    totalRows: comparisons.length,
    caption: `Power law with alpha ${shortNumber(alpha)} beside other laws`,
    note: counted(tail, 'value in the tail', 'values in the tail'),
  });
}

function powerLawFacts(fit: PowerLawFit): readonly (readonly [string, string | number])[] {
  if (fit.status === 'failed') return [['power law', `failed: ${fit.failure}`]];
  return [
    ['alpha', `${shortNumber(fit.alpha, 4)} ± ${shortNumber(fit.sigma, 2)}`],
    ['tail', `${fit.tail} of ${fit.count} from ${shortNumber(fit.xmin, 4)}`],
    ['Kolmogorov-Smirnov distance', fit.distance],
    ['rule of thumb', fit.label],
    ['verdict', fit.verdict === 'none' ? 'none: fewer than 25 values in the tail' : fit.verdict],
  ];
}

function range(low: number, high: number): string {
  return `${shortNumber(low)} to ${shortNumber(high)}`;
}

function viewSpectrumNull(found: SpectrumNull): DisplayBundle {
  const { alpha, largest, stableRank, above, draws, name } = found;
  const rows = {
    alpha,
    'largest eigenvalue': largest,
    'stable rank': stableRank,
    'eigenvalues above the edge': above,
  };
  return tableBundle({
    columns: ['statistic', 'layer', '2.5 %', 'median', '97.5 %', 'p-value'],
    rows: Object.entries(rows).map(([title, { observed, low, median, high, pValue }]) => [
      title,
      observed,
      low,
      median,
      high,
      pValue,
    ]),
    totalRows: 4,
    caption: `Among matrices without learning: ${name}`,
    note: `${counted(draws, 'draw')}, ${nullNames[found.null]}`,
  });
}

const nullNames = {
  permutation: 'its weights in random places',
  initial: 'its initial weights in random places',
  uniform: 'fresh uniform weights',
};

function viewSpectralRow({ layers, draws, null: kind }: SpectralRow): DisplayBundle {
  return tableBundle({
    columns: [
      'layer',
      'alpha',
      'alpha weighted',
      'tail',
      'p(alpha)',
      'p(largest)',
      'above the edge',
      'verdict',
    ],
    rows: layers.map(each => [
      each.layer,
      each.alpha,
      each.alphaWeighted,
      `${each.tail} of ${each.count}`,
      each.pAlpha,
      each.pLargest,
      each.above,
      each.verdict,
    ]),
    totalRows: layers.length,
    caption: 'Spectral diagnosis',
    note: `${counted(draws, 'draw')}, ${nullNames[kind]}`,
  });
}
