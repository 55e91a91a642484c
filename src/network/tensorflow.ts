import { setupCommand } from '../core/installation';
import { setTensorFlowDefaults } from '../core/tensorflowSettings';

/** The TensorFlow.js module, as `loadTensorFlow` loads it. */
export type TensorFlow = typeof import('@tensorflow/tfjs-node');

/**
 * TensorFlow with its native binding, loaded on first use (about a second): nothing else in the package needs it. Loaded by this
 * function it is quiet and always adds in the same order, so that trainings repeat; it is the copy that the package uses.
 *
 * @throws Error saying what is missing when the binding cannot be loaded
 * @example
 * import { loadTensorFlow } from 'legcnet';
 * const tf = await loadTensorFlow();
 * tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] }).countParams(); // 4
 */
export async function loadTensorFlow(): Promise<TensorFlow> {
  setTensorFlowDefaults();
  try {
    const loaded: { readonly default?: unknown } = await import('@tensorflow/tfjs-node');
    // Node's import() puts a CommonJS module under `default`.
    return (loaded.default ?? loaded) as TensorFlow;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new Error(
      `Cannot load @tensorflow/tfjs-node with its native binding, which \`${setupCommand}\` makes: ${reason}`,
      { cause },
    );
  }
}
