import { place } from '../place.mjs';
import { runProgram } from '../runProgram.mjs';

const PROGRAM = `
const tf = require('@tensorflow/tfjs-node');
const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).arraySync();
if (tf.getBackend() !== 'tensorflow') throw new Error('the backend is ' + tf.getBackend());
if (String(product) !== '19,22,43,50') throw new Error('a matrix product came out as ' + product);
`;

/** Multiplies two matrices with TensorFlow in a process of its own; rejects when that fails. */
export function multiplyMatrices() {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '0' };
  return runProgram(process.execPath, ['-e', PROGRAM], { cwd: place.root, env });
}
