'use strict';

// Plain JavaScript, because set-up asks before anything is compiled; the compiled package asks too.

const { basename, dirname, join } = require('node:path');

const root = dirname(__dirname);

/** Whether npm has put this package among a project's modules; otherwise it is a clone, with sources and tests. */
exports.isInstalled = basename(dirname(root)) === 'node_modules';

/** Where set-up keeps what it makes for this copy alone: inside the clone, or inside the project's own node_modules. */
exports.ownFolder = exports.isInstalled ? join(dirname(root), '.cache', 'legcnet') : root;

/** The Python environment with JupyterLab that set-up makes for this copy. */
exports.ownEnvironment = join(exports.ownFolder, '.venv');
