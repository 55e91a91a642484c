import { place } from './place.mjs';

const CLEAR_LINE = '\r\x1b[K';

/** What set-up says on the terminal: one line for each step. */
export const report = {
  isTerminal: process.stdout.isTTY === true,

  /** On a terminal, names the step at work until its line is there. */
  begin(title) {
    if (report.isTerminal) process.stdout.write(`${CLEAR_LINE}… ${title}`);
  },

  note(text) {
    print(`  ${text}`);
  },

  done(title, text, start) {
    print(`✓ ${title}: ${text} (${seconds(start)})`);
  },

  failed(title, error, start) {
    print(`✗ ${title}: failed (${seconds(start)})`);
    print(`  Tried:   ${error.tried ?? 'this step'}`);
    print(`  Problem: ${error.message}`);
    print(`  Remedy:  ${error.remedy ?? `Correct that and run \`${place.setupCommand}\` again.`}`);
    if (error.output) print(error.output);
  },

  stopped() {
    print('stopped; run it again to go on');
  },

  state(title, state) {
    print(state === null ? `✓ ${title}: valid` : `✗ ${title}: ${state.state}, ${state.why}`);
  },
};

function print(line) {
  console.log(report.isTerminal ? `${CLEAR_LINE}${line}` : line);
}

function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
