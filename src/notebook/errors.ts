import { AssertionError } from 'node:assert';
import type { InspectOptions } from 'node:util';
import { packageRoot } from '../core/packageRoot';
import { cellLine, nameCells } from './cellSource';
import { isCalledByTslab } from './kernel';

const inspectHook = Symbol.for('nodejs.util.inspect.custom');

type Inspect = (
  this: Error,
  depth: number,
  options: InspectOptions,
  inspect: (value: unknown, options: InspectOptions) => string,
) => unknown;

let isClear = false;

/**
 * Makes errors that end a cell, and those that nobody handled, begin with one line that says all; errors that the reader
 * prints look as ever. tslab prints what it catches, so the prototype's inspect hook is where one can step in.
 */
export function clarifyErrors(): void {
  if (isClear) return;
  isClear = true;
  nameCells();
  for (const prototype of [Error.prototype, AssertionError.prototype]) {
    const earlier = (prototype as { [inspectHook]?: Inspect })[inspectHook];
    const inspectError: Inspect = function (depth, options, inspect) {
      if (depth === 2 && isCalledByTslab(/^(executor|main)\.js$/)) return errorReport(this);
      // Node takes an object that returns itself for one without a hook.
      return earlier === undefined ? this : earlier.call(this, depth, options, inspect);
    };
    Object.defineProperty(prototype, inspectHook, {
      value: inspectError,
      configurable: true,
      writable: true,
    });
  }
}

/** Frames that tell a reader nothing: Node's, the kernel's and ours. `error.stack` still has them. */
const hiddenFrames = [
  /\(?node:/,
  /[\\/]node_modules[\\/](tslab|commander|@tslab)[\\/]/,
  // Built-in functions: `at Array.map (<anonymous>)`, `at async Promise.all (index 0)`.
  /\((<anonymous>|index \d+)\)$/,
];
const ownCode = [`${packageRoot}/dist/src/`, `${packageRoot}\\dist\\src\\`, `${packageRoot}/kernel/`];

/**
 * An error as a cell shows it: name, message and causes in one line, then the stack, with lines of cells as the reader
 * wrote them.
 */
export function errorReport(error: Error): string {
  if (isInterrupt(error)) return 'Interrupted: the cell was stopped.';
  const causes = causesOf(error).map(cause => ` (caused by ${headOf(cause).split('\n')[0]})`);
  const parts = error instanceof AggregateError ? error.errors.slice(0, 5) : [];
  return [
    headOf(error) + causes.join(''),
    ...parts.map(part => `  - ${headOf(part).split('\n')[0]}`),
    ...framesOf(error),
  ].join('\n');
}

/** Both ways in which tslab ends a cell at the stop button: while code runs, and while it waits. */
function isInterrupt(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED' || error.message === 'Interrupted asynchronously';
}

function headOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  const title = name === 'Error' ? (error.constructor?.name ?? name) : name;
  return message === '' ? title : `${title}: ${message}`;
}

function causesOf(error: Error): unknown[] {
  const causes: unknown[] = [];
  for (let cause = error.cause; cause !== undefined && causes.length < 5; ) {
    // Many messages quote what caused them.
    if (!(cause instanceof Error && cause.message !== '' && error.message.includes(cause.message)))
      causes.push(cause);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}

function framesOf({ stack }: Error): string[] {
  if (typeof stack !== 'string') return [];
  return stack.split('\n').flatMap(frame => {
    if (!/^\s+at /.test(frame) || hiddenFrames.some(hidden => hidden.test(frame))) return [];
    if (ownCode.some(folder => frame.includes(folder))) return [];
    const inCell = /^\s+at (?:(.*) \(|async )?(cell \d+):(\d+):\d+\)?$/.exec(frame);
    if (inCell === null) return [frame];
    const [, caller, cell, line] = inCell;
    const place = cellLine(cell, Number(line));
    // The call of the function that tslab wraps a cell in.
    if (place === null || place.text.startsWith('})(__tslab__')) return [];
    const where = place.line === null ? cell : `${cell}, line ${place.line}`;
    // Functions of earlier cells are methods of the object that tslab keeps them in.
    const inside = caller === undefined ? '' : `, in ${caller.replace(/^(async )?(Proxy|Object)\./, '$1')}`;
    return [`    at ${where}${inside}: ${place.text}`];
  });
}
