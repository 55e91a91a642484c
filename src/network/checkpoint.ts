import { createHash } from 'node:crypto';
import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../core/makeFolder';
import { renameForGood } from '../core/renameForGood';
import { describeValue } from '../core/require';
import { systemReason } from '../core/systemReason';

/** What a long run leaves behind so that it can go on after its end, whatever ended it. */
export interface CheckpointOptions {
  /**
   * Folder for the state of the run; made when missing. A run of the same configuration goes on from there, to the same bits
   * as if it had never stopped; one of another configuration is refused. Default: none, nothing is kept.
   */
  readonly checkpoint?: string;
  /** Seconds between two savings, which is what a kill costs at most. 0: as often as possible. Default 5. */
  readonly checkpointSeconds?: number;
}

/** Numbers that are saved together. `values` is anything that JSON can hold. */
export interface CheckpointRecord {
  readonly values: unknown;
  readonly arrays: Readonly<Record<string, CheckpointArray>>;
}

export type CheckpointArray = Float64Array | Int32Array | Uint8Array;

/** The folder of one run. */
export interface Checkpoint {
  /** The record of this name as it was written last; null when there is none. Throws when the file is damaged. */
  read(name: string): Promise<CheckpointRecord | null>;
  /** Replaces the record of this name in one step: whenever the process dies, the old or the new one is whole on disk. */
  write(name: string, record: CheckpointRecord): Promise<void>;
}

const FORMAT = 'legcnet-checkpoint-1';
const types = { Float64Array, Int32Array, Uint8Array } as const;

interface Header {
  readonly values: unknown;
  readonly arrays: readonly {
    readonly name: string;
    readonly type: keyof typeof types;
    readonly length: number;
  }[];
}

/**
 * Opens the folder of a run, or makes it.
 *
 * @param configuration everything that the run's numbers depend on; its keys are named when another one is found
 * @throws Error when the folder cannot be written, or belongs to a run of another configuration
 */
export async function openCheckpoint(
  folder: string,
  configuration: Readonly<Record<string, unknown>>,
): Promise<Checkpoint> {
  if (typeof folder !== 'string' || folder === '') {
    throw new TypeError(`Cannot keep a checkpoint: a folder is required, ${describeValue(folder)} came`);
  }
  await attempt(`Cannot make the folder ${folder} for checkpoints`, () => makeFolder(folder));
  await attempt(`Cannot use the folder ${folder} for checkpoints`, () => removeLeftovers(folder));
  const checkpoint: Checkpoint = {
    read: name => readRecord(join(folder, `${name}.checkpoint`)),
    write: (name, record) => writeRecord(folder, name, record),
  };
  const found = await checkpoint.read('configuration');
  if (found === null) await checkpoint.write('configuration', { values: configuration, arrays: {} });
  else checkConfiguration(folder, found.values as Record<string, unknown>, configuration);
  return checkpoint;
}

/** Removes what processes that died were writing; the name of such a file ends in the number of its process. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const writer = /\.checkpoint\.(\d+)\.part$/.exec(name);
    if (writer !== null && !isRunning(Number(writer[1]))) await rm(join(folder, name), { force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function checkConfiguration(
  folder: string,
  found: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): void {
  const plain = JSON.parse(JSON.stringify(wanted)) as Record<string, unknown>;
  const apart = [...new Set([...Object.keys(found), ...Object.keys(plain)])]
    .filter(key => JSON.stringify(found[key]) !== JSON.stringify(plain[key]))
    .map(key => `${key} (there ${shortText(found[key])}, here ${shortText(plain[key])})`);
  if (apart.length > 0) {
    throw new Error(
      `Cannot go on from the checkpoint in ${folder}: it belongs to another run, which differs in ${apart.join('; ')}. ` +
        'Give this run a folder of its own',
    );
  }
}

function shortText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

/** File: format and SHA-256 of the rest, a line each; the header as one line of JSON; the bytes of the arrays. */
async function writeRecord(
  folder: string,
  name: string,
  { values, arrays }: CheckpointRecord,
): Promise<void> {
  const header: Header = {
    values,
    arrays: Object.entries(arrays).map(([key, array]) => ({
      name: key,
      type: array.constructor.name as keyof typeof types,
      length: array.length,
    })),
  };
  const parts = [
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...Object.values(arrays).map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength),
    ),
  ];
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  const path = join(folder, `${name}.checkpoint`);
  // Two processes in one folder must not write to one file.
  const part = `${path}.${process.pid}.part`;
  try {
    await attempt(`Cannot save the checkpoint ${path}; what was saved before is whole`, async () => {
      const file = await open(part, 'w');
      try {
        await file.writeFile(`${FORMAT}\n${digest.digest('hex')}\n`);
        for (const bytes of parts) await file.writeFile(bytes);
      } finally {
        await file.close();
      }
      await renameForGood(part, path);
    });
  } catch (failure) {
    await rm(part, { force: true }).catch(() => {}); // The failure itself says more.
    throw failure;
  }
}

async function readRecord(path: string): Promise<CheckpointRecord | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`Cannot read the checkpoint ${path}: ${(error as Error).message}`, { cause: error });
  }
  const start = FORMAT.length + 66;
  const [format, digest] = bytes.subarray(0, start).toString('latin1').split('\n');
  const body = bytes.subarray(start);
  if (format !== FORMAT || digest !== createHash('sha256').update(body).digest('hex')) {
    throw new Error(
      `Cannot go on from the checkpoint ${path}: the file is damaged (its checksum does not match). ` +
        'Restore it, or delete its folder to start this part of the run again',
    );
  }
  const end = body.indexOf(10);
  const header = JSON.parse(body.subarray(0, end).toString('utf8')) as Header;
  const arrays: Record<string, CheckpointArray> = {};
  let at = end + 1;
  for (const { name, type, length } of header.arrays) {
    const array = new types[type](length);
    const { byteLength } = array;
    new Uint8Array(array.buffer).set(body.subarray(at, at + byteLength));
    arrays[name] = array;
    at += byteLength;
  }
  return { values: header.values, arrays };
}

/** The reason that the system gives, behind what was tried. */
async function attempt<T>(tried: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw new Error(`${tried}: ${systemReason(error)}`, { cause: error });
  }
}
