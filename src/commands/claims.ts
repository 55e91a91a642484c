import { parseArgs } from 'node:util';
import { claims } from '../study/claims';
import { formatClaims } from '../study/formatClaims';

/** `legcnet claims`. */
export async function printClaims(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } },
  });
  const items = values.only?.map(item => (/^\d+$/.test(item) ? `Claim ${item}` : item));
  const judged = await claims(items === undefined ? {} : { items });
  console.log(values.json ? JSON.stringify(judged.rows, null, 1) : formatClaims(judged));
}
