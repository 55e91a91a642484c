import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WindowedExponents } from '../chaos/windowedExponents';
import type { LongRunOptions } from '../core/longRun';
import { checkOptions, longRunOptionNames, longRunOptions, type OptionNames } from '../core/options';
import { packageRoot } from '../core/packageRoot';
import { result } from '../core/result';
import { loadDataset } from '../data/loadDataset';
import { type LegcnetVariant, publishedMaskIndices } from '../data/publishedMasks';
import { removedWeights } from '../network/applyMask';
import { publishedNetwork } from '../network/publishedNetwork';
import { chooseWeights, recordFor, searchExponents } from './causalSearch';
import { type MaskChoice, publishedChoices, searchOf } from './maskChoice';
import {
  type MaskOverlap,
  maskOverlap,
  type OrderAgreement,
  orderAgreement,
  pooledOverlap,
} from './maskOverlap';
import { type SmallDataset, smallDatasets } from './smallDatasets';
import { studyTraining } from './studyTraining';
import { type TriedChoice, triedChoices } from './triedChoices';

/** What one choice gives on one data set, its five initialisations taken together. */
export interface ChoiceOutcome extends MaskOverlap, OrderAgreement {}

/** One choice that was tried. */
export interface MaskChoicesRow {
  /** Whose masks they are. */
  readonly variant: LegcnetVariant;
  /** In words, as it differs from the choices of the published masks. */
  readonly choice: string;
  /** By data set, all its initialisations together. */
  readonly datasets: Readonly<Partial<Record<SmallDataset, ChoiceOutcome>>>;
  /** All data sets together. */
  readonly total: ChoiceOutcome;
}

/** Which ways of making masks give the published ones. */
export interface MaskChoicesTable {
  readonly kind: 'mask-choices';
  /** One entry a variant and choice. */
  readonly rows: readonly MaskChoicesRow[];
}

/** Variants, data sets and choices that `maskChoices` tries. */
export interface MaskChoicesOptions extends LongRunOptions {
  /** Default: both. */
  readonly variants?: readonly LegcnetVariant[];
  /** Default: all five. */
  readonly datasets?: readonly SmallDataset[];
  /** Choices to try. Default: `triedChoices`. */
  readonly choices?: readonly TriedChoice[];
}

const maskChoicesOptionNames: OptionNames<MaskChoicesOptions> = {
  variants: true,
  datasets: true,
  choices: true,
  ...longRunOptionNames,
};

/**
 * Makes every mask under every choice and sets it beside the published one. Ten minutes for all; `savedMaskChoices` reads the
 * rows that ship with the package.
 *
 * @example
 * import { maskChoices } from 'legcnet';
 * const choices = [{ variant: 'FT', words: 'one lag', change: () => ({ maxLag: 1 }) }] as const;
 * const { rows } = await maskChoices({ variants: ['FT'], datasets: ['iris'], choices });
 * const { published, recomputed, shared } = rows[0].total;
 * [published, recomputed, shared]; // [8, 137, 8], of five starts
 */
export async function maskChoices(options: MaskChoicesOptions = {}): Promise<MaskChoicesTable> {
  checkOptions(options, maskChoicesOptionNames, 'compare choices of masks');
  const { variants = ['FT', 'PT'], datasets = smallDatasets, choices = triedChoices } = options;
  const longRun = longRunOptions(options);
  const rows: MaskChoicesRow[] = [];
  for (const variant of variants) {
    const tried = choices.filter(choice => choice.variant === variant);
    const found: Partial<Record<SmallDataset, ChoiceOutcome>>[] = tried.map(() => ({}));
    for (const name of datasets) {
      const each = await outcomes(name, variant, tried, longRun);
      each.forEach((outcome, c) => {
        found[c][name] = outcome;
      });
    }
    tried.forEach(({ words }, c) => {
      rows.push({ variant, choice: words, datasets: found[c], total: pooled(Object.values(found[c])) });
    });
  }
  return result({ kind: 'mask-choices', rows });
}

/**
 * The saved rows of `maskChoices`, remade by `legcnet masks --remake`.
 *
 * @example
 * import { savedMaskChoices } from 'legcnet';
 * savedMaskChoices().rows.length; // 71
 */
export function savedMaskChoices(): MaskChoicesTable {
  const { rows } = JSON.parse(readFileSync(maskChoicesFile, 'utf8')) as MaskChoicesTable;
  return result({ kind: 'mask-choices', rows });
}

/** The content of the file of saved rows, one line a row. */
export function maskChoicesJson({ rows }: MaskChoicesTable): string {
  const about =
    'Masks of the small networks made again under each choice, beside the published ones, the five initialisations of a data ' +
    'set taken together. The first row of FT and of PT gives the published masks; the others change it. They were found by a ' +
    'wider search, some 6 700 settings of one data set each. Made by legcnet masks --remake.';
  const lines = rows.map(row => `    ${JSON.stringify(row)}`);
  return `{\n  "about": ${JSON.stringify(about)},\n  "rows": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

export const maskChoicesFile: string = join(packageRoot, 'data', 'maskChoices.json');

/** The removed weights of a published mask in the order of the study's p-values, smallest first. */
export function publishedMaskOrder(
  name: SmallDataset,
  variant: LegcnetVariant,
  init: number,
): readonly number[] {
  const { order } = JSON.parse(readFileSync(join(packageRoot, 'data', 'maskOrder.json'), 'utf8')) as {
    order: Record<SmallDataset, Record<LegcnetVariant, number[][]>>;
  };
  return order[name][variant][init - 1];
}

/** One outcome a choice; recordings and exponents are made once for all choices that share them. */
async function outcomes(
  name: SmallDataset,
  variant: LegcnetVariant,
  tried: readonly TriedChoice[],
  longRun: LongRunOptions,
): Promise<ChoiceOutcome[]> {
  const choices = tried.map(
    ({ change }): MaskChoice => ({ ...publishedChoices[name][variant], ...change(name) }),
  );
  const found: ChoiceOutcome[][] = choices.map(() => []);
  const epochs = Math.max(...choices.map(choice => choice.epochs));
  const training = { ...studyTraining(name, 'published', { maxEpochs: epochs }), ...longRun };
  const dataset = await loadDataset(name, { procedure: 'published', ...longRun });
  for (let init = 1; init <= INITS; init++) {
    const network = await publishedNetwork(name, init, longRun);
    const recording = await recordFor(searchOf(choices[0]), network, dataset, training);
    const published = await publishedMaskIndices(name, variant, init);
    const order = publishedMaskOrder(name, variant, init);
    const known = new Map<string, WindowedExponents>();
    for (const [c, choice] of choices.entries()) {
      const key = exponentKey(choice);
      const search = searchOf(choice);
      const last = choice.epochs * recording.iterationsPerEpoch;
      const exponents = known.get(key) ?? (await searchExponents(recording, search, last, longRun));
      known.set(key, exponents);
      const { mask, scan } = await chooseWeights(exponents, recording, dataset, search, longRun);
      found[c].push({
        ...maskOverlap(published, [...removedWeights(mask)], mask.kept.length),
        ...orderAgreement(order, scan.pValue),
      });
    }
  }
  return found.map(pooled);
}

const INITS = 5;

/** The part of a choice that the exponents depend on. */
function exponentKey(choice: MaskChoice): string {
  const { part, targetShift, differenced, cause, test, maxLag, alpha, ...exponents } = choice;
  return JSON.stringify(exponents);
}

function pooled(outcomes: readonly ChoiceOutcome[]): ChoiceOutcome {
  const sum = (name: keyof OrderAgreement): number =>
    outcomes.reduce((total, outcome) => total + outcome[name], 0);
  return { ...pooledOverlap(outcomes), inOrder: sum('inOrder'), outOfOrder: sum('outOfOrder') };
}
