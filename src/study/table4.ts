import { requireList, requireOneOf } from '../core/require';
import { result } from '../core/result';
import type { Network } from '../network/network';
import type { SpectrumNullKind } from '../spectra/nullDraws';
import { publishedTable } from './publishedNumbers';
import { savedSpectralRecords } from './savedSpectralRecords';
import type { SpectralRecord } from './spectralRecord';
import { type LayerDiagnosis, type SpectralRowOptions, spectralRow } from './spectralRow';
import { studyCell } from './studyCell';
import { cellStanding, type StudyCell } from './studyTable';

/** The networks of Table 4. */
export type SpectralNetworkName = 'dense' | 'LEGCNet-FT' | 'LEGCNet-PT' | 'random' | 'magnitude';

const names: readonly SpectralNetworkName[] = ['dense', 'LEGCNet-FT', 'LEGCNet-PT', 'random', 'magnitude'];

/** One trained network. */
export interface SpectralNetwork {
  /** Which network of the table it is. */
  readonly name: SpectralNetworkName;
  /** Published initialisation that it started from. */
  readonly init: number;
  /** The trained network. */
  readonly network: Network;
  /** The network before training, for null `initial`. */
  readonly initial?: Network;
}

/** One layer of the networks of one name. */
export interface SpectralTableRow {
  /** Which network it is. */
  readonly network: SpectralNetworkName;
  /** 1 for the layer next to the inputs. */
  readonly layer: number;
  /** Initialisations behind the cells. */
  readonly inits: readonly number[];
  /** Exponent of the power law. */
  readonly alpha: StudyCell;
  /** alpha log10(largest eigenvalue). */
  readonly alphaWeighted: StudyCell;
  /** One diagnosis an initialisation, with its p-values. */
  readonly diagnoses: readonly LayerDiagnosis[];
  /** How many of them have an alpha that chance gives in less than 5 % of cases. */
  readonly significant: number;
}

/** Table 4, ours beside the paper's. */
export interface SpectralTable {
  readonly kind: 'spectral-table';
  /** What the paper calls it. */
  readonly title: string;
  /** How the matrices of chance were made. */
  readonly null: SpectrumNullKind;
  /** Matrices drawn for each layer. */
  readonly draws: number;
  /** Seed of the draws. */
  readonly seed: number | string;
  /** One entry a network and layer. */
  readonly rows: readonly SpectralTableRow[];
  /** Cells that differ from the paper's without a reason, as `table 4 dense layer 1 alpha`. */
  readonly unexplained: readonly string[];
}

/** Null, draws and seed of `table4`. */
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
 * @example
 * import { createNetwork, table4 } from 'legcnet';
 * const network = createNetwork({ layers: [784, 50, 30, 10], seed: 1 });
 * const { rows } = await table4([{ name: 'dense', init: 3, network }], { draws: 19, seed: 1 });
 * rows[0].alpha.published; // 2.19, the paper's
 */
export async function table4(
  networks: readonly SpectralNetwork[],
  options: Table4Options,
): Promise<SpectralTable> {
  const task = 'make Table 4';
  requireList(networks, 'networks', task);
  if (networks.length === 0) throw new RangeError(`Cannot ${task}: at least one network is required`);
  for (const { name } of networks) requireOneOf(name, names, 'name', task);
  const found: DiagnosedNetwork[] = [];
  for (const { name, init, network, initial } of networks) {
    const { layers } = await spectralRow(network, {
      ...options,
      ...(initial === undefined ? {} : { initial }),
    });
    found.push({ name, init, layers });
  }
  const { seed, draws = 1000, null: kind = 'permutation' } = options;
  return spectralTable(found, { null: kind, draws, seed });
}

/**
 * Table 4 from the records that ship with the package: dense, LEGCNet-FT and -PT (the published masks), random 40 % and magnitude
 * 25 % on MNIST, trained from the five published initialisations; otherwise as `table4`, which makes it of networks of one's
 * own.
 *
 * @param records of `spectralRecord`. Default: the saved ones
 * @throws RangeError without records, or for records of different seeds or draws
 * @example
 * import { savedTable4 } from 'legcnet';
 * savedTable4().rows.length; // 15, three layers of five networks
 */
export function savedTable4(records: readonly SpectralRecord[] = savedSpectralRecords()): SpectralTable {
  if (records.length === 0) throw new RangeError('Cannot make Table 4: there are no saved records');
  const [{ seed, draws }] = records;
  if (records.some(each => each.seed !== seed || each.draws !== draws)) {
    throw new RangeError('Cannot make Table 4: its records need the same seed and number of draws');
  }
  const found = records.flatMap(({ init, networks }) =>
    networks.map(({ name, layers }) => ({
      name,
      init,
      layers: layers.map(({ eigenvalues: _, shuffled: __, ...diagnosis }) => diagnosis),
    })),
  );
  return spectralTable(found, { null: 'permutation', draws, seed });
}

interface DiagnosedNetwork {
  readonly name: SpectralNetworkName;
  readonly init: number;
  readonly layers: readonly LayerDiagnosis[];
}

function spectralTable(
  found: readonly DiagnosedNetwork[],
  how: Pick<SpectralTable, 'null' | 'draws' | 'seed'>,
): SpectralTable {
  const published = publishedTable('table4');
  const rows = names.flatMap(name => {
    const same = found.filter(each => each.name === name);
    const layers = same[0]?.layers ?? [];
    return layers.map(({ layer }): SpectralTableRow => {
      const diagnoses = same.map(each => each.layers[layer - 1]);
      const cell = (column: 'alpha' | 'alphaWeighted'): StudyCell =>
        cellOf(
          name,
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
  const title = "Table 4: WeightWatcher's alpha on MNIST, with p-values";
  const unexplained = rows.flatMap(({ network, layer, alpha, alphaWeighted }) =>
    Object.entries({ alpha, alphaWeighted }).flatMap(([column, cell]) =>
      cellStanding(cell) === 'unexplained' ? [`table 4 ${network} layer ${layer} ${column}`] : [],
    ),
  );
  return result({ kind: 'spectral-table', title, ...how, rows, unexplained });
}

const missing = { missing: 'No power law can be fitted to this layer.' };

function cellOf(name: SpectralNetworkName, values: readonly number[], published: number | null): StudyCell {
  const runs = values.map(value => (Number.isFinite(value) ? value : missing));
  const known = { reason: name === 'random' ? unknownMask : unknownImages, evidence: 'legcnet table 4' };
  return studyCell(runs, published, DECIMALS, values.some(Number.isFinite) ? known : undefined);
}

const unknownImages =
  'The study published neither its 42 000 images nor the order of its batches; its table shows one run.';
const unknownMask =
  "The study's random mask is not published, nor how its 40 % are spread over the layers; ours takes all weights alike.";
