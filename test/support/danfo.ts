import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const binding = join(
  dirname(require.resolve('@tensorflow/tfjs-node/package.json')),
  'lib',
  'napi-v8',
  'tfjs_binding.node',
);

/** Why tests that need danfo are skipped, or false where TensorFlow's native binding is built. */
export const danfoSkip: string | false = existsSync(binding)
  ? false
  : "TensorFlow's native binding is not built";
