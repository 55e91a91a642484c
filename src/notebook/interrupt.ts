import { onCellStart } from './kernel';

let controller = new AbortController();
let isListening = false;
const listeners = new Set<() => void>();

/**
 * A signal that the next interrupt (stop button, Ctrl+C) aborts. Tasks of later cells get a fresh one; what the stopped
 * cell itself still starts, in a loop that swallows errors, stops at once.
 */
export function interruptSignal(): AbortSignal {
  return controller.signal;
}

/** Calls `listener` after every interrupt; the signal is aborted by then. */
export function onInterrupt(listener: () => void): void {
  listeners.add(listener);
}

/** Turns interrupts of the kernel into aborted signals. */
export function watchInterrupts(): void {
  if (isListening) return;
  isListening = true;
  onCellStart(() => {
    if (controller.signal.aborted) controller = new AbortController();
  });
  // Never during a cell's synchronous part: Node takes all SIGINT listeners away around it, and one that is added
  // meanwhile leaves the default in place, which ends the process at the next interrupt.
  setImmediate(() => {
    process.on('SIGINT', () => {
      controller.abort(new DOMException('Stopped by the reader', 'AbortError'));
      for (const listener of listeners) listener();
    });
  });
}
