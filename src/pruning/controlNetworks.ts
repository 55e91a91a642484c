import { checkOptions, type OptionNames } from '../core/options';
import { requireKind } from '../core/require';
import { result } from '../core/result';
import { applyMask } from '../network/applyMask';
import { createNetwork } from '../network/createNetwork';
import type { Mask } from '../network/mask';
import { macs } from '../network/metrics';
import type { Network } from '../network/network';
import { checkMaskFits } from '../network/networkFromWeights';
import { invertedMask } from './invertedMask';
import { randomMask } from './randomMask';
import { type ReinitialiseOptions, reinitialise, reinitialiseOptionNames } from './reinitialise';
import type { PruningScores } from './scores';
import { shuffledMask } from './shuffledMask';
import { smallerDense } from './smallerDense';

/**
 * Names of all controls, in the order in which they are made.
 *
 * @example
 * import { controlNames } from 'legcnet';
 * controlNames[1]; // 'shuffled'
 */
export const controlNames: readonly ControlName[] = [
  'random',
  'shuffled',
  'shuffled-tested',
  'inverted',
  'reinitialised',
  'smaller-dense',
];

/**
 * What stands against a pruned network.
 * - `random`: as many weights removed, anywhere
 * - `shuffled`: as many of every layer, which ones by chance; the decisive one
 * - `shuffled-tested`: as many of every layer, by chance among the weights that have a score; where all have one it would be
 *   `shuffled` and is not made
 * - `inverted`: as many of every layer, from the other end of the scores
 * - `reinitialised`: the same mask on fresh initial weights
 * - `smaller-dense`: no mask, fewer hidden units, about as many weights
 */
export type ControlName =
  | 'random'
  | 'shuffled'
  | 'shuffled-tested'
  | 'inverted'
  | 'reinitialised'
  | 'smaller-dense';

/** One control, ready for `train`. */
export interface ControlNetwork {
  /** Which control it is. */
  readonly name: ControlName;
  /** What it would show to do as well as the pruned network. */
  readonly asks: string;
  /** To be trained as the pruned network is. */
  readonly network: Network;
  /** Weights left (MACs); of `smaller-dense` only about as many as the others have. */
  readonly weights: number;
}

/** The controls to one pruned network. */
export interface ControlNetworks {
  readonly kind: 'control-networks';
  /** The rule of the mask that they stand against. */
  readonly rule: string;
  /** Weights that it leaves. */
  readonly weights: number;
  /** Seed of all draws. */
  readonly seed: number;
  /** In the order of `controlNames`. */
  readonly controls: readonly ControlNetwork[];
}

/** How the controls of a mask are drawn. */
export interface ControlNetworksOptions extends ReinitialiseOptions {
  /** Seed of every draw: random and shuffled mask, fresh weights. */
  readonly seed: number;
  /** What the mask was made from; without scores there is no `inverted` and no `shuffled-tested` control. */
  readonly scores?: PruningScores;
}

const controlNetworksOptionNames: OptionNames<ControlNetworksOptions> = {
  ...reinitialiseOptionNames,
  scores: true,
};

/**
 * All controls to a mask, to be trained as the pruned network is. `smaller-dense` is left out where there is no hidden layer,
 * `inverted` where no scores are given, `shuffled-tested` where no weight is without a score.
 *
 * @param network the dense network before training (or the one rewound to) that the mask is for
 * @throws TypeError when the mask does not fit; RangeError for a network that wears a mask: weights once removed cannot be
 *   brought back to shuffle them
 * @example
 * import { controlNetworks, createNetwork, randomMask } from 'legcnet';
 * const network = createNetwork({ layers: [9, 6, 1], seed: 1 });
 * const mask = randomMask(network, { share: 0.4, seed: 1 });
 * const { controls } = controlNetworks(network, mask, { init: { name: 'normal', sd: 0.1 }, seed: 7 });
 * controls.map(({ name }) => name); // ['random', 'shuffled', 'reinitialised', 'smaller-dense']
 */
export function controlNetworks(
  network: Network,
  mask: Mask,
  options: ControlNetworksOptions,
): ControlNetworks {
  const task = 'make controls';
  requireKind(network, 'network', task);
  requireKind(mask, 'mask', task);
  checkOptions(options, controlNetworksOptionNames, task);
  checkMaskFits(mask, network.layers);
  if (network.mask !== null) {
    throw new RangeError(`Cannot ${task}: the dense network is required, one with a mask came`);
  }
  const { init, seed, scores } = options;
  const { layers, activation, output } = network;
  const left = mask.kept.length - mask.removed;
  const make = (name: ControlName, asks: string, control: Network): ControlNetwork => ({
    name,
    asks,
    network: control,
    weights: macs(control),
  });
  const controls = [
    make(
      'random',
      'does any mask of this size do?',
      applyMask(network, randomMask(layers, { count: mask.removed, seed })),
    ),
    make(
      'shuffled',
      'does any mask with these numbers per layer do?',
      applyMask(network, shuffledMask(mask, { seed })),
    ),
  ];
  if (scores !== undefined && scores.unanswered > 0) {
    const tested = applyMask(network, shuffledMask(mask, { seed, scores }));
    controls.push(make('shuffled-tested', 'does any choice among the weights that were tested do?', tested));
  }
  if (scores !== undefined) {
    const inverse = applyMask(network, invertedMask(mask, scores));
    controls.push(make('inverted', 'does the order of the weights matter?', inverse));
  }
  const fresh = reinitialise(network, mask, { init, seed });
  controls.push(make('reinitialised', 'do the initial weights matter?', fresh));
  if (layers.length > 2) {
    const smaller = createNetwork({
      layers: smallerDense(layers, left).layers,
      activation,
      output,
      init,
      seed,
    });
    controls.push(make('smaller-dense', 'does a smaller network do, without any mask?', smaller));
  }
  return result({ kind: 'control-networks', rule: mask.rule, weights: left, seed, controls });
}
