import { runCommand } from './runCommand.mjs';

await runCommand('report', ...process.argv.slice(2));
