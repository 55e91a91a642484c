import { onSupportedNode } from './setup/nodeVersion.mjs';

onSupportedNode(() => import('./commands/notebooks.mjs'));
