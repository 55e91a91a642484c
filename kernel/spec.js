'use strict';

// Plain JavaScript, because set-up writes the kernel before anything is compiled; `legcnet kernel` uses it too.

const { join } = require('node:path');

/** Megabytes of the JavaScript heap. Recordings lie outside of it, in memory of their own. */
const DEFAULT_HEAP = 4096;

/** The kernel's folder inside `share/jupyter` of a prefix, or inside Jupyter's folder of a user. */
exports.kernelFolder = join('kernels', 'legcnet');

/**
 * Content of kernel.json: our starter by absolute path, run by this Node, so that it works from any folder and any PATH,
 * with room for large results and a quiet TensorFlow.
 */
exports.kernelSpec = function kernelSpec(heap = DEFAULT_HEAP) {
  const spec = {
    argv: [
      process.execPath,
      `--max-old-space-size=${heap}`,
      join(__dirname, 'start.js'),
      '{connection_file}',
    ],
    display_name: 'TypeScript (legcnet)',
    language: 'typescript',
    interrupt_mode: 'signal',
    env: { TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '0' },
    metadata: { legcnet: { heap } },
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
};
