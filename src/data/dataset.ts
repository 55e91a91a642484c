import type { DataFrame } from 'danfojs-node';

/** How rows are split and scaled: as the study's code does, as its text says, or as a careful analyst would. */
export type Procedure = 'published' | 'described' | 'sound';

/** One part of a data set, ready for a network. All arrays are row-major. */
export interface Part {
  /** Number of rows. */
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
  /** As the study calls it, the file's name without its ending, or the name that was given. */
  readonly name: string;
  /** How rows were split and scaled. */
  readonly procedure: Procedure;
  /** Seed of the split. */
  readonly seed: number;
  /** Names of the inputs, in column order. */
  readonly features: readonly string[];
  /** Names of the classes; a label is an index into this list. */
  readonly classes: readonly string[];
  /** Number of network outputs: 1 for two classes, else the number of classes. */
  readonly outputs: number;
  /** Rows to train on. */
  readonly train: Part;
  /** Rows held out for the stop rule and the Granger target under `sound`; null under the other procedures. */
  readonly validation: Part | null;
  /** Rows to judge by, never trained on. */
  readonly test: Part;
  /** Which rows were left out and how the others were split, in sentences. */
  readonly split: string;
  /** How cells were filled, text encoded and inputs scaled, in sentences. */
  readonly scaling: string;
  /** The table as read, before split and scaling; read on first use, because loading danfo takes two seconds. */
  readonly table: DataFrame;
}
