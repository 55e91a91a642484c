import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LongRun, type LongRunOptions } from '../core/longRun';
import { renameForGood } from '../core/renameForGood';
import type { DataFile } from './manifest';

/** How patient a download is. */
export interface DownloadOptions extends LongRunOptions {
  /** Milliseconds without a single byte after which an address is given up; 30 000 by default. */
  readonly timeout?: number;
}

/** Requests per address: a cut connection is taken up again where it broke. */
const TRIES = 3;

/**
 * Downloads a file to `target` and returns its bytes, checked against the manifest's size and SHA-256. Addresses are tried
 * in order; a broken download is resumed by an HTTP range, also in a later call and by another process, and begun anew where
 * the server ignores ranges. Bytes go to a file of this call's own beside the target, which is moved into place only when
 * they are right; wrong bytes are deleted.
 *
 * @throws Error saying what went wrong at each address, or the signal's reason
 */
export async function download(
  file: DataFile,
  target: string,
  { timeout = 30_000, ...longRun }: DownloadOptions = {},
): Promise<Uint8Array> {
  const { signal } = new LongRun(longRun);
  const options = { timeout, ...longRun, ...(signal && { signal }) };
  const part = await claimPart(target, timeout);
  const failures: string[] = [];
  try {
    for (const address of file.addresses) {
      try {
        const bytes = await transfer(file, address, part, options);
        await moveIntoPlace(part, target, file);
        return bytes;
      } catch (error) {
        signal?.throwIfAborted();
        failures.push(`${address} (${reasonOf(error)})`);
      }
    }
  } finally {
    await rename(part, `${target}.part`).catch(ignoreMissing);
  }
  throw new Error(failures.join('; '));
}

/**
 * The bytes behind an address that nobody vouches for: no checksum, no cache.
 *
 * @param limit most bytes accepted
 * @throws Error when the address fails or holds more than `limit` bytes, or the signal's reason
 */
export async function downloadUnchecked(
  address: string,
  limit: number,
  { timeout = 30_000, ...longRun }: DownloadOptions = {},
): Promise<Uint8Array> {
  const run = new LongRun(longRun);
  const chunks: Uint8Array[] = [];
  let done = 0;
  try {
    const stream = await request(address, 0, limit, timeout, run.signal);
    const total = stream.declared ?? limit;
    for await (const chunk of stream.chunks) {
      done += chunk.length;
      checkSize(done, limit, 'sends more than');
      chunks.push(chunk);
      if (run.isDue) await run.pause({ task: `Downloading ${address}`, done, total, unit: 'bytes' });
    }
  } catch (error) {
    run.signal?.throwIfAborted();
    throw new Error(`Cannot download ${address}: ${reasonOf(error)}`, { cause: error });
  }
  run.finish({ task: `Downloading ${address}`, done, total: done, unit: 'bytes' });
  return Buffer.concat(chunks);
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Brings `part` to the file's full, verified bytes from one address, continuing what it already holds. */
async function transfer(
  file: DataFile,
  address: string,
  part: string,
  options: DownloadOptions & { readonly timeout: number },
): Promise<Uint8Array> {
  for (;;) {
    const held = await sizeOf(part);
    for (let attempt = 1; (await sizeOf(part)) !== file.bytes; attempt++) {
      try {
        await append(file, address, part, options);
      } catch (error) {
        options.signal?.throwIfAborted();
        if (error instanceof WrongSize) await rm(part, { force: true });
        if (attempt === TRIES || !(error instanceof CutConnection)) throw error;
      }
    }
    const bytes = await readFile(part);
    const sum = sha256(bytes);
    if (sum === file.sha256) return bytes;
    await rm(part, { force: true });
    // Bytes from before this call may be to blame; without them the server is.
    if (held === 0) throw new Error(`SHA-256 of ${file.name} is ${sum}, required is ${file.sha256}`);
  }
}

class CutConnection extends Error {}

class WrongSize extends Error {}

/** One request: writes what follows the bytes already in `part`, or everything where the server cannot do that. */
async function append(
  file: DataFile,
  address: string,
  part: string,
  { timeout, ...longRun }: DownloadOptions & { readonly timeout: number },
): Promise<void> {
  const run = new LongRun(longRun);
  const held = await sizeOf(part);
  const stream = await request(address, held < file.bytes ? held : 0, file.bytes, timeout, run.signal);
  let done = stream.start;
  const task = `Downloading ${file.name}`;
  const handle = await open(part, done > 0 ? 'r+' : 'w');
  try {
    for await (const chunk of stream.chunks) {
      checkSize(done + chunk.length, file.bytes, 'sends more than');
      await handle.write(chunk, 0, chunk.length, done);
      done += chunk.length;
      if (run.isDue) await run.pause({ task, done, total: file.bytes, unit: 'bytes' });
    }
  } finally {
    await handle.close();
  }
  if (done < file.bytes) throw new CutConnection(`the connection ended after ${done} of ${file.bytes} bytes`);
  run.finish({ task, done, total: file.bytes, unit: 'bytes' });
}

function checkSize(bytes: number, limit: number, verb: string): void {
  if (bytes > limit) throw new WrongSize(`the server ${verb} the ${limit} bytes expected`);
}

interface Stream {
  /** Position of the first byte in the file: 0 where the server ignores the range. */
  readonly start: number;
  /** Bytes to come, where the server says so. */
  readonly declared: number | undefined;
  readonly chunks: AsyncIterable<Uint8Array>;
}

async function request(
  address: string,
  start: number,
  limit: number,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Stream> {
  const stalled = new AbortController();
  const giveUp = (): void => stalled.abort(new Error(`no byte for ${timeout} ms`));
  let timer = setTimeout(giveUp, timeout);
  try {
    const response = await fetch(address, {
      headers: { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) },
      signal: signal === undefined ? stalled.signal : AbortSignal.any([signal, stalled.signal]),
    });
    const { status, headers, body } = response;
    const continues = status === 206 && headers.get('content-range')?.startsWith(`bytes ${start}-`) === true;
    if (start > 0 && (status === 416 || (status === 206 && !continues))) {
      await body?.cancel();
      clearTimeout(timer);
      return request(address, 0, limit, timeout, signal);
    }
    if (!response.ok || body === null) {
      await body?.cancel();
      throw new Error(`HTTP ${status} ${response.statusText}`.trim());
    }
    const length = headers.get('content-length');
    const declared = length === null || headers.has('content-encoding') ? undefined : Number(length);
    const from = continues ? start : 0;
    if (declared !== undefined && from + declared > limit) await body.cancel();
    checkSize(from + (declared ?? 0), limit, `announces ${from + (declared ?? 0)} bytes, more than`);
    return { start: from, declared, chunks: chunksOf(body) };
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }

  async function* chunksOf(body: NonNullable<Response['body']>): AsyncGenerator<Uint8Array> {
    const reader = body.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        clearTimeout(timer);
        if (done) return;
        yield value;
        timer = setTimeout(giveUp, timeout);
      }
    } catch (error) {
      if (stalled.signal.aborted || signal?.aborted) throw error;
      throw new CutConnection(`the connection broke: ${reasonOf(error)}`, { cause: error });
    } finally {
      clearTimeout(timer);
      await reader.cancel().catch(() => undefined);
    }
  }
}

/**
 * A file name for this call alone. What an earlier call left behind (`target.part`), or another that fell silent for longer
 * than any download may, is taken over by renaming it, which only one process can do.
 */
async function claimPart(target: string, timeout: number): Promise<string> {
  const own = `${target}.part-${randomUUID()}`;
  const folder = dirname(target);
  const left = `${basename(target)}.part`;
  for (const entry of await readdir(folder)) {
    if (entry !== left && !entry.startsWith(`${left}-`)) continue;
    const place = join(folder, entry);
    const silentFor = Date.now() - (await stat(place).then(({ mtimeMs }) => mtimeMs, Date.now));
    if (entry !== left && silentFor < Math.max(10 * timeout, 600_000)) continue;
    const claimed = await rename(place, own).then(
      () => true,
      () => false,
    );
    if (claimed) break;
  }
  return own;
}

async function moveIntoPlace(part: string, target: string, file: DataFile): Promise<void> {
  try {
    await renameForGood(part, target);
  } catch (error) {
    // Where an open file cannot be replaced, another process has put the same bytes there.
    const standing = await readFile(target).catch(() => undefined);
    if (standing === undefined || sha256(standing) !== file.sha256) throw error;
    await rm(part, { force: true });
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** The innermost cause: fetch itself only says that it failed. */
function reasonOf(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error && !(inner instanceof CutConnection))
    inner = inner.cause;
  if (!(inner instanceof Error)) return String(inner);
  const { code } = inner as NodeJS.ErrnoException;
  return inner.message || code || inner.name;
}
