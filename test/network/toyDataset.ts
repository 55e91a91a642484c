import type { Dataset, Part } from '../../src/data/dataset';
import { randomStream } from '../../src/statistics/random';

/** A small made-up part: inputs uniform on [-1, 1), one in five set to 0; the class follows the sign of the first inputs. */
export function toyPart(rows: number, inputs: number, outputs: number, seed: number): Part {
  const random = randomStream(seed, 'toy');
  const values = Float64Array.from({ length: rows * inputs }, () => (random() < 0.2 ? 0 : 2 * random() - 1));
  const labels = Int32Array.from({ length: rows }, (_, row) => {
    if (outputs === 1) return values[row * inputs] > 0 ? 1 : 0;
    return Math.floor(random() * 0.3 * outputs + 0.7 * outputs * (0.5 + 0.49 * values[row * inputs]));
  });
  const targets = new Float64Array(rows * outputs);
  labels.forEach((label, row) => {
    if (outputs === 1) targets[row] = label;
    else targets[row * outputs + label] = 1;
  });
  return {
    rows,
    inputs: values,
    labels,
    targets,
    sourceRows: Int32Array.from({ length: rows }, (_, row) => row),
  };
}

/** Forty training, ten validation and ten test rows. */
export function toyDataset(inputs = 4, outputs = 3): Dataset {
  return {
    kind: 'dataset',
    name: 'toy',
    procedure: 'sound',
    seed: 1,
    features: Array.from({ length: inputs }, (_, i) => `x${i}`),
    classes: Array.from({ length: Math.max(2, outputs) }, (_, c) => `class ${c}`),
    outputs,
    train: toyPart(40, inputs, outputs, 1),
    validation: toyPart(10, inputs, outputs, 2),
    test: toyPart(10, inputs, outputs, 3),
    split: 'made up',
    scaling: 'none',
    table: undefined as never,
  };
}
