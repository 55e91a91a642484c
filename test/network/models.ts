import type { LayersModel } from '@tensorflow/tfjs-node';
import type { Dataset } from '../../src/data/dataset';
import { datasetFromArrays } from '../../src/data/datasetFromArrays';
import { loadTensorFlow, type TensorFlow } from '../../src/network/tensorflow';
import { randomStream } from '../../src/statistics/random';

/** Sixty images of 5 x 5 with a bright row, column or diagonal, and noise. */
export function stripes(classes = 3): Dataset {
  const random = randomStream(5, 'stripes');
  const labels = Array.from({ length: 60 }, (_, i) => i % classes);
  const images = labels.map(label => {
    const at = Math.floor(5 * random());
    return Array.from({ length: 25 }, (_, pixel) => {
      const [row, column] = [Math.floor(pixel / 5), pixel % 5];
      const isLit = [row === at, column === at, row === column][label];
      return (isLit ? 1 : 0) + 0.3 * random();
    });
  });
  return datasetFromArrays(images, labels, { name: 'stripes', scaling: 'none' });
}

/** A convolution, a batch normalisation and a dense layer: 3 x 3 x 4 + 36 x 3 weights, compiled with Adam. */
export async function smallConvNet(optimizer: 'adam' | 'sgd' = 'adam'): Promise<LayersModel> {
  const tf = await loadTensorFlow();
  const model = convLayers(tf);
  model.compile({ optimizer, loss: 'categoricalCrossentropy' });
  return model;
}

/** The same, not compiled. */
export function convLayers({ sequential, layers, initializers }: TensorFlow): LayersModel {
  const kernelInitializer = initializers.glorotUniform({ seed: 3 });
  return sequential({
    name: 'small',
    layers: [
      layers.conv2d({
        name: 'conv',
        inputShape: [5, 5, 1],
        filters: 4,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer,
      }),
      layers.batchNormalization({}),
      layers.flatten(),
      layers.dense({ name: 'out', units: 3, activation: 'softmax', kernelInitializer }),
    ],
  });
}
