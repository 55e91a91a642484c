import { onSupportedNode } from './setup/nodeVersion.mjs';

// The fuzz tests of `npm test`, with 10 000 inputs a property instead of 500.
process.env.LEGCNET_FUZZ_RUNS ??= '10000';
process.argv.push('fuzz');

onSupportedNode(() => import('./commands/test.mjs'));
