import { inspect } from 'node:util';

/** A value as a comment of an example states it: can a result be what it says? */
export interface StatedValue {
  /** The words of the comment that give the value. */
  readonly text: string;
  readonly fits: (value: unknown) => boolean;
}

type Fits = StatedValue['fits'];

/**
 * Reads the value at the start of an example's comment: a number, text in quotes, `true`, `false`, `null`, `undefined`, a list or
 * an object of these. A list may be named (`Float64Array [1, 2]`) and, like an object, may end in `…` when more follows. Words
 * may follow after a comma, colon, semicolon or bracket: `// 0.6931, which is ln 2`. A number fits when it rounds to the digits shown.
 *
 * @throws SyntaxError when no value stands there
 */
export function statedValue(comment: string): StatedValue {
  const reader = new Reader(comment.trim());
  const fits = reader.value();
  const text = reader.done();
  return { text, fits };
}

/** What a value looks like beside a stated one. */
export function printed(value: unknown): string {
  const plain = ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
  const text = inspect(plain, { depth: 3, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 20 });
  return text.length > 400 ? `${text.slice(0, 400)} …` : text;
}

const NUMBER = /-?(?:\d+(?:\.(\d+))?(?:e([-+]?\d+))?|Infinity)|NaN/y;
const WORD = /true|false|null|undefined/y;
const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null, undefined };
const TEXT = /'((?:[^'\\]|\\.)*)'/y;
const LIST_NAME = /[A-Z]\w*Array /y;
const KEY = /(\w+): /y;
const END = /$|[,:;]? |[,:;.]$/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): Fits {
    const number = this.#take(NUMBER);
    if (number !== null) return roundsTo(number[0], number[1]?.length ?? 0, Number(number[2] ?? 0));
    const word = this.#take(WORD);
    if (word !== null) return value => value === WORDS[word[0]];
    const text = this.#take(TEXT);
    if (text !== null) return value => value === text[1].replace(/\\(.)/g, '$1');
    const name = this.#take(LIST_NAME)?.[0].trim();
    if (this.#skip('[')) return this.#list(name);
    if (name === undefined && this.#skip('{')) return this.#object();
    throw this.#wrong();
  }

  /** The words read, when nothing but prose is left. */
  done(): string {
    const read = this.#text.slice(0, this.#at);
    if (this.#take(END) === null) throw this.#wrong();
    const rest = this.#text.slice(this.#at);
    // A bare word after a number would be a unit or "of 6": the number alone would not say what is meant.
    const separated = rest === '' || /^[,:;]/.test(this.#text.slice(read.length)) || rest.startsWith('(');
    if (!separated) throw this.#wrong();
    return read;
  }

  #list(name: string | undefined): Fits {
    const items: Fits[] = [];
    const open = this.#items(']', () => items.push(this.value()));
    return value => {
      const isList = Array.isArray(value) || ArrayBuffer.isView(value);
      if (!isList || (name !== undefined && value.constructor.name !== name)) return false;
      const list = value as ArrayLike<unknown>;
      const lengthFits = open ? list.length > items.length : list.length === items.length;
      return lengthFits && items.every((fits, i) => fits(list[i]));
    };
  }

  #object(): Fits {
    const fields = new Map<string, Fits>();
    const open = this.#items('}', () => {
      const key = this.#take(KEY);
      if (key === null) throw this.#wrong();
      fields.set(key[1], this.value());
    });
    return value => {
      if (typeof value !== 'object' || value === null) return false;
      const object = value as Readonly<Record<string, unknown>>;
      const count = Object.keys(object).length;
      const countFits = open ? count > fields.size : count === fields.size;
      return countFits && [...fields].every(([key, fits]) => key in object && fits(object[key]));
    };
  }

  /** Reads items up to the closing bracket; true when the last of them is `…`. */
  #items(close: string, item: () => void): boolean {
    this.#skip(' ');
    if (this.#skip(close)) return false;
    for (;;) {
      const open = this.#skip('…');
      if (!open) item();
      this.#skip(' ');
      if (this.#skip(close)) return open;
      if (open || !this.#skip(', ')) throw this.#wrong();
    }
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }

  #skip(text: string): boolean {
    const found = this.#text.startsWith(text, this.#at);
    if (found) this.#at += text.length;
    return found;
  }

  #wrong(): SyntaxError {
    return new SyntaxError(
      `No value can be read at "${this.#text.slice(this.#at)}" of the comment "${this.#text}"`,
    );
  }
}

/** Whether a number is the one written, to the digits that were written; a whole number must be met exactly. */
function roundsTo(text: string, decimals: number, exponent: number): Fits {
  const stated = Number(text);
  if (decimals === 0 && exponent === 0) return value => Object.is(value, stated) || value === stated;
  const halfUnit = 0.5 * 10 ** (exponent - decimals);
  return value => typeof value === 'number' && Math.abs(value - stated) <= halfUnit * (1 + 1e-9);
}
