import type { Engine } from './engine';
import type { PairEngine } from './fusedPair';

/**
 * Two engines that take every step together; their difference cannot be rescaled. When the second cannot be made, the first
 * is disposed of.
 */
export async function lockStep(
  makeFirst: () => Promise<Engine>,
  makeSecond: () => Promise<Engine>,
): Promise<PairEngine> {
  const first = await makeFirst();
  const second = await makeSecond().catch((error: unknown) => {
    first.dispose();
    throw error;
  });
  return {
    parameters: () => first.parameters(),
    step(order, from, to) {
      first.step(order, from, to);
      second.step(order, from, to);
    },
    evaluate: part => first.evaluate(part),
    difference(out) {
      const [a, b] = [first.parameters(), second.parameters()];
      for (let k = 0; k < out.length; k++) out[k] = b[k] - a[k];
    },
    rescale() {
      throw new Error('This pair cannot be rescaled');
    },
    dispose() {
      first.dispose();
      second.dispose();
    },
  };
}
