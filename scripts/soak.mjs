import { onSupportedNode } from './setup/nodeVersion.mjs';

// One analysis over and over in one process, ten minutes by default.
onSupportedNode(() => import('./commands/soak.mjs'));
