import { type InspectOptions, inspect } from 'node:util';

/** Shows a result of one kind. Returns the text that stands in for the value, or undefined to fall back on plain fields. */
export type Viewer = (value: object, depth: number, options: InspectOptions) => string | undefined;

/** Viewers by `kind`. Empty until the notebook room fills it: lower rooms know nothing of display. */
export const viewers: Map<string, Viewer> = new Map();

/** A result of one kind in several formats, by MIME type. */
export type Bundler = (value: object) => Readonly<Record<string, unknown>>;

/** Bundlers by `kind`, as `viewers`, for kernels such as Deno's that ask the value itself. */
export const bundlers: Map<string, Bundler> = new Map();

const displayHook = Symbol.for('Jupyter.display');
const inspectHook = Symbol.for('nodejs.util.inspect.custom');

/**
 * Makes a plain result showable: the same fields, frozen one level deep, with an inspect hook that asks the registry
 * for a viewer of its `kind`, and Deno's hook for notebooks. Without a viewer the fields are printed as Node prints any object.
 */
export function result<T extends { readonly kind: string }>(fields: T): Readonly<T> {
  Object.defineProperty(fields, inspectHook, { value: inspectResult, enumerable: false });
  Object.defineProperty(fields, displayHook, { value: bundleOf, enumerable: false });
  return Object.freeze(fields);
}

function inspectResult(
  this: { readonly kind: string },
  depth: number,
  options: InspectOptions,
  print: (value: unknown, options: InspectOptions) => string,
): string {
  return viewers.get(this.kind)?.(this, depth, options) ?? print({ ...this }, options);
}

function bundleOf(this: { readonly kind: string }): Readonly<Record<string, unknown>> {
  return bundlers.get(this.kind)?.(this) ?? { 'text/plain': inspect(this) };
}
