import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/packageRoot';
import { result } from '../core/result';
import { publishedTable } from './publishedNumbers';
import { savedSpectralRecords } from './savedSpectralRecords';
import type { SpectralRecord } from './spectralRecord';
import type { SpectralNetworkName } from './table4';

/** From where to where, both ends included. */
export type ValueRange = readonly [number, number];

/** One layer of one network: what Table 4 prints of it beside what the paper's own figure shows. */
export interface Table4AgreementRow {
  /** Which network it is. */
  readonly network: SpectralNetworkName;
  /** 1 for the layer next to the inputs. */
  readonly layer: number;
  /** The largest eigenvalue that Table 4 implies, 10^(alpha weighted / alpha), for all numbers that print as these two. */
  readonly tableLargest: ValueRange;
  /** The end of the paper's histogram, give or take one of its bars. */
  readonly figureLargest: ValueRange;
  /** Whether the two ranges meet. */
  readonly sameLargest: boolean;
  /** alpha as Table 4 prints it. */
  readonly tableAlpha: number;
  /** Power laws fitted to eigenvalues anywhere inside the bars of the paper's histogram: 95 % of them. */
  readonly figureAlpha: ValueRange;
  /** Whether some number that prints as Table 4's alpha lies there. */
  readonly sameAlpha: boolean;
  /** From smallest to largest of the largest eigenvalues of our runs. */
  readonly ourLargest: ValueRange;
  /** From smallest to largest alpha among our runs. */
  readonly ourAlpha: ValueRange;
}

/** Whether Table 4 and the spectra that the paper draws can be of the same networks. */
export interface Table4Agreement {
  readonly kind: 'table-4-agreement';
  /** One entry a network and layer. */
  readonly rows: readonly Table4AgreementRow[];
  /** Layers whose two largest eigenvalues exclude each other. */
  readonly otherLargest: number;
  /** Layers whose two alphas exclude each other. */
  readonly otherAlpha: number;
  /**
   * The check of the reckoning on our own layers: of how many the largest eigenvalue lies in the range that alpha and alpha
   * weighted imply once they are printed with two decimals.
   */
  readonly recovered: number;
  /** Layers of ours that were checked. */
  readonly ours: number;
}

/**
 * Reads the largest eigenvalue of each layer twice, out of Table 4 and off the paper's Figure 5 and appendix: alpha weighted
 * is alpha times the logarithm of the largest eigenvalue, so the two columns give it away. Where the ranges do not meet, table
 * and figure show different networks.
 *
 * @param records of `spectralRecord`. Default: the saved ones
 * @example
 * import { table4Agreement } from 'legcnet';
 * table4Agreement().otherLargest; // 9
 */
export function table4Agreement(
  records: readonly SpectralRecord[] = savedSpectralRecords(),
): Table4Agreement {
  const published = publishedTable('table4');
  const rows = readings().map(({ network, layer, largest, bin, alpha }): Table4AgreementRow => {
    const printed = published[network];
    const [tableAlpha, weighted] = [printed[`alpha${layer}`], printed[`alphaWeighted${layer}`]];
    const tableLargest = impliedLargest(tableAlpha, weighted);
    const figureLargest: ValueRange = [largest - bin, largest + bin];
    const figureAlpha: ValueRange = [alpha[0], alpha[2]];
    const same = records.map(each => layerOf(each, network, layer));
    return {
      network,
      layer,
      tableLargest,
      figureLargest,
      sameLargest: meet(tableLargest, figureLargest),
      tableAlpha,
      figureAlpha,
      sameAlpha: meet([tableAlpha - ROUNDING, tableAlpha + ROUNDING], figureAlpha),
      ourLargest: extent(same.map(each => each.largest)),
      ourAlpha: extent(same.map(each => each.alpha)),
    };
  });
  const ours = records.flatMap(({ networks }) => networks.flatMap(({ layers }) => layers));
  return result({
    kind: 'table-4-agreement',
    rows,
    otherLargest: rows.filter(row => !row.sameLargest).length,
    otherAlpha: rows.filter(row => !row.sameAlpha).length,
    recovered: ours.filter(({ alpha, alphaWeighted, largest }) => {
      const [low, high] = impliedLargest(asPrinted(alpha), asPrinted(alphaWeighted));
      return largest >= low && largest <= high;
    }).length,
    ours: ours.length,
  });
}

/** What Table 4's two decimals leave open. */
const ROUNDING = 0.005;

function asPrinted(value: number): number {
  return Number(value.toFixed(2));
}

/**
 * The largest eigenvalues of all layers whose alpha and alpha weighted print as these two, at two decimals:
 * 10^(weighted / alpha), from smallest to largest.
 *
 * @param alpha above 1
 * @param weighted alpha log10(largest), of either sign
 * @example
 * import { impliedLargest } from 'legcnet';
 * const [low, high] = impliedLargest(2.24, 1.64);
 * [low, high]; // [5.35, 5.45]
 */
export function impliedLargest(alpha: number, weighted: number): ValueRange {
  const corners = [weighted - ROUNDING, weighted + ROUNDING].flatMap(power =>
    [alpha - ROUNDING, alpha + ROUNDING].map(divisor => 10 ** (power / divisor)),
  );
  return extent(corners);
}

function meet([low, high]: ValueRange, [from, to]: ValueRange): boolean {
  return low <= to && from <= high;
}

function extent(values: readonly number[]): ValueRange {
  return [Math.min(...values), Math.max(...values)];
}

function layerOf({ networks }: SpectralRecord, name: SpectralNetworkName, layer: number) {
  const found = networks.find(each => each.name === name);
  if (found === undefined) throw new RangeError(`Cannot read Table 4: a record lacks ${name}`);
  return found.layers[layer - 1];
}

/** One spectrum that the paper draws, read by pixel. */
interface Reading {
  readonly network: SpectralNetworkName;
  readonly layer: number;
  readonly largest: number;
  readonly largestRandom: number;
  readonly bin: number;
  readonly alpha: readonly [low: number, median: number, high: number];
}

function readings(): readonly Reading[] {
  const path = join(packageRoot, 'data', 'spectraReadings.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { readings: readonly Reading[] }).readings;
}
