import { onSupportedNode } from './setup/nodeVersion.mjs';

// The fuzz tests of `npm test`, with 10 000 inputs a property instead of 500 and 100 000 damaged files a reader instead of 5000:
// all, or those of the rooms that are named.
process.env.LEGCNET_FUZZ_RUNS ??= '10000';
process.env.LEGCNET_TEST_MINUTES ??= '60';
const rooms = process.argv.splice(2);
process.argv.push(...(rooms.length === 0 ? ['fuzz'] : rooms.map(room => `${room}/fuzz`)));

onSupportedNode(() => import('./commands/test.mjs'));
