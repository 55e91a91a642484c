import type { ClaimDefinition } from './claim';

/** Statements that have a place but no measurement yet. */
export const openClaims: readonly ClaimDefinition[] = [
  open(
    'Claim 13',
    'Theorem 0.1: a wide enough pruned network is within epsilon of the dense one, with probability 1 - delta.',
    '11-theory',
  ),
  open('Figure 1', 'A dense network: inputs, hidden layers, outputs, mask.', '11-theory'),
  open(
    'Figure 2',
    'The method: train and record, perturb, difference, windows, exponents, tests, prune.',
    '12-method',
  ),
  open('Figure 3', 'The flow of LEGCNet-FT.', '12-method'),
  open('Figure 4', 'The flow of LEGCNet-PT.', '12-method'),
];

function open(item: string, says: string, notebook: string): ClaimDefinition {
  return {
    item,
    says,
    rule: 'No number has been measured.',
    notebook,
    evidence: `legcnet notebook ${notebook}`,
    measure: async () => ({}),
    judge: () => 'not measured',
    because: () => 'Nothing in this version measures it.',
  };
}
