import { onSupportedNode } from './setup/nodeVersion.mjs';

onSupportedNode(() => import('./commands/licences.mjs'));
