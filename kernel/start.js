'use strict';

// What kernel.json starts: `node start.js CONNECTION_FILE`.

const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');

const compiled = join(__dirname, '..', 'dist', 'src', 'notebook', 'startKernel.js');
if (!existsSync(compiled)) {
  console.error(`legcnet is not built: run \`npm run build\` in ${dirname(__dirname)}`);
  process.exit(1);
}
require(compiled).startKernel(process.argv[2]);
