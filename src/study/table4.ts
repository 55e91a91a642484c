import { requireList, requireOneOf } from '../core/require';
import { result } from '../core/result';
import type { Network } from '../network/network';
import type { SpectrumNullKind } from '../spectra/nullDraws';
import { publishedTable } from './publishedNumbers';
import { type LayerDiagnosis, type SpectralRowOptions, spectralRow } from './spectralRow';
import { studyCell } from './studyCell';
import type { StudyCell } from './studyTable';

/** The networks of Table 4. */
export type SpectralNetworkName = 'dense' | 'LEGCNet-FT' | 'LEGCNet-PT' | 'random' | 'magnitude';

const names: readonly SpectralNetworkName[] = ['dense', 'LEGCNet-FT', 'LEGCNet-PT', 'random', 'magnitude'];

/** One trained network. */
export interface SpectralNetwork {
  readonly name: SpectralNetworkName;
  /** Published initialisation that it started from. */
  readonly init: number;
  readonly network: Network;
  /** The network before training, for null `initial`. */
  readonly initial?: Network;
}

/** One layer of the networks of one name. */
export interface SpectralTableRow {
  readonly network: SpectralNetworkName;
  readonly layer: number;
  /** Initialisations behind the cells. */
  readonly inits: readonly number[];
  readonly alpha: StudyCell;
  readonly alphaWeighted: StudyCell;
  /** One diagnosis an initialisation, with its p-values. */
  readonly diagnoses: readonly LayerDiagnosis[];
  /** How many of them have an alpha that chance gives in less than 5 % of cases. */
  readonly significant: number;
}

/** Table 4, ours beside the paper's. */
export interface SpectralTable {
  readonly kind: 'spectral-table';
  readonly title: string;
  readonly null: SpectrumNullKind;
  readonly draws: number;
  readonly seed: number | string;
  readonly rows: readonly SpectralTableRow[];
}

export type Table4Options = Omit<SpectralRowOptions, 'initial'>;

const LEVEL = 0.05;
/** Decimals that the paper prints. */
const DECIMALS = 2;

/**
 * Table 4 of the paper from trained networks: alpha and alpha weighted of every layer, the paper's value beside ours, with
 * p-values against chance. Of several initialisations ours is the mean, and the interval says where one more network would
 * lie: the paper's numbers are of single networks.
 *
 * @param networks trained networks, one or more of each name, of one shape
 * @throws TypeError unless a list came, RangeError for an empty one or another name, otherwise as `spectralRow`
 * @example (await table4([{ name: 'dense', init: 3, network }], { seed: 1 })).rows[0].alpha.ours
 */
export async function table4(
  networks: readonly SpectralNetwork[],
  options: Table4Options,
): Promise<SpectralTable> {
  const task = 'make Table 4';
  requireList(networks, 'networks', task);
  if (networks.length === 0) throw new RangeError(`Cannot ${task}: at least one network is required`);
  for (const { name } of networks) requireOneOf(name, names, 'name', task);
  const found: {
    readonly name: SpectralNetworkName;
    readonly init: number;
    readonly layers: readonly LayerDiagnosis[];
  }[] = [];
  for (const { name, init, network, initial } of networks) {
    const { layers } = await spectralRow(network, {
      ...options,
      ...(initial === undefined ? {} : { initial }),
    });
    found.push({ name, init, layers });
  }
  const published = publishedTable('table4');
  const rows = names.flatMap(name => {
    const same = found.filter(each => each.name === name);
    const layers = same[0]?.layers ?? [];
    return layers.map(({ layer }): SpectralTableRow => {
      const diagnoses = same.map(each => each.layers[layer - 1]);
      const cell = (column: 'alpha' | 'alphaWeighted'): StudyCell =>
        cellOf(
          diagnoses.map(each => each[column]),
          published[name]?.[`${column}${layer}`] ?? null,
        );
      return {
        network: name,
        layer,
        inits: same.map(({ init }) => init),
        alpha: cell('alpha'),
        alphaWeighted: cell('alphaWeighted'),
        diagnoses,
        significant: diagnoses.filter(({ pAlpha }) => pAlpha < LEVEL).length,
      };
    });
  });
  const { seed, draws = 1000, null: kind = 'permutation' } = options;
  const title = "Table 4: WeightWatcher's alpha on MNIST, with p-values";
  return result({ kind: 'spectral-table', title, null: kind, draws, seed, rows });
}

const missing = { missing: 'No power law can be fitted to this layer.' };

function cellOf(values: readonly number[], published: number | null): StudyCell {
  const runs = values.map(value => (Number.isFinite(value) ? value : missing));
  return studyCell(runs, published, DECIMALS, undefined);
}
