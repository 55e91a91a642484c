/** The small data sets of the study whose masks are published. */
export type SmallDataset = 'cancer' | 'titanic' | 'banknote' | 'iris' | 'iris3f';

/** Small data sets in the order of the paper's tables. */
export const smallDatasets: readonly SmallDataset[] = ['cancer', 'titanic', 'banknote', 'iris', 'iris3f'];
