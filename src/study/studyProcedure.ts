import type { Procedure } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import { type StudyName, studySettings } from '../data/studySettings';
import type { TrainOptions } from '../network/train';
import type { SearchSettings } from './causalSearch';
import { soundSearch } from './legcnet';
import { publishedChoices, searchOf } from './maskChoice';
import { type StudyTrainingOptions, studyTraining } from './studyTraining';

/** Options of `legcnetFT` and `legcnetPT`. */
export type StudyProcedure = Readonly<
  Record<
    LegcnetVariant,
    {
      /** How networks are trained, dense and pruned. */
      readonly training: TrainOptions;
      /** How weights are chosen. */
      readonly search: SearchSettings;
    }
  >
>;

/**
 * How one data set of the study is trained and searched under one procedure; the data come from `loadDataset(name, {
 * procedure })`, training is that of `studyTraining`.
 *
 * - `published`: what the code did, see `publishedChoices`
 * - `described`: what the text says: the difference to a run whose first weight starts 1e-4 higher, TISEAN's exponent of
 *   disjoint windows of 200, test misclassification, the F test of eq. (4) at lag 1 (the text names none), p >= 0.05; FT
 *   looks at the run up to convergence, PT at its first tenth
 * - `sound`: see `soundSearch`; FT looks at the epochs that the study recorded, PT at a tenth of them; windows of the
 *   study's length; MNIST's perturbation is of a central pixel's weight, because that of w11 reaches no other
 *
 * @example
 * import { studyProcedure } from 'legcnet';
 * studyProcedure('iris', 'published').FT.search.length; // { epochs: 200 }
 * studyProcedure('iris', 'described').PT.search.length; // { share: 0.1 }
 */
export function studyProcedure(
  name: StudyName,
  procedure: Procedure,
  options: StudyTrainingOptions = {},
): StudyProcedure {
  const training = studyTraining(name, procedure, options);
  const search = searches[procedure](name);
  return { FT: { training, search: search.FT }, PT: { training, search: search.PT } };
}

type Searches = Readonly<Record<LegcnetVariant, SearchSettings>>;

const searches: Readonly<Record<Procedure, (name: StudyName) => Searches>> = {
  published: name => ({
    FT: searchOf(publishedChoices[name].FT),
    PT: searchOf(publishedChoices[name].PT),
  }),
  described: () => ({
    FT: { ...describedSearch, length: { share: 1 } },
    PT: { ...describedSearch, length: { share: 0.1 } },
  }),
  sound: name => {
    const { recordedEpochs, window } = studySettings[name];
    const search = {
      ...soundSearch,
      perturbation: { weight: name === 'mnist' ? CENTRAL_PIXEL : 0, delta: 1e-6 },
      exponents: { ...soundSearch.exponents, window },
    };
    return {
      FT: { ...search, length: { epochs: recordedEpochs } },
      PT: { ...search, length: { epochs: recordedEpochs / 10 } },
    };
  },
};

/** Row 14, column 14 of an image, to the first hidden unit. Pixel 0, that of w11, is black in every image: moving it moves nothing. */
const CENTRAL_PIXEL = 14 * 28 + 14;

const describedSearch: Omit<SearchSettings, 'length'> = {
  perturbation: { weight: 0, delta: 1e-4 },
  exponents: { estimator: 'rosenstein', preset: 'tisean', window: 200, first: 1 },
  target: { part: 'test', shift: 0 },
  stationary: { rule: 'none' },
  cause: 'exponents',
  scan: { test: 'f', lag: 1 },
  rule: { remove: 'non-causal', alpha: 0.05 },
};
