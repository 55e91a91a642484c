import type { StudyStart } from './studyRecord';

/** `init 03`, `seed 11`: names sort as their numbers do. */
export function startName(start: StudyStart): string {
  const [[kind, number]] = Object.entries(start) as [string, number][];
  return `${kind} ${String(number).padStart(2, '0')}`;
}
