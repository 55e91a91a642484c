import type { LegcnetVariant } from '../data/publishedMasks';
import { studySettings } from '../data/studySettings';
import { type MaskChoice, publishedChoices, statedChoice } from './maskChoice';
import type { SmallDataset } from './smallDatasets';

/** One way of making masks, as it differs from `publishedChoices`. */
export interface TriedChoice {
  /** Whose masks it is tried on. */
  readonly variant: LegcnetVariant;
  /** What differs from `publishedChoices`, in words. */
  readonly words: string;
  /** The same as settings, by data set. */
  readonly change: (name: SmallDataset) => Partial<MaskChoice>;
}

/**
 * The choices of `data/maskChoices.json`: the one that gives the published masks, the way to it from where the search
 * started, and each part of it changed alone.
 */
export const triedChoices: readonly TriedChoice[] = [...fullRun(), ...partialRun()];

function fullRun(): TriedChoice[] {
  const best = (name: SmallDataset): MaskChoice => publishedChoices[name].FT;
  const stated = (name: SmallDataset): MaskChoice => statedChoice(name, 'FT');
  /** From the stated choice, with the named parts of the best one. */
  const onTheWay =
    (...parts: (keyof MaskChoice)[]) =>
    (name: SmallDataset): Partial<MaskChoice> => ({ ...stated(name), ...pick(best(name), parts) });
  const way = ['maxLag', 'steps', 'ties', 'zeroRule', 'epochs', 'windows', 'distances'] as const;
  return rows('FT', [
    ['published: -s20, lags to 20, no rule for still windows, last tie', () => ({})],
    ['stated: -s3, lags to 14, rule for still windows, first tie', stated],
    ['stated, lags to 20', onTheWay(...way.slice(0, 1))],
    ['… and -s20', onTheWay(...way.slice(0, 2))],
    ['… and last tie', onTheWay(...way.slice(0, 3))],
    ['… and no rule for still windows', onTheWay(...way.slice(0, 4))],
    ['… and Banknote from 50 epochs, not 100', onTheWay(...way.slice(0, 5))],
    ['… and Banknote with 242 windows, not 243', onTheWay(...way.slice(0, 6))],
    ['… and exact distances; exponents to 5 digits complete it', onTheWay(...way)],
    ...both(best),
    ['-s3', () => ({ steps: 3 })],
    ['-s10', () => ({ steps: 10 })],
    ['-s19', () => ({ steps: 19 })],
    ['-s21', () => ({ steps: 21 })],
    ['rule for still windows', () => ({ zeroRule: true })],
    ['lags to 10', () => ({ maxLag: 10 })],
    ['lags to 14', () => ({ maxLag: 14 })],
    ['lags to 19', () => ({ maxLag: 19 })],
    ['lags to 21', () => ({ maxLag: 21 })],
    ['all windows that fit (Banknote 243)', () => ({ windows: null })],
    ['Banknote from 100 epochs', name => ({ epochs: studySettings[name].recordedEpochs, windows: null })],
    ['one epoch less', name => ({ epochs: best(name).epochs - 1 })],
    ['one epoch more', name => ({ epochs: best(name).epochs + 1, windows: null })],
    ['windows of 200 throughout, as the paper says', () => ({ window: 200, windows: null })],
  ]);
}

function partialRun(): TriedChoice[] {
  const best = (name: SmallDataset): MaskChoice => publishedChoices[name].PT;
  return rows('PT', [
    ['published: -s3, rule for still windows, windows of 150 or 50, last tie', () => ({})],
    ['stated: windows as for FT, most lags that fit, first tie', name => statedChoice(name, 'PT')],
    ...both(best),
    ['-s20', () => ({ steps: 20 })],
    ['no rule for still windows', () => ({ zeroRule: false })],
    ['Titanic from 3 epochs, as the paper says', name => ({ epochs: studySettings[name].partialEpochs })],
    ['one epoch less', name => ({ epochs: best(name).epochs - 1 })],
    ['one epoch more', name => ({ epochs: best(name).epochs + 1 })],
    ['windows of 50 throughout', () => ({ window: 50 })],
    ['windows of 100 throughout', () => ({ window: 100 })],
    ['windows of 150 throughout', () => ({ window: 150 })],
    ['one lag less', name => ({ maxLag: best(name).maxLag - 1 })],
    ['one lag more', name => ({ maxLag: best(name).maxLag + 1 })],
  ]);
}

/** Changes tried alone for both kinds of masks. */
function both(best: (name: SmallDataset) => MaskChoice): Row[] {
  return [
    ['first tie', () => ({ ties: 'first' })],
    ['distances as doubles', () => ({ distances: 'double' })],
    ['exponents with all digits', () => ({ digits: null })],
    ['weights with all digits', () => ({ decimals: null })],
    ['without iterate 0', () => ({ first: 1 })],
    ['no overlap of windows', () => ({ overlap: 0, windows: null })],
    ['windows longer by 1', name => ({ window: best(name).window + 1 })],
    ['windows longer by 10 %', name => ({ window: Math.round(1.1 * best(name).window), windows: null })],
    ['windows shorter by 10 %', name => ({ window: Math.round(0.9 * best(name).window), windows: null })],
    ['target one iterate earlier', () => ({ targetShift: -1 })],
    ['target one iterate later', () => ({ targetShift: 1 })],
    ["target at the window's first iterate", name => ({ targetShift: 1 - best(name).window })],
    ['target: training misclassification', () => ({ part: 'train' })],
    ['first differences', () => ({ differenced: true })],
    ['target as the cause', () => ({ cause: 'target' })],
    ['F test', () => ({ test: 'f' })],
    ['likelihood ratio test', () => ({ test: 'lr' })],
    ['alpha 0.01', () => ({ alpha: 0.01 })],
  ];
}

type Row = [words: string, change: TriedChoice['change']];

function rows(variant: LegcnetVariant, list: readonly Row[]): TriedChoice[] {
  return list.map(([words, change]) => ({ variant, words, change }));
}

function pick(choice: MaskChoice, parts: readonly (keyof MaskChoice)[]): Partial<MaskChoice> {
  return Object.fromEntries(parts.map(part => [part, choice[part]]));
}
