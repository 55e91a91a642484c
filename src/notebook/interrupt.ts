let controller = new AbortController();
let isListening = false;

/** A signal that the next interrupt (stop button, Ctrl+C) aborts. Tasks started afterwards get a fresh one. */
export function interruptSignal(): AbortSignal {
  return controller.signal;
}

/** Turns interrupts of the kernel into aborted signals. */
export function watchInterrupts(): void {
  if (isListening) return;
  isListening = true;
  // Never during a cell's synchronous part: Node takes all SIGINT listeners away around it, and one that is added
  // meanwhile leaves the default in place, which ends the process at the next interrupt.
  setImmediate(() => {
    process.on('SIGINT', () => {
      const interrupted = controller;
      controller = new AbortController();
      interrupted.abort(new DOMException('Stopped by the reader', 'AbortError'));
    });
  });
}
