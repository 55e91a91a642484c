import { describeValue } from '../core/require';
import type { Model } from './model';
import type { ModelSettings } from './modelSettings';
import type { Network } from './network';
import type { TrainingSettings } from './trainingSettings';

/** What can be trained, recorded and pruned: a dense network of ours, or a captured TensorFlow.js model. */
export type Trainable = Network | Model;

/** Settings of a run of one or the other. */
export type SettingsOf<T extends Trainable> = T extends Network ? TrainingSettings : ModelSettings;

/** Numbers that a row takes and gives. */
export interface Ports {
  readonly inputs: number;
  readonly outputs: number;
}

export function portsOf(network: Trainable): Ports {
  if (network.kind === 'network') {
    const { layers } = network;
    return { inputs: layers[0], outputs: layers[layers.length - 1] };
  }
  const { inputShape, outputs } = network.architecture;
  return { inputs: inputShape.reduce((product, size) => product * size, 1), outputs };
}

/** @throws TypeError unless the value is a network or a model */
export function requireTrainable(value: { readonly kind: string }, task: string): void {
  const kind = (value as typeof value | null | undefined)?.kind;
  if (kind !== 'network' && kind !== 'model') {
    throw new TypeError(`Cannot ${task}: a network is required, ${describeValue(value)} came`);
  }
}
