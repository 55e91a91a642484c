import { randomUUID } from 'node:crypto';
import { bundlers, type Viewer, viewers } from '../core/result';
import { type DisplayBundle, type DisplaySubject, display } from './display';
import { currentWriter, isCalledByTslab } from './kernel';
import { dropLine } from './stdout';

/** A thing with a kind, as all our results are. */
export interface Kinded {
  /** By which its view is found. */
  readonly kind: string;
  /** Of a result that sets ours beside the paper's: what differs without a reason. A notebook that shows any fails. */
  readonly unexplained?: readonly string[];
}

/** Turns a result of one kind into what a frontend can show. */
export type View<T> = (value: T) => DisplayBundle;

const views = new Map<string, View<Kinded>>();

/**
 * Makes results of a kind show themselves: as the last expression of a cell in full, elsewhere as text.
 *
 * @example
 * import { registerView, show } from 'legcnet';
 * registerView<{ kind: 'coin'; heads: number }>('coin', ({ heads }) => ({ 'text/plain': `${heads} heads` }));
 * const tossed = { kind: 'coin', heads: 7 };
 * show(tossed); // undefined, but '7 heads' is shown
 */
export function registerView<T extends Kinded>(kind: T['kind'], view: View<T>): void {
  // The kind is looked up before the view is called, so the view only meets its own type.
  views.set(kind, view as unknown as View<Kinded>);
  viewers.set(kind, inspectResult);
  bundlers.set(kind, value => ({ ...view(value as T) }));
}

/**
 * Shows a result in the middle of a cell, where it is not the last expression.
 *
 * @throws TypeError when nothing knows how to show its kind
 * @example
 * import { loadDataset, show } from 'legcnet';
 * const iris = await loadDataset('iris');
 * show(iris); // undefined, but shown
 */
export function show(value: Kinded): void {
  const view = views.get(value.kind);
  if (view === undefined) throw new TypeError(`Cannot show a ${value.kind}: no view is registered for it`);
  display(view(value), about(value));
}

/** What is shown of a value, or undefined where nothing knows its kind. */
export function viewOf(value: Kinded): DisplayBundle | undefined {
  return views.get(value.kind)?.(value);
}

const inspectResult: Viewer = (value, depth) => {
  const kinded = value as Kinded;
  const view = views.get(kinded.kind);
  if (view === undefined) return undefined;
  return showItself(view(kinded), about(kinded), depth);
};

function about({ kind, unexplained = [] }: Kinded): DisplaySubject {
  return unexplained.length === 0 ? { kind } : { kind, unexplained };
}

/**
 * What an inspect hook returns for a value with this bundle: its text, or, where the value is the last expression of a
 * cell, a line that tslab prints in vain, because the bundle is displayed.
 *
 * @param depth what the hook was given
 */
export function showItself(bundle: DisplayBundle, what: DisplaySubject, depth: number): string {
  if (depth !== 2 || currentWriter() === null || !isCalledByTslab(/^executor\.js$/))
    return bundle['text/plain'];
  display(bundle, what);
  // tslab prints whatever we return; this line is caught on its way out.
  const standIn = `legcnet-${randomUUID()}`;
  dropLine(standIn);
  return standIn;
}
