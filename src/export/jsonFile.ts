import type { Dataset } from '../data/dataset';
import { writeNpy } from '../data/writeNpy';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';
import { encodeNetwork } from '../network/networkFile';
import type { Recording } from '../network/recording';
import { datasetFields } from './datasetFields';
import type { ExportContext } from './exportContext';
import type { ExportDraft } from './exportDraft';
import { jsonText } from './jsonText';
import { maskFields } from './maskFields';
import type { Named } from './named';
import { type PartHandlers, plainResult } from './plainResult';
import { recordingFields } from './recordingFiles';
import { safeName } from './safeName';

/**
 * Writes everything in a result as JSON. Networks inside it go to safetensors files and long typed arrays to NumPy files,
 * each once, and the JSON says which file.
 */
export async function writeJson({ draft }: ExportContext, { result, name, value }: Named): Promise<void> {
  const parts = new PartFiles(draft, result, name);
  const json = jsonText(plainResult(value, parts));
  await draft.write(`results/${name}.json`, json, { result, about: 'fields as JSON' });
  await parts.write();
}

/** The files that stand in for parts of one result. */
class PartFiles implements PartHandlers {
  readonly #draft: ExportDraft;
  readonly #result: string;
  readonly #name: string;
  /** Where each part goes, so that one that appears twice is written once. */
  readonly #places: Map<object, string> = new Map();
  readonly #waiting: (() => Promise<void>)[] = [];

  constructor(draft: ExportDraft, result: string, name: string) {
    this.#draft = draft;
    this.#result = result;
    this.#name = name;
  }

  readonly part: PartHandlers['part'] = (value, path) => {
    if (value.kind === 'network') {
      const network = value as Network;
      const { kind, layers } = network;
      return {
        kind,
        layers,
        file: this.#file(network, path, 'networks', 'safetensors', () => encodeNetwork(network)),
      };
    }
    if (value.kind === 'mask') return maskFields(value as Mask);
    if (value.kind === 'dataset') return datasetFields(value as Dataset);
    if (value.kind === 'recording') {
      if (path !== '')
        this.#draft.leave(this.#result, `${path}: series`, 'give the recording itself a name of its own');
      const fields = plainResult(recordingFields(value as Recording), this, path);
      return { kind: value.kind, ...(fields as object) };
    }
    return undefined;
  };

  readonly array: PartHandlers['array'] = (values, path) => ({
    file: this.#file(values, path, 'results', 'npy', () => writeNpy(values)),
    length: values.length,
  });

  readonly lost: PartHandlers['lost'] = (path, what) => {
    this.#draft.leave(this.#result, path === '' ? what : `${path}: ${what}`, 'it has no form in a file');
  };

  async write(): Promise<void> {
    for (const write of this.#waiting) await write();
  }

  #file(value: object, path: string, folder: string, ending: string, content: () => Uint8Array): string {
    const known = this.#places.get(value);
    if (known !== undefined) return known;
    const steps = path
      .split('.')
      .filter(step => step !== '')
      .map(safeName);
    // File systems allow 255 bytes in all; where the way to a part is longer, its own name must do.
    const inner = Buffer.byteLength(steps.join('.')) <= 80 ? steps : steps.slice(-1);
    const place = this.#draft.reserve(`${folder}/${[this.#name, ...inner].join('.')}.${ending}`);
    this.#places.set(value, place);
    const about = [folder === 'networks' ? 'network, float64' : 'numbers for NumPy', path]
      .filter(text => text !== '')
      .join(': ');
    this.#waiting.push(() => this.#draft.writeAt(place, content(), { result: this.#result, about }));
    return place;
  }
}
