import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-node';
import type { Dataset } from '../src/data/dataset';
import { datasetFromArrays } from '../src/data/datasetFromArrays';
import { loadTensorFlow } from '../src/network/tensorflow';
import { randomStream } from '../src/statistics/random';

const SIDE = 12;
const CLASSES = 10;

/** Images of 12 x 12 like digits: each class has a drawn shape of its own, shifted and with noise on it. */
export function drawnImages(rows: number): Dataset {
  const random = randomStream(1, 'drawn images');
  const shapes = Array.from({ length: CLASSES }, () =>
    Array.from({ length: 64 }, () => Number(random() < 0.3)),
  );
  const labels = Array.from({ length: rows }, (_, row) => row % CLASSES);
  const images = labels.map(label => {
    const [down, right] = [Math.floor(5 * random()), Math.floor(5 * random())];
    return Array.from({ length: SIDE * SIDE }, (_, pixel) => {
      const [y, x] = [Math.floor(pixel / SIDE) - down, (pixel % SIDE) - right];
      const isInside = y >= 0 && y < 8 && x >= 0 && x < 8;
      return (isInside ? shapes[label][8 * y + x] : 0) + 0.2 * random();
    });
  });
  return datasetFromArrays(images, labels, { name: 'drawn images', scaling: 'none' });
}

/**
 * A small residual network for them, compiled with Adam: a convolution, four blocks of two with a way around, the mean over the
 * image, a dense layer. The blocks have `width`, 2, 4 and 6.75 times as many filters: 1,003,984 weights for 32, 1,023 for 1.
 */
export async function resNet(width = 32): Promise<LayersModel> {
  const tf = await loadTensorFlow();
  const { layers } = tf;
  let seed = 1;
  const kernelInitializer = () => tf.initializers.heNormal({ seed: seed++ });
  const conv = (filters: number, kernelSize: number, strides: number) =>
    layers.conv2d({ filters, kernelSize, strides, padding: 'same', kernelInitializer: kernelInitializer() });
  const relu = (x: SymbolicTensor) => layers.reLU().apply(x) as SymbolicTensor;
  const block = (x: SymbolicTensor, filters: number, strides: number): SymbolicTensor => {
    const first = relu(conv(filters, 3, strides).apply(x) as SymbolicTensor);
    const second = conv(filters, 3, 1).apply(first) as SymbolicTensor;
    const around = strides === 1 ? x : (conv(filters, 1, strides).apply(x) as SymbolicTensor);
    return relu(layers.add().apply([second, around]) as SymbolicTensor);
  };
  const input = tf.input({ shape: [SIDE, SIDE, 1] });
  let x = relu(conv(width, 3, 2).apply(input) as SymbolicTensor);
  x = block(x, width, 1);
  x = block(x, 2 * width, 2);
  x = block(x, 4 * width, 2);
  x = block(x, Math.round(6.75 * width), 2);
  x = layers.globalAveragePooling2d({}).apply(x) as SymbolicTensor;
  const dense = layers.dense({
    units: CLASSES,
    activation: 'softmax',
    kernelInitializer: kernelInitializer(),
  });
  const model = tf.model({
    inputs: input,
    outputs: dense.apply(x) as SymbolicTensor,
    name: `resnet${width}`,
  });
  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' });
  return model;
}
