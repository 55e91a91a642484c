import { runCommand } from './runCommand.mjs';

await runCommand('notebooks', ...process.argv.slice(2));
