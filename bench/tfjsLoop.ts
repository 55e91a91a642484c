import type { Scalar, Tensor2D } from '@tensorflow/tfjs-node';
import type { Dataset } from '../src/data/dataset';
import type { Network } from '../src/network/network';
import { loadTensorFlow } from '../src/network/tensorflow';

/** What a training loop found, and how long it took. */
export interface LoopRun {
  readonly seconds: number;
  /** Of all threads of this process. */
  readonly processor: number;
  /** Mean squared error of the training part after the last epoch. */
  readonly loss: number;
}

/**
 * A network of sigmoids trained with TensorFlow.js as its users would write it, one `minimize` call a batch, every weight and bias
 * copied into one array that is there from the start, and loss and accuracies taken after each epoch.
 */
export async function tfjsLoop(
  network: Network,
  { train, test }: Dataset,
  epochs: number,
  learningRate: number,
  batch: number,
): Promise<LoopRun> {
  const tf = await loadTensorFlow();
  const { layers } = network;
  const tensor = ({ inputs, targets, rows }: typeof train): readonly [Tensor2D, Tensor2D] => [
    tf.tensor2d(Float32Array.from(inputs), [rows, layers[0]]),
    tf.tensor2d(Float32Array.from(targets), [rows, layers[layers.length - 1]]),
  ];
  const [inputs, targets] = tensor(train);
  const [testInputs, testTargets] = tensor(test);
  const batches = Array.from({ length: Math.ceil(train.rows / batch) }, (_, b) => {
    const count = Math.min(batch, train.rows - b * batch);
    return [inputs.slice(b * batch, count), targets.slice(b * batch, count)] as const;
  });
  // Tensors hold a layer's weights in x out, ours are out x in.
  const weights = network.weights.map((values, l) =>
    tf.variable(
      tf.tidy(() => tf.tensor2d(Float32Array.from(values), [layers[l + 1], layers[l]]).transpose<Tensor2D>()),
    ),
  );
  const biases = network.biases.map(values => tf.variable(tf.tensor1d(Float32Array.from(values))));
  const variables = [...weights, ...biases];
  const optimizer = tf.train.sgd(learningRate);
  const outputs = (x: Tensor2D): Tensor2D =>
    weights.reduce<Tensor2D>(
      (values, matrix, l) => tf.sigmoid(values.matMul<Tensor2D>(matrix as Tensor2D).add<Tensor2D>(biases[l])),
      x,
    );
  const lossOf = (x: Tensor2D, y: Tensor2D): Scalar => tf.squaredDifference(y, outputs(x)).mean<Scalar>();
  const accuracyOf = (x: Tensor2D, y: Tensor2D): number =>
    outputs(x).argMax(1).equal(y.argMax(1)).mean().dataSync()[0];

  const start = performance.now();
  const before = process.cpuUsage();
  const width = variables.reduce((sum, { size }) => sum + size, 0);
  const record = new Float32Array((epochs * batches.length + 1) * width); // iterates x parameters
  let at = 0;
  const keep = (): void => {
    for (const variable of variables) {
      record.set(variable.dataSync(), at);
      at += variable.size;
    }
  };
  let loss = Number.NaN;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const [x, y] of batches) {
      keep();
      tf.tidy(() => {
        optimizer.minimize(() => lossOf(x, y));
      });
    }
    tf.tidy(() => {
      loss = lossOf(inputs, targets).dataSync()[0];
      accuracyOf(inputs, targets);
      accuracyOf(testInputs, testTargets);
    });
  }
  keep();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  tf.dispose([inputs, targets, testInputs, testTargets, ...variables, ...batches.flat()]);
  return { seconds, processor: (user + system) / 1e6, loss };
}
