import { readFileSync } from 'node:fs';

/** @throws Error naming the file where its text is no JSON, as after damage */
export function readJson(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`Cannot read ${file}: it is damaged (${(error as Error).message})`, { cause: error });
  }
}
