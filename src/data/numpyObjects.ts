import { checkElements, decode, type NumericArray, product, readHeader } from './npy';
import { type Pickled, PickledObject, PickledTuple, readPickle } from './pickle';

/** An array whose entries are arrays themselves (NumPy's `dtype=object`), row-major. */
export interface ArrayOfArrays {
  readonly shape: readonly number[];
  readonly items: readonly NumericArray[];
}

/**
 * The arrays in a `.npy` file of `dtype=object`, such as the study's initial weights. The pickle inside is read by an
 * interpreter that can make numeric arrays and lists of them, and nothing else.
 *
 * @param bytes the file's content
 * @param file its name, for messages
 * @throws Error when the file is not such an array, its shape does not fit, or its pickle holds anything else
 */
export function readNumpyObjects(bytes: Uint8Array, file: string): ArrayOfArrays {
  const { dtype, shape, body } = readHeader(bytes, file);
  if (dtype !== '|O')
    throw new Error(`Cannot read ${file} as objects: its numbers are ${dtype}; use readNpy`);
  let elements = 0;
  const reconstruct = (): Pickled => new PickledArray(file);
  const value = readPickle(body, {
    file,
    globals: {
      'numpy ndarray': null,
      'numpy dtype': args => new PickledDtype(args, file),
      'numpy.core.multiarray _reconstruct': reconstruct,
      'numpy._core.multiarray _reconstruct': reconstruct,
    },
  });
  const entries = value instanceof PickledArray ? value.objects : undefined;
  if (!(value instanceof PickledArray) || entries === undefined) {
    throw new Error(`Cannot read ${file}: its pickle is not an array of objects`);
  }
  if (String(value.shape) !== String(shape) || entries.length !== product(shape)) {
    throw new Error(
      `Cannot read ${file}: its header says [${shape}], its pickle [${value.shape}] with ${entries.length} entries`,
    );
  }
  const items = entries.map((entry, i) => {
    if (!(entry instanceof PickledArray))
      throw new Error(`Cannot read ${file}: entry ${i} is not an array of numbers`);
    elements += product(entry.shape);
    checkElements(elements, file);
    return entry.numbers();
  });
  return { shape, items };
}

/** `numpy.dtype('f8', False, True)` and its state, of which the byte order counts. */
class PickledDtype extends PickledObject {
  readonly #type: string;
  #order = '<';

  constructor(args: readonly Pickled[], file: string) {
    super();
    const [type] = args;
    if (typeof type !== 'string' || !/^[OfiubU]\d{1,2}$/.test(type)) {
      throw new Error(`Cannot read ${file}: its pickle has an array of type ${String(type)}`);
    }
    this.#type = type;
  }

  override setState(state: Pickled): void {
    const order = state instanceof PickledTuple ? state.items[1] : undefined;
    if (typeof order === 'string' && /^[<>|=]$/.test(order)) this.#order = order;
  }

  get isObject(): boolean {
    return this.#type.startsWith('O');
  }

  override toString(): string {
    return this.#order + this.#type;
  }
}

/** An array as NumPy pickles it: made empty, then given (version, shape, dtype, Fortran order, content). */
class PickledArray extends PickledObject {
  shape: readonly number[] = [];
  /** Entries of an array of objects. */
  objects: readonly Pickled[] | undefined;
  #decode: (() => NumericArray) | undefined;
  readonly #file: string;

  constructor(file: string) {
    super();
    this.#file = file;
  }

  override setState(state: Pickled): void {
    const [, shape, dtype, fortran, content] = state instanceof PickledTuple ? state.items : [];
    const sizes = shape instanceof PickledTuple ? shape.items : undefined;
    const isShape =
      sizes?.every(size => typeof size === 'number' && Number.isInteger(size) && size >= 0) === true;
    if (!isShape || !(dtype instanceof PickledDtype)) {
      throw new Error(`Cannot read ${this.#file}: its pickle has an array without shape or type`);
    }
    this.shape = sizes as number[];
    if (dtype.isObject && Array.isArray(content)) {
      this.objects = content;
    } else if (!dtype.isObject && content instanceof Uint8Array) {
      this.#decode = () => decode(String(dtype), this.shape, fortran === true, content, this.#file);
    } else {
      throw new Error(
        `Cannot read ${this.#file}: its pickle has an array whose content does not fit its type`,
      );
    }
  }

  numbers(): NumericArray {
    if (this.#decode === undefined)
      throw new Error(`Cannot read ${this.#file}: an entry is not an array of numbers`);
    return this.#decode();
  }
}
