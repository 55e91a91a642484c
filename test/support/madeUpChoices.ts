import {
  type ChoiceRecord,
  type ChoiceRival,
  choiceRivals,
  type RivalOutcome,
} from '../../src/study/choiceRecord';

/** Records of Iris from ten starts, LEGCNet ahead of every rival by `lead` of the start's number, and one whose mask is empty. */
export function madeUpChoices(lead: (start: number) => number): ChoiceRecord[] {
  const rival: RivalOutcome = { epochs: 10, accuracy: 0.8, f1: 0.8 };
  const rivals = Object.fromEntries(choiceRivals.map(name => [name, [rival]])) as Record<
    ChoiceRival,
    RivalOutcome[]
  >;
  return Array.from({ length: 11 }, (_, i) => ({
    dataset: 'iris',
    procedure: 'published',
    variant: 'FT',
    start: { seed: i + 1 },
    removed: i === 10 ? [] : [0, 1 + i],
    legcnet: { ...rival, accuracy: 0.8 + lead(i + 1), f1: 0.8 + lead(i + 1) },
    rivals,
    maxEpochs: 250,
    seconds: 1,
  }));
}
