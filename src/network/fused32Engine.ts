import { availableParallelism } from 'node:os';
import type { Part } from '../data/dataset';
import { createMlp32 } from '../kernels/mlp32';
import { rowLoss } from '../kernels/mlpLoss';
import { keepOutputs } from '../kernels/mlpPredict';
import { removedWeights } from './applyMask';
import type { Engine } from './engine';
import type { StepSettings } from './fusedEngine';
import type { Network } from './network';
import { flattenParameters } from './parameters';
import { networkWorkspace } from './predict';

/**
 * Trains in float32 with our own kernels. The network is rounded to float32 at the start; the loss of an epoch is summed in
 * float64 over outputs in float32.
 */
export function fused32Engine(network: Network, part: Part, settings: StepSettings, threads: number): Engine {
  const { learningRate, momentum, loss } = settings;
  const workspace = networkWorkspace(network);
  const removed = removedWeights(network.mask);
  const initial = flattenParameters(network);
  const mlp = createMlp32(workspace, initial, part, {
    learningRate,
    momentum,
    loss,
    removed,
    // One that has to wait for a processor is waited for by all others.
    helpers: Math.min(threads, availableParallelism()) - 1,
  });
  const parameters = new Float64Array(initial.length);
  const kept = new Map<Part, Float64Array>();
  return {
    parameters() {
      parameters.set(mlp.parameters());
      return parameters;
    },
    float32: () => mlp.parameters(),
    step: (order, from, to) => mlp.step(order, from, to),
    evaluate(other) {
      const { rows, targets } = other;
      const outputs = kept.get(other) ?? new Float64Array(rows * workspace.logits.length); // rows x outputs
      kept.set(other, outputs);
      let sum = 0;
      mlp.forward(other, row => {
        keepOutputs(workspace, row, outputs);
        sum += rowLoss(workspace, targets, row, loss);
      });
      return { loss: sum / rows, outputs };
    },
    dispose: () => mlp.dispose(),
  };
}
