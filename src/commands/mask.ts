import { parseArgs } from 'node:util';
import { requireClone } from '../core/installation';
import { replaceFile } from '../core/replaceFile';
import { formatRecomputedMask } from '../study/formatRecomputedMask';
import { maskChoices, maskChoicesFile, maskChoicesJson, savedMaskChoices } from '../study/maskChoices';
import { maskChoicesTexts } from '../study/maskChoicesTexts';
import { recomputedMask } from '../study/recomputedMask';
import { smallDatasets } from '../study/smallDatasets';
import { formatTextTable } from '../study/textTable';

export async function printMask(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'max-lag': { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [name, variant, init] = positionals;
  const dataset = smallDatasets.find(each => each === name);
  if (dataset === undefined || (variant !== 'FT' && variant !== 'PT')) {
    throw new RangeError(
      `Name a data set (${smallDatasets.join(', ')}), FT or PT, and an initialisation, got '${positionals.join(' ')}'.`,
    );
  }
  const maxLag = values['max-lag'];
  const made = await recomputedMask(dataset, variant, Number(init), {
    choice: maxLag === undefined ? {} : { maxLag: Number(maxLag) },
  });
  const { choice, windows, overlap, outcome } = made;
  const rows = { dataset, variant, init: made.init, choice, windows, overlap, outcome };
  console.log(values.json ? JSON.stringify(rows, null, 1) : formatRecomputedMask(made));
}

export async function printMasks(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { remake: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  if (values.remake) requireClone('legcnet masks --remake', 'it changes the rows that come with the package');
  const table = values.remake ? await maskChoices() : savedMaskChoices();
  if (values.remake) await replaceFile(maskChoicesFile, maskChoicesJson(table));
  console.log(
    values.json
      ? JSON.stringify(table.rows, null, 1)
      : maskChoicesTexts(table).map(formatTextTable).join('\n\n'),
  );
}
