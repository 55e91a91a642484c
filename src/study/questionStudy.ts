import { requireList } from '../core/require';
import { result } from '../core/result';
import type { StudyName } from '../data/studySettings';
import { mean } from '../statistics/moments';
import { type OpenQuestion, openQuestions } from './openQuestions';
import type { QuestionRecord, ReadingOutcome } from './questionRecord';

/** One reading against the one that the study's numbers come out of, on one data set: means over starts. */
export interface DatasetChange {
  /** The data set. */
  readonly dataset: StudyName;
  /** Test accuracy by the largest output: reading minus the study's. */
  readonly accuracy: number;
  /** Share of the weights removed, likewise. */
  readonly removed: number;
  /** Epochs over the study's epochs, minus 1; runs that miss the benchmark count with the limit. */
  readonly epochs: number;
}

/** What one reading changes. */
export interface ReadingChange {
  /** `id` of the question. */
  readonly question: string;
  /** Name of the reading. */
  readonly reading: string;
  /** Where the paper says so, and what. */
  readonly says: string;
  /** Whether it is the first of its question, which the study's numbers come out of (of random masks: a draw of ours); the changes are then zero. */
  readonly isStudys: boolean;
  /** Runs of the reading. */
  readonly runs: number;
  /** Runs whose mask removes other weights than the study's reading does from the same start. */
  readonly otherMask: number;
  /** Runs without a mask. */
  readonly noMask: number;
  /** Runs that never reach the benchmark. */
  readonly unstopped: number;
  /** Mean change of the accuracy over the data sets. */
  readonly accuracy: number;
  /** Mean change of the share of weights removed. */
  readonly removed: number;
  /** Mean change of the epochs, as a share of the study's. */
  readonly epochs: number;
  /** Largest |change of accuracy| of one start. */
  readonly largestAccuracy: number;
  /** One entry a data set. */
  readonly datasets: readonly DatasetChange[];
}

/** What the open questions of the paper are worth. */
export interface QuestionStudy {
  readonly kind: 'question-study';
  /** Different starts among the records. */
  readonly starts: number;
  /** The questions, in the order of the method. */
  readonly questions: readonly Pick<OpenQuestion, 'id' | 'question'>[];
  /** One entry a question and reading. */
  readonly rows: readonly ReadingChange[];
}

/**
 * Sets every reading beside the one that the study's numbers come out of, start by start.
 *
 * @param records of `questionRecord`
 * @example
 * import { questionStudy, savedQuestions } from 'legcnet';
 * const { rows } = questionStudy(savedQuestions());
 * rows.filter(({ otherMask }) => otherMask > 0).length; // 19, readings that change a mask
 */
export function questionStudy(records: readonly QuestionRecord[]): QuestionStudy {
  requireList(records, 'records', 'compare readings of the paper');
  const rows = openQuestions.flatMap(question =>
    question.readings.flatMap((reading, r): ReadingChange[] => {
      const pairs = records.flatMap(record => {
        const outcome = (name: string) =>
          record.outcomes.find(each => each.question === question.id && each.reading === name);
        const [own, first] = [outcome(reading.name), outcome(question.readings[0].name)];
        return own === undefined || first === undefined ? [] : [{ record, own, first }];
      });
      if (pairs.length === 0) return [];
      const names = [...new Set(pairs.map(({ record }) => record.dataset))];
      const datasets = names.map(dataset =>
        changeOf(pairs.filter(({ record }) => record.dataset === dataset)),
      );
      return [
        {
          question: question.id,
          reading: reading.name,
          says: reading.says,
          isStudys: r === 0,
          runs: pairs.length,
          otherMask: pairs.filter(({ own, first }) => String(own.removed) !== String(first.removed)).length,
          noMask: pairs.filter(({ own }) => own.noMask !== undefined).length,
          unstopped: pairs.filter(({ own }) => own.noMask === undefined && own.epochs === null).length,
          accuracy: mean(datasets.map(each => each.accuracy)),
          removed: mean(datasets.map(each => each.removed)),
          epochs: mean(datasets.map(each => each.epochs)),
          largestAccuracy: pairs.reduce(
            (most, { own, first }) => Math.max(most, Math.abs(own.accuracy - first.accuracy)),
            0,
          ),
          datasets,
        },
      ];
    }),
  );
  const questions = openQuestions.map(({ id, question }) => ({ id, question }));
  const starts = new Set(records.map(({ start }) => JSON.stringify(start))).size;
  return result({ kind: 'question-study', starts, questions, rows });
}

interface Pair {
  readonly record: QuestionRecord;
  readonly own: ReadingOutcome;
  readonly first: ReadingOutcome;
}

function changeOf(pairs: readonly Pair[]): DatasetChange {
  const epochs = (outcome: ReadingOutcome, { maxEpochs }: QuestionRecord): number =>
    outcome.epochs ?? maxEpochs;
  const total = (which: 'own' | 'first'): number =>
    pairs.reduce((sum, pair) => sum + epochs(pair[which], pair.record), 0);
  return {
    dataset: pairs[0].record.dataset,
    accuracy: mean(pairs.map(({ own, first }) => own.accuracy - first.accuracy)),
    removed: mean(
      pairs.map(({ own, first, record }) => (own.removed.length - first.removed.length) / record.weights),
    ),
    epochs: total('own') / total('first') - 1,
  };
}
