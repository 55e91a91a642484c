import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../core/makeFolder';
import { replaceFile } from '../core/replaceFile';
import { describeValue } from '../core/require';
import { systemReason } from '../core/systemReason';
import type { PreparedJob } from './preparedJobs';
import { isRowsText } from './sweepRows';

const FORMAT = 'legcnet-sweep-1';

/** How a result was made; its rows do not depend on it. */
export interface Making {
  /** Of this package. */
  readonly version: string;
  /** Wall clock. */
  readonly seconds: number;
}

/** A job's result as it is kept. */
export interface StoredResult extends Making {
  /** The rows as JSON in one line. */
  readonly rows: string;
}

/** What is found under the name of a job. */
export type Stored = StoredResult | 'damaged' | null;

/**
 * The text under which a result is kept: three lines of JSON. The first holds the SHA-256 of the others, the second the job
 * and its rows, the third how they were made. The second is the same, bit for bit, whenever the job is done.
 */
export function storedText({ text }: PreparedJob, { rows, version, seconds }: StoredResult): string {
  const body = `{"job":${text},"rows":${rows}}\n${JSON.stringify({ version, seconds })}\n`;
  return `${JSON.stringify({ format: FORMAT, sha256: sha256(body) })}\n${body}`;
}

/**
 * Reads it back; anything but what was written for this very job is damaged. Where others may write too, a queue or a shared
 * folder, a checksum that is right does not say that rows are rows.
 */
export function readStored({ text }: PreparedJob, stored: string): StoredResult | 'damaged' {
  const end = stored.indexOf('\n');
  const body = stored.slice(end + 1);
  const head = `{"job":${text},"rows":`;
  if (stored.slice(0, end) !== JSON.stringify({ format: FORMAT, sha256: sha256(body) })) return 'damaged';
  const [content, made = ''] = body.split('\n');
  if (!content.startsWith(head) || !content.endsWith('}')) return 'damaged';
  const rows = content.slice(head.length, -1);
  const making = makingOf(made);
  return making === null || !isRowsText(rows) ? 'damaged' : { rows, ...making };
}

function makingOf(text: string): Making | null {
  try {
    const { version, seconds } = Object(JSON.parse(text)) as Partial<Making>;
    const isMaking = typeof version === 'string' && typeof seconds === 'number' && seconds >= 0;
    return isMaking ? { version, seconds } : null;
  } catch {
    return null;
  }
}

/** A folder of results, each in a file named by its job. */
export interface SweepStore {
  readonly folder: string;
  fileOf(job: PreparedJob): string;
  read(job: PreparedJob): Promise<Stored>;
  /** Writes a result, in one step, unless a whole one is there: what was found first stays. */
  write(job: PreparedJob, result: StoredResult): Promise<void>;
}

/**
 * Opens a folder of results, or makes it.
 *
 * @throws TypeError for anything but a path, Error when the folder cannot be made
 */
export async function openSweepStore(folder: string): Promise<SweepStore> {
  if (typeof folder !== 'string' || folder === '') {
    throw new TypeError(`Cannot sweep: folder must be a path, ${describeValue(folder)} came`);
  }
  try {
    await makeFolder(folder);
  } catch (error) {
    throw new Error(`Cannot make the folder ${folder} for results: ${systemReason(error)}`, { cause: error });
  }
  const fileOf = ({ id }: PreparedJob): string => join(folder, `${id}.json`);
  const read = async (job: PreparedJob): Promise<Stored> => {
    try {
      return readStored(job, await readFile(fileOf(job), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new Error(`Cannot read ${fileOf(job)}: ${systemReason(error)}`, { cause: error });
    }
  };
  return {
    folder,
    fileOf,
    read,
    async write(job, result) {
      const found = await read(job);
      if (found === null || found === 'damaged') await replaceFile(fileOf(job), storedText(job, result));
    },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
