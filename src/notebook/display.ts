import { currentWriter, onCellEnd, type WriteDisplay } from './kernel';
import { flushStreams } from './stdout';

/** One thing in several formats, by MIME type; the frontend takes the best it can show. `text/plain` is required. */
export interface DisplayBundle {
  /** For terminals, logs and readers without the rest. */
  readonly 'text/plain': string;
  /** A fragment of a page. */
  readonly 'text/html'?: string;
  /** Base64. */
  readonly 'image/png'?: string;
  /** Traces and layout. */
  readonly 'application/vnd.plotly.v1+json'?: object;
  /** The numbers behind a table, for tools that read the notebook; no frontend draws it. */
  readonly 'application/vnd.legcnet.v1+json'?: object;
}

/** What a display shows, for tools that read the notebook; its metadata `legcnet`. */
export interface DisplaySubject {
  /** The `kind` of a result. */
  readonly kind?: string;
  /** What of it differs from the paper without a reason. */
  readonly unexplained?: readonly string[];
}

/** Where a display goes, and whether it replaces an earlier one. */
export interface DisplayOptions extends DisplaySubject {
  /** A name for this place in the notebook, so that it can be replaced. Default: none. */
  readonly id?: string;
  /** Replaces what was shown under `id` before, at most ten times a second; the last one always arrives. Default false. */
  readonly update?: boolean;
}

interface WaitingUpdate {
  readonly write: WriteDisplay;
  readonly bundle: DisplayBundle;
  readonly options: DisplayOptions;
}

const UPDATE_EVERY_MS = 100;
const displayListeners = new Set<(bundle: DisplayBundle) => void>();
const waiting = new Map<string, WaitingUpdate>();
const lastSent = new Map<string, number>();
let timer: NodeJS.Timeout | null = null;

onCellEnd(() => {
  flushUpdates();
  lastSent.clear();
});

/**
 * Shows a bundle below the running cell; outside a notebook prints its text.
 *
 * @throws RangeError for an update without an id
 * @example
 * import { display } from 'legcnet';
 * display({ 'text/plain': 'ln 2 = 0.693', 'text/html': '<b>ln 2</b> = 0.693' }); // undefined, but shown
 */
export function display(bundle: DisplayBundle, options: DisplayOptions = {}): void {
  displayWith(currentWriter(), bundle, options);
}

/** `display` through a writer taken earlier, which keeps a long task's output in its own cell. */
export function displayWith(
  write: WriteDisplay | null,
  bundle: DisplayBundle,
  options: DisplayOptions,
): void {
  const { id, update = false } = options;
  if (update && id === undefined) throw new RangeError('A display is updated by its id, got none');
  if (write === null) {
    if (!update) console.log(bundle['text/plain']);
    return;
  }
  if (id === undefined || !update) {
    send(write, bundle, options);
    return;
  }
  waiting.set(id, { write, bundle, options });
  const wait = UPDATE_EVERY_MS - (performance.now() - (lastSent.get(id) ?? Number.NEGATIVE_INFINITY));
  if (wait <= 0) flushUpdate(id);
  else timer ??= setTimeout(flushUpdates, wait).unref();
}

/** Calls `listener` before every display but updates. */
export function onDisplay(listener: (bundle: DisplayBundle) => void): void {
  displayListeners.add(listener);
}

/** Sends every update that waits for its turn. */
export function flushUpdates(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  for (const id of [...waiting.keys()]) flushUpdate(id);
}

function flushUpdate(id: string): void {
  const update = waiting.get(id);
  if (update === undefined) return;
  waiting.delete(id);
  send(update.write, update.bundle, update.options);
}

function send(
  write: WriteDisplay,
  bundle: DisplayBundle,
  { id, update = false, ...what }: DisplayOptions,
): void {
  if (!update) for (const listener of displayListeners) listener(bundle);
  // Text printed before the display must stay above it.
  flushStreams();
  if (id !== undefined) lastSent.set(id, performance.now());
  write(
    {
      data: { ...bundle },
      metadata: what.kind === undefined ? {} : { legcnet: what },
      transient: id === undefined ? {} : { display_id: id },
    },
    update,
  );
}
