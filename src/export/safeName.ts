/** Most bytes of a name in UTF-8; file systems allow 255, endings and parts need some. */
const MAX_BYTES = 120;

/** Names that Windows keeps for devices, whatever ending follows. */
const RESERVED = /^(con|prn|aux|nul|conin|conout|clock|com\d|lpt\d)$/i;

/**
 * A file name without ending made of any text: letters, digits, `_` and `-` of it stay, everything else becomes `-`, so that
 * it cannot lead out of a folder, hide, or mean a device. It depends on the text only; a name that is made of one stays.
 *
 * @example
 * import { safeName } from './safeName';
 * safeName('../Loss & accuracy (50 %)'); // 'Loss-accuracy-50'
 */
export function safeName(text: string): string {
  const plain = text
    // One spelling of each letter, and full-width slashes and raised digits as the plain ones that they look like.
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
    .replace(/^[-\p{M}]+|-+$/gu, '');
  const name = shortened(plain.normalize('NFKC'));
  if (name === '') return 'result';
  return RESERVED.test(name) ? `_${name}` : name;
}

/** Cut between letters, never inside one. */
function shortened(name: string): string {
  let length = 0;
  let bytes = 0;
  for (const letter of name) {
    bytes += Buffer.byteLength(letter);
    if (bytes > MAX_BYTES) return name.slice(0, length).replace(/-+$/, '');
    length += letter.length;
  }
  return name;
}

/**
 * File names without ending for several texts, in their order, all different also where upper and lower case are not told
 * apart: a repeated one gets a number.
 *
 * @example
 * import { safeNames } from './safeName';
 * safeNames(['a/b', 'A b']); // ['a-b', 'A-b-2']
 */
export function safeNames(texts: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return texts.map(text => freeName(safeName(text), taken));
}

/**
 * The name, with a number behind it where it is taken together with its ending; it is taken then.
 *
 * @param taken changed: gets the name
 */
export function freeName(name: string, taken: Set<string>, ending = ''): string {
  let free = name;
  for (let copy = 2; taken.has(folded(free + ending)); copy++) free = `${name}-${copy}`;
  taken.add(folded(free + ending));
  return free;
}

/** What file systems that ignore case and accents' spelling take for the same. */
function folded(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
