import { join } from 'node:path';

/** The folder that holds package.json, `data` and `notebooks`; this file is compiled to `dist/src/core`. */
export const packageRoot: string = join(__dirname, '..', '..', '..');
