/** A signal that Ctrl+C and a scheduler's SIGTERM abort with this sentence; a second one ends the process at once. */
export function stopSignal(sentence: string): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort(new Error(sentence)));
  }
  return controller.signal;
}
