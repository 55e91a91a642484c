import { onSupportedNode } from './setup/nodeVersion.mjs';

onSupportedNode(() => import('./commands/audit.mjs'));
