import { datasetNames } from '../data/studySettings';

/** A seed inside a result. */
export interface FoundSeed {
  readonly result: string;
  /** Where in it. */
  readonly field: string;
  readonly seed: number;
}

/** Seeds and data sets that results tell of themselves. */
export class Traces {
  readonly seeds: FoundSeed[] = [];
  /** Data sets of the study. */
  readonly datasets: Set<string> = new Set();

  /** Looks through a result: fields called `seed` or `…Seed`, data sets, and names of data sets in settings. */
  follow(result: string, value: unknown): void {
    this.#look(result, value, '', new Set());
  }

  #look(result: string, value: unknown, path: string, seen: Set<object>): void {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) {
      value.forEach((item, i) => {
        this.#look(result, item, `${path}${path === '' ? '' : '.'}${i}`, seen);
      });
      return;
    }
    const { kind, name } = value as { readonly kind?: unknown; readonly name?: unknown };
    if (kind === 'figure' || kind === 'table') return;
    if (kind === 'dataset') this.#addDataset(name);
    // Of a data set the table would take seconds to make, and the rest tells nothing more.
    for (const key of kind === 'dataset' ? ['seed'] : Object.keys(value)) {
      const field = (value as Readonly<Record<string, unknown>>)[key];
      const place = `${path}${path === '' ? '' : '.'}${key}`;
      if (typeof field === 'number' && /^seed$|Seed$/.test(key))
        this.seeds.push({ result, field: place, seed: field });
      else if (key === 'dataset') this.#addDataset(field);
      this.#look(result, field, place, seen);
    }
  }

  #addDataset(name: unknown): void {
    if (datasetNames.some(known => known === name)) this.datasets.add(String(name));
  }
}
