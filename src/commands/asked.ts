import { requireOneOf } from '../core/require';
import type { Procedure } from '../data/dataset';
import { datasetNames, type StudyName } from '../data/studySettings';
import type { RecordsPlan } from '../study/studyRecords';

const procedureNames: readonly Procedure[] = ['published', 'described', 'sound'];

/**
 * Data sets and procedures named on the command line.
 *
 * @throws RangeError for a name that there is not
 */
export function asked(
  { dataset, procedure }: { dataset?: string[]; procedure?: string[] },
  task: string,
): RecordsPlan {
  for (const name of dataset ?? []) requireOneOf(name, datasetNames, '--dataset', task);
  for (const name of procedure ?? []) requireOneOf(name, procedureNames, '--procedure', task);
  return {
    ...(dataset === undefined ? {} : { datasets: dataset as StudyName[] }),
    ...(procedure === undefined ? {} : { procedures: procedure as Procedure[] }),
  };
}
