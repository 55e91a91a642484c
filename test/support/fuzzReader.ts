import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzRuns } from './awkwardSeries';
import { isClear } from './awkwardText';
import { mutants } from './mutate';
import { jsonMutants } from './mutateJson';

/** Damaged files for each reader: 5000, and 100 000 in `npm run fuzz`. */
export const readerRuns: number = 10 * fuzzRuns;

const MAX_SECONDS = 1;
const MAX_BYTES = 2 ** 30;

type Later<T> = T | (() => Promise<T>);
type Read = (bytes: Uint8Array) => unknown;

/**
 * A test that a reader gives something sound or an error of ours for every damaged file, each in less than a second of processor
 * time, and that the process never takes a gigabyte.
 *
 * @param words of the format, which are put in at any place
 */
export function fuzzReader(
  format: string,
  sound: Later<readonly Uint8Array[]>,
  read: Read,
  words: readonly string[] = [],
): void {
  fuzzDamaged(`damaged ${format} files`, sound, read, files => mutants(files, { seed: 20_250, words }));
}

/** The same with files that are whole JSON and hold other values: they get further than those of other bytes. */
export function fuzzJsonReader(format: string, sound: Later<readonly unknown[]>, read: Read): void {
  const files = async (): Promise<Uint8Array[]> => {
    const values = typeof sound === 'function' ? await sound() : sound;
    return values.map(value => Buffer.from(JSON.stringify(value)));
  };
  fuzzDamaged(`${format} files of wrong values`, files, read, bytes => jsonMutants(bytes, 20_250));
}

function fuzzDamaged(
  title: string,
  sound: Later<readonly Uint8Array[]>,
  read: Read,
  mutantsOf: (files: readonly Uint8Array[]) => Generator<Uint8Array, never>,
): void {
  test(`${readerRuns} ${title} are read or refused, in time and in memory`, async () => {
    const files = typeof sound === 'function' ? await sound() : sound;
    for (const bytes of files) await read(bytes);
    const damaged = mutantsOf(files);
    let refused = 0;
    for (let run = 0; run < readerRuns; run++) {
      const bytes = damaged.next().value;
      const before = process.cpuUsage();
      try {
        await read(bytes);
      } catch (error) {
        refused++;
        if (error instanceof assert.AssertionError) throw error;
        const shown = `file ${run}: ${(error as Error).stack}\n${Buffer.from(bytes).toString('base64').slice(0, 2000)}`;
        assert.doesNotThrow(() => isClear(error, [Error, RangeError, TypeError]), shown);
      }
      const { user, system } = process.cpuUsage(before);
      assert.ok(user + system < 1e6 * MAX_SECONDS, `file ${run} took ${(user + system) / 1e6} s`);
    }
    assert.ok(
      refused > readerRuns / 20,
      `only ${refused} of ${readerRuns} were refused: the files are hardly damaged`,
    );
    const most = 1024 * process.resourceUsage().maxRSS;
    assert.ok(most < MAX_BYTES, `the process took ${most} bytes`);
  });
}
