import { refusedOpcodes } from './pickleOpcodes';

/** A class or function that a pickle names but that is never run: only a caller's constructor gives it meaning. */
export class PickledGlobal {
  constructor(readonly name: string) {}
}

/** A tuple, kept apart from a list because pickles use tuples as arguments. */
export class PickledTuple {
  constructor(readonly items: readonly Pickled[]) {}
}

/** Something a constructor made; `setState` takes what the pickle sets afterwards (opcode BUILD), where it may. */
export abstract class PickledObject {
  setState?(state: Pickled): void;
}

/** All that a pickle can be turned into. Lists are arrays, dictionaries are maps; both are shared where the pickle shares. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Pickled[]
  | Map<Pickled, Pickled>
  | PickledTuple
  | PickledGlobal
  | PickledObject;

/** What a pickle may contain beyond plain values. */
export interface PickleRules {
  /** Name of the file, for messages. */
  readonly file: string;
  /**
   * Constructors by full name, such as 'numpy dtype'. A name that maps to null may be mentioned but not called; any other
   * name is refused.
   */
  readonly globals: Readonly<Record<string, ((args: readonly Pickled[]) => Pickled) | null>>;
  /** Gives the object behind a persistent id; without it such ids are refused. */
  readonly persistent?: (id: Pickled) => Pickled;
}

const STOP = 0x2e;
const MAX_OPERATIONS = 1_000_000;
const MAX_MARKS = 1_000;

/**
 * The value in a Python pickle (protocols 2 to 5), read without running anything: opcodes and named classes outside an
 * explicit list are errors, so a pickle can make plain values and what `globals` allows, and nothing else. Shared objects
 * stay shared, integers are at most eight bytes, and a pickle has at most a million operations, so a small file cannot grow
 * large in memory.
 *
 * @throws Error naming the opcode or class that is refused, or the place where the pickle is broken
 */
export function readPickle(bytes: Uint8Array, rules: PickleRules): Pickled {
  return new PickleMachine(bytes, rules).run();
}

class PickleMachine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #rules: PickleRules;
  readonly #stack: Pickled[] = [];
  /** Stack heights at open marks. */
  readonly #marks: number[] = [];
  readonly #memo: Map<number, Pickled> = new Map();
  #at = 0;

  constructor(bytes: Uint8Array, rules: PickleRules) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#rules = rules;
  }

  /** Opcodes that push a value, by their byte. */
  static readonly #values: Readonly<Record<number, (machine: PickleMachine) => Pickled>> = {
    41: () => new PickledTuple([]), // EMPTY_TUPLE
    66: m => m.#slice(m.#view.getUint32(m.#skip(4), true)), // BINBYTES
    67: m => m.#slice(m.#view.getUint8(m.#skip(1))), // SHORT_BINBYTES
    71: m => m.#view.getFloat64(m.#skip(8), false), // BINFLOAT
    74: m => m.#view.getInt32(m.#skip(4), true), // BININT
    75: m => m.#view.getUint8(m.#skip(1)), // BININT1
    77: m => m.#view.getUint16(m.#skip(2), true), // BININT2
    78: () => null, // NONE
    81: m => m.#persistent(m.#pop()), // BINPERSID
    82: m => m.#reduce(), // REDUCE
    88: m => m.#text(m.#view.getUint32(m.#skip(4), true)), // BINUNICODE
    93: () => [], // EMPTY_LIST
    98: m => m.#build(), // BUILD
    99: m => m.#global([m.#line(), m.#line()]), // GLOBAL
    104: m => m.#recall(m.#view.getUint8(m.#skip(1))), // BINGET
    106: m => m.#recall(m.#view.getUint32(m.#skip(4), true)), // LONG_BINGET
    116: m => new PickledTuple(m.#takeToMark()), // TUPLE
    125: () => new Map(), // EMPTY_DICT
    133: m => new PickledTuple(m.#take(1)), // TUPLE1
    134: m => new PickledTuple(m.#take(2)), // TUPLE2
    135: m => new PickledTuple(m.#take(3)), // TUPLE3
    136: () => true, // NEWTRUE
    137: () => false, // NEWFALSE
    138: m => m.#long(m.#view.getUint8(m.#skip(1))), // LONG1
    140: m => m.#text(m.#view.getUint8(m.#skip(1))), // SHORT_BINUNICODE
    147: m => m.#global(m.#take(2)), // STACK_GLOBAL
  };

  /** Opcodes that push nothing. */
  static readonly #actions: Readonly<Record<number, (machine: PickleMachine) => void>> = {
    40: m => m.#mark(), // MARK
    97: m => m.#append(m.#take(1)), // APPEND
    101: m => m.#append(m.#takeToMark()), // APPENDS
    113: m => m.#remember(m.#view.getUint8(m.#skip(1))), // BINPUT
    114: m => m.#remember(m.#view.getUint32(m.#skip(4), true)), // LONG_BINPUT
    115: m => m.#setItems(m.#take(2)), // SETITEM
    117: m => m.#setItems(m.#takeToMark()), // SETITEMS
    128: m => m.#protocol(m.#view.getUint8(m.#skip(1))), // PROTO
    148: m => m.#remember(m.#memo.size), // MEMOIZE
    149: m => m.#skip(8), // FRAME: how much follows, which the file's length says too
  };

  run(): Pickled {
    for (let operations = 0; operations < MAX_OPERATIONS; operations++) {
      const opcode = this.#bytes[this.#skip(1)];
      if (opcode === STOP) return this.#stop();
      const value = PickleMachine.#values[opcode];
      const action = PickleMachine.#actions[opcode];
      if (value !== undefined) {
        this.#stack.push(value(this));
      } else if (action !== undefined) {
        action(this);
      } else {
        const name = refusedOpcodes[opcode] ?? `0x${opcode.toString(16).padStart(2, '0')}`;
        throw this.#error(`holds opcode ${name}, which is not read, because plain arrays do not need it`);
      }
    }
    throw this.#error(`has more than ${MAX_OPERATIONS} operations`);
  }

  #stop(): Pickled {
    const value = this.#pop();
    if (this.#stack.length > 0 || this.#marks.length > 0) throw this.#error('ends with values left over');
    const rest = this.#bytes.length - this.#at;
    if (rest > 0) throw this.#error(`is followed by ${rest} unknown bytes`);
    return value;
  }

  #protocol(version: number): void {
    if (version < 2 || version > 5) throw this.#error(`has protocol ${version}; 2 to 5 are read`);
  }

  #mark(): void {
    if (this.#marks.length === MAX_MARKS) throw this.#error(`nests more than ${MAX_MARKS} deep`);
    this.#marks.push(this.#stack.length);
  }

  #persistent(id: Pickled): Pickled {
    const { persistent } = this.#rules;
    if (persistent === undefined)
      throw this.#error('holds a persistent id, which this kind of file has none of');
    return persistent(id);
  }

  #reduce(): Pickled {
    const [callee, args] = this.#take(2);
    if (!(callee instanceof PickledGlobal) || !(args instanceof PickledTuple)) {
      throw this.#error('calls something that is not a class with a tuple of arguments');
    }
    const construct = this.#rules.globals[callee.name];
    if (construct === null) throw this.#error(`calls ${callee.name}, which may only be mentioned`);
    return construct(args.items);
  }

  #build(): Pickled {
    const [target, state] = this.#take(2);
    // Python puts attributes on a dictionary object this way; they carry no arrays.
    if (!(target instanceof Map)) {
      if (!(target instanceof PickledObject) || target.setState === undefined) {
        throw this.#error('sets the state of something that has none');
      }
      target.setState(state);
    }
    return target;
  }

  #global([module, name]: readonly Pickled[]): PickledGlobal {
    const full = `${module} ${name}`;
    const known =
      typeof module === 'string' && typeof name === 'string' && Object.hasOwn(this.#rules.globals, full);
    if (!known) {
      const allowed = Object.keys(this.#rules.globals).map(dotted).join(', ');
      throw this.#error(`names ${dotted(full)}, which is not among those allowed: ${allowed}`);
    }
    return new PickledGlobal(full);
  }

  #append(items: readonly Pickled[]): void {
    const list = this.#stack.at(-1);
    if (!Array.isArray(list)) throw this.#error('appends to something that is not a list');
    for (const item of items) list.push(item);
  }

  #setItems(items: readonly Pickled[]): void {
    const map = this.#stack.at(-1);
    if (!(map instanceof Map) || items.length % 2 !== 0) {
      throw this.#error('sets items of something that is not a dictionary');
    }
    for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
  }

  #remember(index: number): void {
    if (this.#stack.length === 0) throw this.#error('remembers a value where there is none');
    this.#memo.set(index, this.#stack.at(-1)!);
  }

  #recall(index: number): Pickled {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.#error(`recalls value ${index}, which it never stored`);
    return value;
  }

  #pop(): Pickled {
    return this.#take(1)[0];
  }

  /** The topmost values, of those above the last mark. */
  #take(count: number): Pickled[] {
    const floor = this.#marks.at(-1) ?? 0;
    if (this.#stack.length - count < floor) throw this.#error('takes a value where there is none');
    return this.#stack.splice(this.#stack.length - count);
  }

  #takeToMark(): Pickled[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.#error('closes a group that it never opened');
    return this.#stack.splice(mark);
  }

  /** A little-endian two's complement integer. */
  #long(length: number): number {
    if (length > 8) throw this.#error(`holds an integer of ${length} bytes; at most 8 are read`);
    const at = this.#skip(length);
    let value = 0n;
    for (let i = 0; i < length; i++) value |= BigInt(this.#bytes[at + i]) << BigInt(8 * i);
    const signed = Number(BigInt.asIntN(8 * length, value));
    if (!Number.isSafeInteger(signed)) throw this.#error('holds an integer beyond 2^53');
    return signed;
  }

  #text(length: number): string {
    return new TextDecoder('utf-8', { fatal: false }).decode(this.#slice(length));
  }

  /** Text up to the next line end (GLOBAL); a class name longer than 200 bytes is none. */
  #line(): string {
    const end = this.#bytes.subarray(this.#at, this.#at + 200).indexOf(0x0a);
    if (end < 0) throw this.#error('names a class without an end');
    const text = this.#text(end);
    this.#skip(1);
    return text;
  }

  #slice(length: number): Uint8Array {
    const at = this.#skip(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** Moves past some bytes and returns where they begin. */
  #skip(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) {
      throw this.#error(`is cut off: ${length} bytes are needed, ${this.#bytes.length - at} are left`);
    }
    this.#at = at + length;
    return at;
  }

  #error(problem: string): Error {
    return new Error(`Cannot read ${this.#rules.file}: its pickle ${problem} (at byte ${this.#at})`);
  }
}

function dotted(name: string): string {
  return name.replace(' ', '.');
}
