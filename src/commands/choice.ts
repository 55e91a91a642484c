import { parseArgs } from 'node:util';
import { checkReplaceable } from '../core/replaceFile';
import type { ChoiceRecord } from '../study/choiceRecord';
import { choiceStudy } from '../study/choiceStudy';
import { formatChoiceStudy } from '../study/formatChoiceStudy';
import { choicesFile, makeChoices, saveChoices, savedChoices } from '../study/savedChoices';
import { asked } from './asked';

export async function printChoice(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      recompute: { type: 'boolean', default: false },
      dataset: { type: 'string', multiple: true },
      procedure: { type: 'string', multiple: true },
      checkpoint: { type: 'string' },
      out: { type: 'string', default: choicesFile },
      json: { type: 'boolean', default: false },
    },
  });
  const plan = asked(values, 'compare choices of weights');
  const isAsked = (record: ChoiceRecord): boolean =>
    (values.dataset?.includes(record.dataset) ?? true) &&
    (values.procedure?.includes(record.procedure) ?? true);
  const records = savedChoices(values.out);
  if (values.recompute) {
    await checkReplaceable(values.out);
    const { checkpoint } = values;
    const options = checkpoint === undefined ? {} : { checkpoint };
    for await (const record of makeChoices(plan, records, options)) {
      records.push(record);
      await saveChoices(records, values.out);
    }
  }
  const wanted = records.filter(isAsked);
  if (wanted.length === 0) {
    throw new RangeError(`No run of what is asked for is saved in ${values.out}: --recompute makes them.`);
  }
  const study = choiceStudy(wanted);
  console.log(values.json ? JSON.stringify(study, null, 1) : formatChoiceStudy(study));
}
