import { place } from '../setup/place.mjs';
import { report } from '../setup/report.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { labSteps, steps } from '../setup/steps.mjs';

const OPTIONS = ['--check', '--lab', '--help'];
const command = place.isInstalled ? place.setupCommand : `${place.setupCommand} --`;

const HELP = `${place.setupCommand.padEnd(30)}make everything that is not valid yet
${`${command} STEP ...`.padEnd(30)}only these steps
${`${command} --lab`.padEnd(30)}what a JupyterLab of our own needs, with the kernel in it alone
${`${command} --check`.padEnd(30)}say which steps are valid, change nothing
${`${command} --help`.padEnd(30)}this text

Steps, in order:
${steps.map(({ name, title }) => `  ${name.padEnd(12)}${title}`).join('\n')}`;

const words = process.argv.slice(2);
const options = words.filter(word => word.startsWith('-'));
const names = words.filter(word => !word.startsWith('-'));
const offered = options.includes('--lab') ? labSteps : steps;
const wrong = [
  ...options.filter(option => !OPTIONS.includes(option)),
  ...names.filter(name => !offered.some(step => step.name === name)),
];
const chosen = names.length === 0 ? offered : offered.filter(step => names.includes(step.name));

if (wrong.length > 0) {
  console.error(`There is no ${wrong.join(', ')}.\n\n${HELP}`);
  process.exitCode = 1;
} else if (options.includes('--help')) {
  console.log(HELP);
} else if (options.includes('--check')) {
  process.exitCode = checkAll() ? 0 : 1;
} else {
  process.exitCode = (await runSteps(chosen)) ? 0 : 1;
}

function checkAll() {
  const states = chosen.map(step => step.check());
  chosen.forEach((step, i) => {
    report.state(step.title, states[i]);
  });
  return states.every(state => state === null);
}
