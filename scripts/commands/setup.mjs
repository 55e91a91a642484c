import { report } from '../setup/report.mjs';
import { runSteps } from '../setup/runSteps.mjs';
import { steps } from '../setup/steps.mjs';

const HELP = `npm run setup                 make everything that is not valid yet
npm run setup -- STEP ...     only these steps
npm run setup -- --check      say which steps are valid, change nothing
npm run setup -- --help       this text

Steps, in order:
${steps.map(({ name, title }) => `  ${name.padEnd(12)}${title}`).join('\n')}`;

const words = process.argv.slice(2);
const options = words.filter(word => word.startsWith('-'));
const names = words.filter(word => !word.startsWith('-'));
const wrong = [
  ...options.filter(option => !['--check', '--help'].includes(option)),
  ...names.filter(name => !steps.some(step => step.name === name)),
];
const chosen = names.length === 0 ? steps : steps.filter(step => names.includes(step.name));

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
