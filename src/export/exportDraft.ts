import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { placeInside } from '../data/manifest';
import type { LeftOut } from '../notebook/exportView';
import type { ExportedFile } from './exportManifest';
import { freeName } from './safeName';

/** What a file is: of which result, and in a few words. */
export interface FileNote {
  readonly result?: string;
  readonly about: string;
}

/** A folder that is being filled; it keeps the list of what was written. */
export class ExportDraft {
  readonly folder: string;
  readonly files: ExportedFile[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly #taken: Set<string> = new Set();

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * A free path for a file that is written later, so that others can refer to it.
   *
   * @param path inside the folder, with forward slashes; where it is taken, a number is added
   */
  reserve(path: string): string {
    const ending = posix.extname(path);
    const free = freeName(path.slice(0, path.length - ending.length), this.#taken, ending) + ending;
    placeInside(this.folder, free);
    return free;
  }

  /** Writes one file at a free path and returns that path. */
  async write(path: string, content: string | Uint8Array, note: FileNote): Promise<string> {
    const free = this.reserve(path);
    await this.writeAt(free, content, note);
    return free;
  }

  /** Writes one file at a path that was reserved for it. */
  async writeAt(path: string, content: string | Uint8Array, note: FileNote): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    await this.writePieces(path, [bytes], note);
  }

  /** As `writeAt`, for a file too large to be held at once. */
  async writePieces(
    path: string,
    pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    note: FileNote,
  ): Promise<void> {
    const place = placeInside(this.folder, path);
    await mkdir(dirname(place), { recursive: true });
    const hash = createHash('sha256');
    let bytes = 0;
    // Never over another file, whatever the names.
    const file = await open(place, 'wx');
    try {
      for await (const piece of pieces) {
        hash.update(piece);
        bytes += piece.byteLength;
        await file.writeFile(piece);
      }
    } finally {
      await file.close();
    }
    this.files.push({ path, bytes, sha256: hash.digest('hex'), ...note });
  }

  /** Keeps account of something that is not written. */
  leave(result: string, what: string, reason: string): void {
    this.leftOut.push({ result, what, reason });
  }
}
