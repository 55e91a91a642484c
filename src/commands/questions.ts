import { parseArgs } from 'node:util';
import { formatQuestionStudy } from '../study/formatQuestionStudy';
import { questionStudy } from '../study/questionStudy';
import { makeQuestions, questionsFile, savedQuestions, saveQuestions } from '../study/savedQuestions';
import { asked } from './asked';

/** `legcnet questions`. */
export async function printQuestions(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      remake: { type: 'boolean', default: false },
      dataset: { type: 'string', multiple: true },
      out: { type: 'string', default: questionsFile },
      json: { type: 'boolean', default: false },
    },
  });
  const { datasets } = asked(values, 'study the open questions');
  const records = savedQuestions(values.out);
  if (values.remake) {
    for await (const record of makeQuestions(records, datasets)) {
      records.push(record);
      await saveQuestions(records, values.out);
    }
  }
  const study = questionStudy(records);
  console.log(values.json ? JSON.stringify(study, null, 1) : formatQuestionStudy(study));
}
