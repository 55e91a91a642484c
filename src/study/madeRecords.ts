import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/**
 * Names the folder in which the processes of one command leave what they trained for those that follow. It must not outlive the
 * command: what lies there is taken as it is.
 */
export const madeRecordsFolder = 'LEGCNET_MADE_RECORDS';

/** What was trained in this process. Training repeats to the bit, so that to do it again would change nothing. */
const made = new Map<string, unknown>();

/** What was made under this name before, in this process or an earlier one of the same command, or what `make` gives now. */
export async function madeOnce<T>(name: string, make: () => Promise<T>): Promise<T> {
  if (!made.has(name)) {
    const folder = process.env[madeRecordsFolder];
    const file = folder === undefined ? null : join(folder, encodeURIComponent(name));
    if (file !== null && existsSync(file)) made.set(name, deserialize(readFileSync(file)));
    else {
      const value = await make();
      made.set(name, value);
      if (file !== null) leave(file, value);
    }
  }
  return made.get(name) as T;
}

/** What cannot be left, on a full disk for instance, the next process makes again. */
function leave(file: string, value: unknown): void {
  try {
    writeFileSync(`${file}.part`, serialize(value));
    renameSync(`${file}.part`, file);
  } catch {
    rmSync(`${file}.part`, { force: true });
  }
}
