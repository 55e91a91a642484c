import { type FrameLike, table } from './table';
import { tableBundle } from './tableBundle';
import { showItself } from './views';

const inspectHook = Symbol.for('nodejs.util.inspect.custom');
let isWatching = false;

/**
 * Lets danfo's data frames and series show themselves as our tables. danfo is not ours and takes seconds to load, so
 * nothing is done to it before the first of them is printed: then its class gets an inspect hook, as our results have.
 */
export function showFrames(): void {
  if (isWatching) return;
  isWatching = true;
  const { log } = console;
  console.log = (...values: unknown[]) => {
    for (const value of values) if (isFrame(value)) hookFrame(value);
    log.apply(console, values);
  };
}

/** By its class's name and parts, because there may be several copies of danfo, or none. */
function isFrame(value: unknown): value is FrameLike {
  if (typeof value !== 'object' || value === null) return false;
  if (!/^(DataFrame|Series)$/.test(value.constructor?.name ?? '')) return false;
  const { columns, values } = value as FrameLike;
  return Array.isArray(columns) && Array.isArray(values);
}

function hookFrame(frame: FrameLike): void {
  const prototype = Object.getPrototypeOf(frame);
  if (inspectHook in prototype) return;
  Object.defineProperty(prototype, inspectHook, { value: inspectFrame, enumerable: false });
}

function inspectFrame(this: FrameLike, depth: number): string {
  return showItself(tableBundle(table(this)), { kind: 'table' }, depth);
}
