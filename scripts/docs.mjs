import { onSupportedNode } from './setup/nodeVersion.mjs';

onSupportedNode(() => import('./commands/docs.mjs'));
