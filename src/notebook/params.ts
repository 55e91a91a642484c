import { readFileSync } from 'node:fs';
import { describeValue } from '../core/require';
import { display } from './display';
import { isInKernel } from './kernel';
import { table, tableHtml, tableText } from './table';

/** What a parameter may be. */
export type ParamValue = number | string | boolean | readonly number[] | readonly string[];

const VARIABLE = 'LEGCNET_PARAMS';

/**
 * The parameters of a notebook: the defaults, and in their place what was given from outside, so that one notebook runs over
 * many settings without being edited. `legcnet notebook NAME --param epochs=10` gives them, and so does the environment
 * variable LEGCNET_PARAMS, either JSON such as `{"epochs": 10}` or the path of a JSON file. In a notebook a table below the
 * cell says which value came from where.
 *
 * The types are those of the defaults: a number stays a number, a list of numbers such a list. Call it once in a notebook,
 * because a name that it does not know is taken for a mistake.
 *
 * @example
 * import { params } from 'legcnet';
 * const { epochs, name } = params({ epochs: 50, name: 'iris' });
 * [epochs, name]; // [50, 'iris'], unless told otherwise
 *
 * @param defaults values by name: finite numbers, texts, truth values, or lists of numbers or of texts
 * @throws RangeError for a name from outside that is not among the defaults, TypeError for a value of another type, and
 *   for LEGCNET_PARAMS that cannot be read
 */
export function params<T extends Readonly<Record<string, ParamValue>>>(defaults: T): Readonly<T> {
  for (const [name, value] of Object.entries(defaults)) {
    if (typeOf(value) === null) {
      throw new TypeError(
        `Cannot read parameters: the default of ${name} must be a finite number, a text, a truth value or a list of numbers or texts; ${describeValue(value)} came`,
      );
    }
  }
  const given = givenParams();
  for (const [name, value] of Object.entries(given)) check(name, value, defaults);
  const values = { ...defaults, ...given } as T;
  if (isInKernel() || Object.keys(given).length > 0) showParams(values, defaults, given);
  return Object.freeze(values);
}

/** What LEGCNET_PARAMS holds; empty when it is not set. */
function givenParams(): Readonly<Record<string, unknown>> {
  const text = process.env[VARIABLE];
  if (text === undefined || text.trim() === '') return {};
  const json = text.trim().startsWith('{') ? text : readParams(text);
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch (cause) {
    throw new TypeError(`Cannot read parameters: ${VARIABLE} holds no JSON`, { cause });
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TypeError(
      `Cannot read parameters: ${VARIABLE} must be an object of values by name, ${describeValue(given)} came`,
    );
  }
  return given as Record<string, unknown>;
}

function readParams(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new TypeError(`Cannot read parameters: ${VARIABLE} is neither JSON nor a file that can be read`, {
      cause,
    });
  }
}

function check(name: string, value: unknown, defaults: Readonly<Record<string, ParamValue>>): void {
  if (!Object.hasOwn(defaults, name)) {
    throw new RangeError(
      `Cannot read parameters: there is no parameter '${name}'; parameters are ${Object.keys(defaults).join(', ')}`,
    );
  }
  const wanted = typeOf(defaults[name]);
  const isEmptyList = Array.isArray(value) && value.length === 0;
  if (typeOf(value) === wanted || (isEmptyList && Array.isArray(defaults[name]))) return;
  throw new TypeError(
    `Cannot read parameters: ${name} must be ${wanted}, as its default ${JSON.stringify(defaults[name])} is; ${describeValue(value)} came`,
  );
}

/** A type in words; null for what no parameter may be. */
function typeOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? 'a finite number' : null;
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'boolean') return 'true or false';
  if (!Array.isArray(value)) return null;
  const types = new Set(value.map(item => (Array.isArray(item) ? null : typeOf(item))));
  const [type = 'a text', ...others] = types;
  if (others.length > 0 || (type !== 'a finite number' && type !== 'a text')) return null;
  return type === 'a text' ? 'a list of texts' : 'a list of finite numbers';
}

function showParams(
  values: Readonly<Record<string, ParamValue>>,
  defaults: Readonly<Record<string, ParamValue>>,
  given: Readonly<Record<string, unknown>>,
): void {
  const rows = Object.entries(values).map(([parameter, value]) => ({
    parameter,
    value: inWords(value),
    from: Object.hasOwn(given, parameter) ? `outside (default ${inWords(defaults[parameter])})` : 'default',
  }));
  const shown = table(rows, { caption: 'Parameters', limit: rows.length });
  display({ 'text/html': tableHtml(shown), 'text/plain': tableText(shown) }, { kind: 'params' });
}

function inWords(value: ParamValue): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
