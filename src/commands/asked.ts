import type { Procedure } from '../data/dataset';
import type { StudyName } from '../data/studySettings';
import type { RecordsPlan } from '../study/studyRecords';

/** Data sets and procedures named on the command line. */
export function asked({ dataset, procedure }: { dataset?: string[]; procedure?: string[] }): RecordsPlan {
  return {
    ...(dataset === undefined ? {} : { datasets: dataset as StudyName[] }),
    ...(procedure === undefined ? {} : { procedures: procedure as Procedure[] }),
  };
}
