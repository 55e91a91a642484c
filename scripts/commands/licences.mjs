import { writeFileSync } from 'node:fs';
import { forbidden, licencesFile, licencesText, npmLicences, pythonLicences } from '../package/licences.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { labSteps } from '../setup/steps.mjs';

const needed = labSteps.filter(({ name }) => ['node', 'python', 'npm'].includes(name));
if (await runSteps(needed, { brief: true })) {
  const [npm, python] = [npmLicences(), await pythonLicences()];
  const wrong = forbidden([...npm, ...python]);
  for (const { name, version, licence } of wrong)
    console.error(`${name} ${version}: ${licence} is not allowed`);
  writeFileSync(licencesFile, licencesText(npm, python));
  console.log(`${licencesFile}: ${npm.length} packages from npm, ${python.length} Python packages`);
  if (wrong.length > 0) process.exitCode = 1;
} else process.exitCode = 1;
