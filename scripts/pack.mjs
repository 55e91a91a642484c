import { onSupportedNode } from './setup/nodeVersion.mjs';

onSupportedNode(() => import('./commands/pack.mjs'));
