import { unzipSync } from 'fflate';
import { checkElements, type NumericArray, product } from './npy';
import { type Pickled, PickledGlobal, PickledObject, PickledTuple, readPickle } from './pickle';

/** Most bytes an archive may unpack to. */
const MAX_BYTES = 2 ** 28;
const MAX_ENTRIES = 10_000;

/** Bytes per number and how to read one, by storage class. All are little-endian. */
const STORAGES: Readonly<Record<string, { size: number; get: (view: DataView, at: number) => number }>> = {
  'torch FloatStorage': { size: 4, get: (view, at) => view.getFloat32(at, true) },
  'torch DoubleStorage': { size: 8, get: (view, at) => view.getFloat64(at, true) },
};

/**
 * The named arrays in a PyTorch state dictionary (`torch.save(model.state_dict(), …)`, zip format, PyTorch 1.6 and later),
 * in the file's order, as doubles. Nothing in the file is run: its pickle can make tensors of 32 or 64-bit floats and
 * dictionaries of them, and nothing else. Values are kept as they are, NaN and infinities included.
 *
 * @param bytes the file's content
 * @param file its name, for messages
 * @throws Error when the file is not such an archive, is cut off or too large, or its pickle holds anything else
 */
export function readStateDict(bytes: Uint8Array, file: string): Map<string, NumericArray> {
  const entries = unzip(bytes, file);
  const pickleName = Object.keys(entries).find(name => /^[^/]+\/data\.pkl$/.test(name));
  if (pickleName === undefined)
    throw new Error(`Cannot read ${file}: there is no data.pkl in it, so PyTorch did not write it`);
  const folder = pickleName.slice(0, -'data.pkl'.length);
  const order = entries[`${folder}byteorder`];
  if (order !== undefined && Buffer.from(order).toString('latin1') !== 'little') {
    throw new Error(`Cannot read ${file}: its numbers are big-endian; little-endian is read`);
  }

  let elements = 0;
  const storage = (id: Pickled): Storage => {
    const [tag, type, key, , count] = id instanceof PickledTuple ? id.items : [];
    const kind = type instanceof PickledGlobal ? STORAGES[type.name] : undefined;
    if (tag !== 'storage' || kind === undefined || typeof key !== 'string' || typeof count !== 'number') {
      throw new Error(`Cannot read ${file}: its pickle refers to something that is not a storage of floats`);
    }
    const name = `${folder}data/${key}`;
    const content = Object.hasOwn(entries, name) ? entries[name] : undefined;
    if (content === undefined) throw new Error(`Cannot read ${file}: storage ${key} is missing`);
    if (content.length !== count * kind.size) {
      throw new Error(
        `Cannot read ${file}: storage ${key} should have ${count * kind.size} bytes, it has ${content.length}`,
      );
    }
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    return new Storage(count, i => kind.get(view, i * kind.size));
  };
  const tensor = (args: readonly Pickled[]): Tensor => {
    const [source, offset, shape, strides] = args;
    const sizes = naturalNumbers(shape);
    const steps = naturalNumbers(strides);
    if (
      !(source instanceof Storage) ||
      !isNatural(offset) ||
      sizes === undefined ||
      steps?.length !== sizes.length
    ) {
      throw new Error(`Cannot read ${file}: its pickle has a tensor without storage, shape or strides`);
    }
    elements += product(sizes);
    checkElements(elements, file);
    return new Tensor(sizes, view(source, offset, sizes, steps, file));
  };
  const value = readPickle(entries[pickleName], {
    file,
    globals: {
      'collections OrderedDict': () => new Map(),
      'torch._utils _rebuild_tensor_v2': tensor,
      ...Object.fromEntries(Object.keys(STORAGES).map(name => [name, null])),
    },
    persistent: storage,
  });

  if (!(value instanceof Map))
    throw new Error(`Cannot read ${file}: its pickle is not a dictionary of tensors`);
  const arrays = new Map<string, NumericArray>();
  for (const [name, entry] of value) {
    if (typeof name !== 'string' || !(entry instanceof Tensor)) {
      throw new Error(`Cannot read ${file}: '${String(name)}' is not a named tensor`);
    }
    arrays.set(name, { shape: entry.shape, values: entry.values });
  }
  return arrays;
}

class Storage extends PickledObject {
  constructor(
    readonly length: number,
    readonly at: (index: number) => number,
  ) {
    super();
  }
}

class Tensor extends PickledObject {
  constructor(
    readonly shape: readonly number[],
    readonly values: Float64Array,
  ) {
    super();
  }
}

/** Row-major copy of a strided view of a storage. */
function view(
  source: Storage,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
  file: string,
): Float64Array {
  const values = new Float64Array(product(shape));
  const last = shape.reduce((at, size, axis) => at + (size - 1) * strides[axis], offset);
  if (values.length > 0 && last >= source.length) {
    throw new Error(`Cannot read ${file}: a tensor reaches number ${last} of a storage of ${source.length}`);
  }
  for (let i = 0; i < values.length; i++) {
    let rest = i;
    let at = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    values[i] = source.at(at);
  }
  return values;
}

function naturalNumbers(value: Pickled | undefined): readonly number[] | undefined {
  if (!(value instanceof PickledTuple) || !value.items.every(isNatural)) return undefined;
  return value.items as number[];
}

function isNatural(value: Pickled | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function unzip(bytes: Uint8Array, file: string): Record<string, Uint8Array> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    throw new Error(
      `Cannot read ${file}: it is not a zip archive; PyTorch before 1.6 wrote another format, so save it again`,
    );
  }
  let total = 0;
  let count = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize, name }) => {
        total += originalSize;
        if (total > MAX_BYTES || ++count > MAX_ENTRIES) {
          throw new Error(
            `it unpacks to more than ${MAX_BYTES} bytes or ${MAX_ENTRIES} entries (at ${name})`,
          );
        }
        return true;
      },
    });
  } catch (error) {
    throw new Error(`Cannot read ${file}: ${(error as Error).message}`, { cause: error });
  }
}
