import { runCommand } from './runCommand.mjs';

// Executes notebooks/00-quickstart.ts, which leaves its notebook and page in reports/.
await runCommand('notebook', 'quickstart');
console.log(`Total time: ${process.uptime().toFixed(1)} s`);
