import { onSupportedNode } from './setup/nodeVersion.mjs';

onSupportedNode(() => import('./commands/report.mjs'));
