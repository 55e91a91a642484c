import { auditUsers } from '../package/audit.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { steps } from '../setup/steps.mjs';

const needed = steps.filter(({ name }) => ['node', 'npm', 'build'].includes(name));
if (await runSteps(needed, { brief: true })) tell(await auditUsers());
else process.exitCode = 1;

/** Only a high or critical advisory fails; that the registry does not answer is said, and is not our fault. */
function tell({ answered, reason, found }) {
  if (!answered) {
    console.log(`NOT ANSWERED: ${reason}`);
    console.log('This run says nothing about advisories: repeat it where the registry answers `npm audit`.');
    return;
  }
  for (const { name, severity, range, titles } of found) {
    console.log(`${severity}: ${name} ${range}${titles.map(title => `\n  ${title}`).join('')}`);
  }
  const bad = found.filter(({ severity }) => severity === 'high' || severity === 'critical');
  console.log(`${found.length} advisories for what users install, ${bad.length} of them high or critical.`);
  if (bad.length > 0) process.exitCode = 1;
}
