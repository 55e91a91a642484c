import { grangerScanSettings } from '../causality/grangerScan';
import { makeStationarySettings } from '../causality/makeStationary';
import { createEstimator, lyapunovOptionNames, readsDifference } from '../chaos/lyapunov';
import { windowDefaults, windowOptionNames } from '../chaos/placeWindows';
import { windowStarts } from '../chaos/windowStarts';
import { checkOptions, type OptionNames } from '../core/options';
import { checkPlace, requireNumber, requireOneOf, requireWhole } from '../core/require';
import type { Layers } from '../core/weightLayers';
import { perturbationSettings } from '../network/perturb';
import { selectWeightsSettings } from '../pruning/selectWeights';
import type { SearchSettings, TargetSettings } from './causalSearch';

export const searchSettingNames: OptionNames<SearchSettings> = {
  length: true,
  perturbation: true,
  exponents: true,
  target: true,
  stationary: true,
  cause: true,
  scan: true,
  rule: true,
};

const targetNames: OptionNames<TargetSettings> = { part: true, shift: true, measure: true };
const { last: _last, ...windowNames } = windowOptionNames;

/**
 * Checks how weights are to be chosen before anything is trained: a search that would fail after hours fails at once. What the
 * weights and the length of the run decide is left to the search: whether a delta is lost in rounding, and a window fits.
 *
 * @param layers of the network
 * @param hasValidation whether the data have a validation part
 * @throws TypeError, RangeError naming the setting, as the steps throw that take it
 */
export function checkSearchSettings(
  settings: SearchSettings,
  layers: Layers,
  hasValidation: boolean,
  task: string,
): void {
  const { length, perturbation, exponents, stationary, cause, scan, rule } = settings;
  checkLength(length, task);
  if (perturbation !== null) {
    checkPlace(task, 'search.perturbation', () => perturbationSettings(perturbation, layers));
  }
  checkPlace(task, 'search.exponents', () => checkExponents(exponents, perturbation !== null));
  checkTarget(settings, hasValidation, task);
  checkPlace(task, 'search.stationary', () => makeStationarySettings(stationary));
  requireOneOf(cause, ['exponents', 'target'], 'search.cause', task);
  // Of how many windows the lags are, is only known when there are exponents.
  checkPlace(task, 'search.scan', () => grangerScanSettings(scan, 0));
  checkPlace(task, 'search.rule', () => selectWeightsSettings(rule));
}

function checkLength(length: SearchSettings['length'], task: string): void {
  const names = { epochs: true, share: true } as const;
  checkPlace(task, 'search.length', () => checkOptions(length, names, 'place the end of the search'));
  const { epochs, share } = length as { readonly epochs?: number; readonly share?: number };
  if ((epochs === undefined) === (share === undefined)) {
    const came = epochs === undefined ? 'neither' : 'both';
    throw new TypeError(`Cannot ${task}: search.length requires epochs or share, ${came} came`);
  }
  if (epochs !== undefined) requireWhole(epochs, 1, 'search.length.epochs', task);
  if (share !== undefined) {
    requireNumber(share, share > 0 && share <= 1, 'above 0 and at most 1', 'search.length.share', task);
  }
}

function checkExponents(exponents: SearchSettings['exponents'], isDifference: boolean): void {
  const task = 'estimate windowed exponents';
  checkOptions(exponents, { ...lyapunovOptionNames, ...windowNames }, task);
  const { windows } = exponents;
  if (windows !== undefined) requireWhole(windows, 1, 'windows', task);
  windowStarts(0, windowDefaults(exponents, isDifference));
  // No setting of an estimator is right or wrong by the length of its window.
  createEstimator(1, exponents);
  if (readsDifference(exponents) && !isDifference) {
    throw new TypeError(
      `Cannot ${task}: estimator 'direct' requires a perturbation, null came; give one, or choose 'rosenstein' or 'kantz'`,
    );
  }
}

function checkTarget(
  { target, exponents, perturbation }: SearchSettings,
  hasValidation: boolean,
  task: string,
): void {
  checkPlace(task, 'search.target', () => checkOptions(target, targetNames, 'measure the target'));
  const { part, shift = 0, measure = 'misclassification' } = target;
  requireOneOf(part, ['train', 'validation', 'test'], 'search.target.part', task);
  requireOneOf(measure, ['misclassification', 'loss'], 'search.target.measure', task);
  const { first, window } = windowDefaults(exponents, perturbation !== null);
  requireWhole(shift, 1 - window - first, 'search.target.shift', task);
  if (part === 'validation' && !hasValidation) {
    throw new RangeError(
      `Cannot ${task}: the data set has no validation part, which search.target.part names`,
    );
  }
}
