import { publishedTable } from './publishedNumbers';
import type { TextTable } from './textTable';
import type { VowelReadings } from './vowelReadings';

/** The nearest runs, one a line, under the paper's own row. */
export function vowelReadingsText({ rows, runs, unstopped, equal }: VowelReadings): TextTable {
  const columns = ['split', 'scaling', 'loss', '/', 'rule', 'init', 'epoch', 'accuracy', 'F1', 'distance'];
  const { epochsDense, accDense, f1Dense } = publishedTable('table1').vowel ?? {};
  const paper = [
    'published',
    ...new Array(5).fill(''),
    String(epochsDense ?? ''),
    ...[accDense, f1Dense].map(value => value?.toFixed(4) ?? ''),
    '',
  ];
  const body = rows.map(row => [
    row.split,
    row.scaling,
    row.loss,
    String(row.divisor),
    row.rule,
    String(row.init),
    String(row.publishedEpoch),
    row.accuracy.toFixed(4),
    row.f1.toFixed(4),
    row.distance.toFixed(1),
  ]);
  const counts =
    `${runs} runs, ${unstopped} without the benchmark; with the paper's epoch ${equal.epoch}, its accuracy ` +
    `${equal.accuracy}, its F1 ${equal.f1}, all three ${equal.all}.`;
  const legend =
    'Distance: epochs + test rows + percentage points of F1 off. "/": what the error signal of an output is divided by.';
  return {
    title: 'Readings of the study nearest to its dense vowel row',
    columns,
    rows: [paper, ...body],
    notes: [counts, legend],
  };
}
