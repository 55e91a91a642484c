import { randomStream } from '../../src/statistics/random';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** What stands where another value belongs; as text, because no value of JavaScript has a name `__proto__` by itself. */
const strange: readonly string[] = [
  ...['null', 'true', 'false', '-1', '0', '-0', '1.5', '1e308', '1e999', '9007199254740991', '1e15', '65536'],
  ...['""', '"NaN"', '"Infinity"', '"../.."', '"\\u0000"', '"__proto__"', '"constructor"'],
  ...['[]', '{}', '[[]]', '[null]', '[{}]', '[1,2,3]', '[-1,1e9]', '{"":{}}', '{"__proto__":{"length":1e9}}'],
  ...['{"toString":1}', '{"kind":{}}', `"${'long '.repeat(200)}"`, `[${'1,'.repeat(999)}1]`],
  `${'['.repeat(1000)}${']'.repeat(1000)}`,
  `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`,
];

const names = ['__proto__', 'constructor', 'toString', 'length', 'kind', '', '0'];

/** A place in a value: `of[at]`. */
interface Place {
  readonly of: { [name: string]: Json };
  readonly at: string;
}

/**
 * An endless row of JSON files in which one to four values are others: strange ones, those of another place, left out, repeated,
 * or under another name.
 */
export function* jsonMutants(sound: readonly Uint8Array[], seed: number): Generator<Uint8Array, never> {
  const random = randomStream(seed, 'values');
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const texts = sound.map(bytes => Buffer.from(bytes).toString('utf8'));
  const change = (root: { [name: string]: Json }): void => {
    const places = placesIn(root);
    if (places.length === 0) return; // The last change left nothing.
    const { of, at } = pick(places);
    switch (Math.floor(random() * 6)) {
      case 0: {
        const other = pick(places);
        put(of, at, JSON.parse(JSON.stringify(other.of[other.at])));
        return;
      }
      case 1:
        if (Array.isArray(of)) of.splice(Number(at), 1);
        else delete of[at];
        return;
      case 2:
        if (Array.isArray(of))
          of.push(...Array.from({ length: 1 + Math.floor(random() * 30) }, () => of[Number(at)]));
        else put(of, pick(names), of[at]);
        return;
      default:
        put(of, at, JSON.parse(pick(strange)));
    }
  };
  for (;;) {
    const root: { [name: string]: Json } = { value: JSON.parse(pick(texts)) };
    for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes--) change(root);
    yield Buffer.from(JSON.stringify(root.value ?? null));
  }
}

/** Not by recursion, which deep values would bring to its end. */
function placesIn(root: { [name: string]: Json }): Place[] {
  const places: Place[] = [];
  const open: { [name: string]: Json }[] = [root];
  for (let of = open.pop(); of !== undefined; of = open.pop()) {
    for (const at of Object.keys(of)) {
      places.push({ of, at });
      const value = of[at];
      if (typeof value === 'object' && value !== null) open.push(value as { [name: string]: Json });
    }
  }
  return places;
}

/** Also under the name `__proto__`. */
function put(of: { [name: string]: Json }, at: string, value: Json): void {
  Object.defineProperty(of, at, { value, writable: true, enumerable: true, configurable: true });
}
