import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/** Of what npm says, the code and the empty lines are left out. */
const ERROR_LINE = /error:|npm error (?!code|errno|syscall)./i;

const running = new Set();

/**
 * Runs a program and resolves to what it printed; rejects with a ProgramError when it fails.
 * With `show` its standard output goes to the terminal instead. `signal` ends it early.
 */
export function runProgram(program, args, { cwd, env = process.env, show = false, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      signal,
      stdio: ['ignore', show ? 'inherit' : 'pipe', 'pipe'],
    });
    let output = '';
    const keep = chunk => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr.on('data', keep);
    running.add(child);
    child.on('error', error => reject(new ProgramError(program, error.message, output)));
    child.on('close', (code, killedBy) => {
      running.delete(child);
      if (code === 0) resolve(output);
      else reject(new ProgramError(program, `ended with ${killedBy ?? `exit code ${code}`}`, output));
    });
  });
}

/** Ends whatever runProgram has started, for use when this process itself is told to end. */
export function stopPrograms() {
  for (const child of running) child.kill('SIGTERM');
}

export class ProgramError extends Error {
  constructor(program, what, output) {
    super(`${basename(program)} ${what}`);
    this.output = output.trim();
  }

  /** The first line that tells of an error, or else the last line. */
  get reason() {
    const lines = this.output.split('\n').filter(line => line.trim() !== '');
    const line = lines.find(text => ERROR_LINE.test(text)) ?? lines.at(-1);
    return line === undefined ? this.message : `${this.message}: ${line.trim()}`;
  }
}
