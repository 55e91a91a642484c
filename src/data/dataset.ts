import type { DataFrame } from 'danfojs-node';

/** How rows are split and scaled: as the study's code does, as its text says, or as a careful analyst would. */
export type Procedure = 'published' | 'described' | 'sound';

/** One part of a data set, ready for a network. All arrays are row-major. */
export interface Part {
  readonly rows: number;
  /** rows x features, scaled. */
  readonly inputs: Float64Array;
  /** rows x outputs: 0 or 1 for one output, one-hot for several. */
  readonly targets: Float64Array;
  /** Class index of each row, into `Dataset.classes`. */
  readonly labels: Int32Array;
  /** Row of the source table (0-based) that each row came from. */
  readonly sourceRows: Int32Array;
}

/** A table turned into typed arrays: split, scaled, named. */
export interface Dataset {
  readonly kind: 'dataset';
  readonly name: string;
  readonly procedure: Procedure;
  /** Seed of the split. */
  readonly seed: number;
  /** Names of the inputs, in column order. */
  readonly features: readonly string[];
  /** Names of the classes; a label is an index into this list. */
  readonly classes: readonly string[];
  /** Number of network outputs: 1 for two classes, else the number of classes. */
  readonly outputs: number;
  readonly train: Part;
  /** Rows held out for the stop rule and the Granger target under `sound`; null under the other procedures. */
  readonly validation: Part | null;
  readonly test: Part;
  /** What was done, in sentences: rows left out and the split; cells filled and text encoded, and the scaling. */
  readonly split: string;
  readonly scaling: string;
  /** The table as read, before split and scaling; read on first use, because loading danfo takes two seconds. */
  readonly table: DataFrame;
}
