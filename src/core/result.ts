import type { InspectOptions } from 'node:util';

/** Shows a result of one kind. Returns the text that stands in for the value, or undefined to fall back on plain fields. */
export type Viewer = (value: object, depth: number, options: InspectOptions) => string | undefined;

/** Viewers by `kind`. Empty until the notebook room fills it: lower rooms know nothing of display. */
export const viewers: Map<string, Viewer> = new Map();

const inspectHook = Symbol.for('nodejs.util.inspect.custom');

/**
 * Makes a plain result showable: the same fields, frozen one level deep, with an inspect hook that asks the registry
 * for a viewer of its `kind`. Without a viewer the fields are printed as Node prints any object.
 */
export function result<T extends { readonly kind: string }>(fields: T): Readonly<T> {
  Object.defineProperty(fields, inspectHook, { value: inspectResult, enumerable: false });
  return Object.freeze(fields);
}

function inspectResult(
  this: { readonly kind: string },
  depth: number,
  options: InspectOptions,
  inspect: (value: unknown, options: InspectOptions) => string,
): string {
  return viewers.get(this.kind)?.(this, depth, options) ?? inspect({ ...this }, options);
}
